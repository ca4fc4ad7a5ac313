package dev.restage.aws;

class RadosgwTest extends SecondServerContract {

    @Override
    SecondServer server() {
        return Radosgw.shared();
    }
}
