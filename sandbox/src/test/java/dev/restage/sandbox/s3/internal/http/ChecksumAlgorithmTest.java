package dev.restage.sandbox.s3.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChecksumAlgorithmTest {

    /** The check values of the catalogue of CRCs, and the digests of the same nine digits. */
    @ParameterizedTest
    @CsvSource({
        "CRC32, cbf43926",
        "CRC32C, e3069283",
        "CRC64NVME, ae8b14860a799888",
        "SHA1, f7c3bc1d808e04732adf679965ccc34ca7ae3441",
        "SHA256, 15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225"
    })
    void computesWhatOthersCompute(ChecksumAlgorithm algorithm, String value) {
        byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII);

        assertThat(Hashes.hex(algorithm.of(digits))).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "CRC32, x-amz-checksum-crc32, ChecksumCRC32",
        "CRC64NVME, x-amz-checksum-crc64nvme, ChecksumCRC64NVME",
        "SHA256, x-amz-checksum-sha256, ChecksumSHA256"
    })
    void travelsInAHeaderAndInAnElement(ChecksumAlgorithm algorithm, String header, String element) {
        assertThat(algorithm.header()).isEqualTo(header);
        assertThat(algorithm.element()).isEqualTo(element);
    }

    @Test
    void isKnownByItsNameHoweverItIsWritten() {
        assertThat(ChecksumAlgorithm.named("crc32c")).contains(ChecksumAlgorithm.CRC32C);
        assertThat(ChecksumAlgorithm.named("CRC64NVME")).contains(ChecksumAlgorithm.CRC64NVME);
        assertThat(ChecksumAlgorithm.named("MD5")).isEmpty();
        assertThat(ChecksumAlgorithm.named("")).isEmpty();
    }

    @Test
    void aContentKnowsItsDigests() {
        Content content = new Content("123456789".getBytes(StandardCharsets.US_ASCII));

        assertThat(content.size()).isEqualTo(9);
        assertThat(content.md5()).isEqualTo("25f9e794323b453885f5181f1b624d0b").isEqualTo(content.md5());
        assertThat(content.checksum(ChecksumAlgorithm.CRC32)).isEqualTo("y/Q5Jg==");
        assertThat(content.checksum(ChecksumAlgorithm.CRC64NVME))
                .isEqualTo("rosUhgp5mIg=")
                .isEqualTo(content.checksum(ChecksumAlgorithm.CRC64NVME));
    }
}
