package dev.restage.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.Variables;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSettingsTest {

    @TempDir
    private Path folder;

    @Test
    void aHostMayHaveAnAddressOfItsOwn() throws IOException {
        HttpSettings settings = resolving("Staging.Acme.example=127.0.0.2, api.acme.example=127.0.0.3");

        assertThat(settings.resolve("staging.acme.EXAMPLE")).containsExactly(InetAddress.getByName("127.0.0.2"));
        assertThat(settings.resolve("api.acme.example")).containsExactly(InetAddress.getByName("127.0.0.3"));
    }

    @Test
    void otherHostsAreFoundAsJavaFindsThem() throws IOException {
        assertThat(resolving("a.example=127.0.0.2").resolve("localhost"))
                .allMatch(InetAddress::isLoopbackAddress)
                .doesNotContain(InetAddress.getByName("127.0.0.2"));
        assertThat(HttpSettings.standard().resolve("127.0.0.3")).containsExactly(InetAddress.getByName("127.0.0.3"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ",", "a.example=127.0.0.2,", " , a.example=127.0.0.2 "})
    void emptyPlacesInTheListSayNothing(String list) throws IOException {
        assertThat(resolving(list).resolve("127.0.0.3")).hasSize(1);
    }

    @Test
    void refusesAListThatIsNotUnderstood() {
        assertThatThrownBy(() -> resolving("a.example=127.0.0.2,b.example"))
                .hasMessage("the variable RESTAGE_RESOLVE holds \"b.example\"; write host=address,host=address")
                .asInstanceOf(type(ProviderException.class))
                .returns(Kind.FAILED, ProviderException::kind);
    }

    @Test
    void withoutAFileJavasAuthoritiesAreTrusted() throws GeneralSecurityException {
        X509TrustManager trusted =
                HttpSettings.from(Variables.of(Map.of())).client().x509TrustManager();

        assertThat(trusted).isNotNull();
        assertThat(trusted.getAcceptedIssuers()).containsExactlyInAnyOrder(usual().getAcceptedIssuers());
        assertThat(HttpSettings.standard().sockets().getSupportedCipherSuites()).contains("TLS_AES_128_GCM_SHA256");
    }

    @Test
    void authoritiesOfAFileAreTrustedBesidesJavas() throws IOException, GeneralSecurityException {
        X509Certificate authority = usual().getAcceptedIssuers()[0];
        Path file = Files.writeString(folder.resolve("own.pem"), pem(authority) + pem(authority));

        HttpSettings settings = trusting(file);

        X509TrustManager trusted = settings.client().x509TrustManager();
        assertThat(trusted).isNotNull();
        assertThat(trusted.getAcceptedIssuers())
                .contains(authority)
                .containsAll(Arrays.asList(usual().getAcceptedIssuers()));
    }

    @Test
    void refusesAFileThatIsMissingOrNoCertificate() throws IOException {
        Path text = Files.writeString(folder.resolve("text.pem"), "-----BEGIN CERTIFICATE-----\nnone\n");

        for (Path file : new Path[] {text, folder.resolve("missing.pem")}) {
            assertThatThrownBy(() -> trusting(file))
                    .hasMessage(
                            "the certificates in %s cannot be read: the variable RESTAGE_CA_FILE must name a PEM file",
                            file)
                    .asInstanceOf(type(ProviderException.class))
                    .returns(Kind.FAILED, ProviderException::kind);
        }
    }

    @Test
    void redirectsAndRepetitionsAreNotLeftToTheClient() {
        assertThat(HttpSettings.standard().client())
                .returns(false, client -> client.followRedirects())
                .returns(false, client -> client.followSslRedirects())
                .returns(false, client -> client.retryOnConnectionFailure());
    }

    private static HttpSettings resolving(String list) {
        return HttpSettings.from(Variables.of(Map.of(HttpSettings.RESOLVE, list)));
    }

    private static HttpSettings trusting(Path file) {
        return HttpSettings.from(Variables.of(Map.of(HttpSettings.CA_FILE, file.toString())));
    }

    private static X509TrustManager usual() throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        return (X509TrustManager) factory.getTrustManagers()[0];
    }

    private static String pem(X509Certificate certificate) throws GeneralSecurityException {
        String encoded = Base64.getMimeEncoder().encodeToString(certificate.getEncoded());
        return "-----BEGIN CERTIFICATE-----\n" + encoded + "\n-----END CERTIFICATE-----\n";
    }
}
