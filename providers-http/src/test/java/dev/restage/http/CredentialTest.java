package dev.restage.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.provider.Secret;
import org.junit.jupiter.api.Test;

class CredentialTest {

    @Test
    void nothingIsShownWithoutACredential() {
        assertThat(Credential.none().header()).isEmpty();
        assertThat(Credential.none().secrets()).isEmpty();
        assertThat(Credential.none()).hasToString("none");
    }

    @Test
    void aTokenTravelsAsBearer() {
        Credential credential = Credential.bearer(Secret.of("t0ken"));

        assertThat(credential.header()).contains("Bearer t0ken");
        assertThat(credential.secrets()).containsExactly("t0ken");
    }

    @Test
    void aNameAndAPasswordTravelEncodedAsUtf8() {
        // printf 'ädä:s3cret' | base64
        Credential credential = Credential.basic("ädä", Secret.of("s3cret"));

        assertThat(credential.header()).contains("Basic w6Rkw6Q6czNjcmV0");
        assertThat(credential.secrets()).containsExactly("w6Rkw6Q6czNjcmV0", "s3cret");
    }

    @Test
    void aNameMayBeEmpty() {
        // printf ':key' | base64
        assertThat(Credential.basic("", Secret.of("key")).header()).contains("Basic OmtleQ==");
    }

    @Test
    void noTextShowsIt() {
        assertThat(Credential.bearer(Secret.of("t0ken"))).hasToString("***");
        assertThat(Credential.basic("ada", Secret.of("s3cret"))).hasToString("***");
    }
}
