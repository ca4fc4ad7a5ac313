package dev.restage.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
    void aFileIsKnownByItsRealPathWhetherItIsThereOrNot(@TempDir Path home) throws IOException {
        Path media = Files.createDirectories(home.resolve("media"));
        Path link = Files.createSymbolicLink(home.resolve("link"), media);
        Path toNothing = Files.createSymbolicLink(home.resolve("log"), Path.of("media/new/log.md"));

        assertThat(Identity.file(media).holds(Identity.file(link.resolve("a/b.md"))))
                .isTrue();
        assertThat(Identity.file(media).holds(Identity.file(toNothing)))
                .as("a link that leads nowhere yet")
                .isTrue();
        assertThat(Identity.file(media).overlaps(Identity.file(home.resolve("media2"))))
                .isFalse();
        assertThat(Identity.file(home.resolve("media/../x")).parts()).endsWith("x");
    }

    @Test
    void aCircleOfLinksIsNoFile(@TempDir Path home) throws IOException {
        Path circle = Files.createSymbolicLink(home.resolve("a"), Path.of("b"));
        Files.createSymbolicLink(home.resolve("b"), Path.of("a"));

        assertThatThrownBy(() -> Identity.file(circle))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("cannot be followed");
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
