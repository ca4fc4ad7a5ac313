package dev.restage.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class SecretsTest {

    private record Config(String endpoint, Secret token) {}

    @Test
    void aSecretDoesNotPrintAloneNorInAnythingThatHoldsIt() {
        Secret secret = Secret.of("hunter2");
        Config config = new Config("https://api.example", secret);

        assertThat(List.of(secret, config, Map.of("token", secret)).toString()).doesNotContain("hunter2");
        assertThat(JsonMapper.builder().build().writeValueAsString(config)).doesNotContain("hunter2");
        assertThat(secret.reveal()).isEqualTo("hunter2");
        assertThat(secret).isEqualTo(Secret.of("hunter2")).isNotEqualTo(Secret.of("hunter3"));
        assertThatThrownBy(() -> Secret.of("")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void variablesPrintTheirNamesOnly() {
        assertThat(Variables.of(Map.of("TOKEN", "hunter2", "A", "b"))).hasToString("Variables[A, TOKEN]");
    }

    @Test
    void aMissingOrBlankVariableIsNamedWithItsPurpose() {
        Variables variables = Variables.of(Map.of("BLANK", " "));

        assertThat(variables.find("BLANK")).isEmpty();
        assertThatThrownBy(() -> variables.secret("BLANK", "to log in"))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("the variable BLANK is not set: it is needed to log in")
                .asInstanceOf(type(ProviderException.class))
                .returns(ProviderException.Kind.DENIED, ProviderException::kind);
    }

    @Test
    void theHomeFolderCanBeChosen() {
        assertThat(Variables.of(Map.of("RESTAGE_HOME", "/x")).home()).isEqualTo(Path.of("/x"));
        assertThat(Variables.of(Map.of()).home().getFileName()).hasToString(".restage");
    }

    @Test
    void identitiesOverlapWhenOneIsAPartOfTheOther() {
        Identity bucket = Identity.of("s3 bucket", "media");

        assertThat(bucket.overlaps(Identity.of("s3 bucket", "media", "a"))).isTrue();
        assertThat(Identity.of("s3 bucket", "media", "a").overlaps(bucket)).isTrue();
        assertThat(Identity.of("s3 bucket", "media", "a").overlaps(Identity.of("s3 bucket", "media", "ab")))
                .isFalse();
        assertThat(bucket.overlaps(Identity.of("folder", "media"))).isFalse();
        assertThatThrownBy(() -> Identity.of("nothing")).isInstanceOf(IllegalArgumentException.class);
    }
}
