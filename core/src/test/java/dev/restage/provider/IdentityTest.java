package dev.restage.provider;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST",
                "127.0.0.1",
                "127.1.2.3",
                "0.0.0.0",
                "[::1]",
                "::ffff:127.0.0.1",
                "2130706433"
            })
    void allNamesOfThisMachineAreOne(String host) {
        assertThat(Identity.hostName(host)).isEqualTo("localhost");
    }

    @Test
    void otherNamesDifferInNothingButCapitals() {
        assertThat(Identity.hostName("Git.Acme.INVALID")).isEqualTo("git.acme.invalid");
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 3221225991, true",
        "192.0.2.7, ::ffff:192.0.2.7, true",
        "[2001:db8::1], 2001:DB8:0:0::1, true",
        "localhost, 127.0.0.1, true",
        "git.acme.invalid, GIT.acme.invalid, true",
        "192.0.2.7, 192.0.2.8, false",
        "git.acme.invalid, git2.acme.invalid, false",
        "git.acme.invalid, 192.0.2.7, false"
    })
    void twoNamesOfOneMachineAreFoundByItsAddresses(String one, String other, boolean same) {
        assertThat(Identity.sameHost(one, other)).isEqualTo(same);
        assertThat(Identity.sameHost(other, one)).isEqualTo(same);
    }

    @Test
    void aThingOverlapsItsPartsAndNotItsNeighbours() {
        Identity bucket = Identity.of("s3 bucket", "server", "media");

        assertThat(bucket.overlaps(bucket.part("images"))).isTrue();
        assertThat(bucket.part("images").overlaps(bucket)).isTrue();
        assertThat(bucket.part("images").overlaps(bucket.part("documents"))).isFalse();
        assertThat(bucket.overlaps(Identity.of("git branch", "server", "media")))
                .isFalse();
    }
}
