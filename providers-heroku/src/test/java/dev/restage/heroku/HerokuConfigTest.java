package dev.restage.heroku;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.Secret;
import dev.restage.provider.Variables;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HerokuConfigTest {

    @TempDir
    private Path folder;

    @Test
    void withoutOtherEndpointsHerokuIsMeant() {
        assertThat(HerokuConfig.from(Variables.of(Map.of("HEROKU_API_KEY", "k3y"))))
                .isEqualTo(new HerokuConfig(
                        URI.create("https://api.heroku.com"),
                        URI.create("https://api.data.heroku.com"),
                        URI.create("https://git.heroku.com"),
                        Secret.of("k3y")));
    }

    @Test
    void eachEndpointHasAVariable() {
        assertThat(HerokuConfig.from(Variables.of(Map.of(
                        "HEROKU_API_KEY", "k3y",
                        "HEROKU_API_URL", "http://a",
                        "HEROKU_DATA_URL", "http://d",
                        "HEROKU_GIT_URL", "http://g"))))
                .isEqualTo(new HerokuConfig(
                        URI.create("http://a"), URI.create("http://d"), URI.create("http://g"), Secret.of("k3y")));
    }

    @Test
    void showsNoToken() {
        assertThat(HerokuConfig.from(Variables.of(Map.of("HEROKU_API_KEY", "k3y")))
                        .toString())
                .doesNotContain("k3y");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "machine api.heroku.com login ada@acme.test password k3y",
                "machine api.heroku.com\n  login ada@acme.test\n  password k3y\nmachine git.heroku.com\n  password other",
                "machine git.heroku.com password other machine api.heroku.com password k3y",
                "machine api.heroku.com login password password k3y",
                "machine api.heroku.com password k3y default password other"
            })
    void theTokenMayBeWhereHerokusClientKeepsIt(String netrc) throws IOException {
        assertThat(fromNetrc(netrc).token()).isEqualTo(Secret.of("k3y"));
    }

    @Test
    void theVariableComesFirst() throws IOException {
        Path file = Files.writeString(folder.resolve("netrc"), "machine api.heroku.com password other");

        assertThat(HerokuConfig.from(Variables.of(Map.of("HEROKU_API_KEY", "k3y", "NETRC", file.toString())))
                        .token())
                .isEqualTo(Secret.of("k3y"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "machine git.heroku.com password other",
                "machine api.heroku.com login ada@acme.test",
                "machine api.heroku.com default password other",
                "machine api.heroku.com password",
                "machine"
            })
    void anotherMachinesTokenIsNotTaken(String netrc) {
        assertThatThrownBy(() -> fromNetrc(netrc))
                .hasMessageStartingWith("there is no token for Heroku: HEROKU_API_KEY is not set and ")
                .hasMessageContaining("has no entry for api.heroku.com; \"heroku auth:token\" shows one")
                .hasMessageNotContaining("other")
                .asInstanceOf(type(ProviderException.class))
                .returns(Kind.DENIED, ProviderException::kind);
    }

    @Test
    void aFileThatIsNoTextIsNamed() {
        assertThatThrownBy(() -> {
                    Path file = Files.write(folder.resolve("netrc"), new byte[] {(byte) 0xFF, (byte) 0xFE, 0});
                    HerokuConfig.from(Variables.of(Map.of("NETRC", file.toString())));
                })
                .hasMessageEndingWith("netrc cannot be read: make it a text file")
                .isInstanceOf(ProviderException.class);
    }

    @Test
    void noFileIsNoToken() {
        assertThat(Netrc.password(folder.resolve("missing"), "api.heroku.com")).isEmpty();
    }

    private HerokuConfig fromNetrc(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("netrc"), text);
        return HerokuConfig.from(Variables.of(Map.of("NETRC", file.toString())));
    }
}
