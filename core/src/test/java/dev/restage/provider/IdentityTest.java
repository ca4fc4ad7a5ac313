package dev.restage.provider;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
