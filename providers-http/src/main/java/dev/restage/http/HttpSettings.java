package dev.restage.http;

import dev.restage.provider.ProviderException;
import dev.restage.provider.Variables;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.Dns;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * How this process finds and trusts machines. {@value #RESOLVE} names hosts whose address is given
 * ({@code staging.acme.example=127.0.0.1,...}), {@value #CA_FILE} a PEM file of authorities that are trusted besides
 * those of Java.
 */
public final class HttpSettings {

    /** The variable with addresses of hosts. */
    public static final String RESOLVE = "RESTAGE_RESOLVE";

    /** The variable with the file of further certificate authorities. */
    public static final String CA_FILE = "RESTAGE_CA_FILE";

    /** Trust as TLS needs it: the sockets, and the manager that checks certificates. */
    private record Trust(SSLSocketFactory sockets, X509TrustManager manager) {}

    private final Map<String, String> addresses;
    private final @Nullable Trust trust;

    private HttpSettings(Map<String, String> addresses, @Nullable Trust trust) {
        this.addresses = addresses;
        this.trust = trust;
    }

    /** {@return what Java does by itself} */
    public static HttpSettings standard() {
        return new HttpSettings(Map.of(), null);
    }

    /**
     * Reads the settings.
     *
     * @param variables where they are
     * @return the settings
     * @throws ProviderException {@code FAILED} if a setting cannot be used
     */
    public static HttpSettings from(Variables variables) {
        Map<String, String> addresses = new LinkedHashMap<>();
        for (String pair : variables.find(RESOLVE).orElse("").split(",", -1)) {
            String[] sides = pair.strip().split("=", 2);
            if (sides.length == 2) {
                addresses.put(sides[0].toLowerCase(Locale.ROOT), sides[1]);
            } else if (!pair.isBlank()) {
                throw new ProviderException(
                        ProviderException.Kind.FAILED,
                        "the variable %s holds \"%s\"; write host=address,host=address".formatted(RESOLVE, pair),
                        null);
            }
        }
        Optional<String> file = variables.find(CA_FILE);
        return new HttpSettings(addresses, file.isEmpty() ? null : trust(Path.of(file.get())));
    }

    private static Trust trust(Path file) {
        try (InputStream pem = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (Certificate own : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                store.setCertificateEntry("own" + number++, own);
            }
            for (Certificate usual : managerOf(null).getAcceptedIssuers()) {
                store.setCertificateEntry("usual" + number++, usual);
            }
            X509TrustManager manager = managerOf(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {manager}, null);
            return new Trust(context.getSocketFactory(), manager);
        } catch (IOException | GeneralSecurityException e) {
            throw new ProviderException(
                    ProviderException.Kind.FAILED,
                    "the certificates in %s cannot be read: the variable %s must name a PEM file"
                            .formatted(file, CA_FILE),
                    e);
        }
    }

    private static X509TrustManager managerOf(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return Arrays.stream(factory.getTrustManagers())
                .filter(X509TrustManager.class::isInstance)
                .map(X509TrustManager.class::cast)
                .findFirst()
                .orElseThrow(() -> new GeneralSecurityException("no X.509 trust manager"));
    }

    /** {@return what makes TLS sockets that trust as these settings say} */
    public SSLSocketFactory sockets() {
        return trust == null ? (SSLSocketFactory) SSLSocketFactory.getDefault() : trust.sockets();
    }

    /**
     * Finds a machine.
     *
     * @param host its name
     * @return its addresses
     * @throws UnknownHostException if it has none
     */
    public List<InetAddress> resolve(String host) throws UnknownHostException {
        String given = addresses.get(host.toLowerCase(Locale.ROOT));
        return given == null ? Dns.SYSTEM.lookup(host) : List.of(InetAddress.getByName(given));
    }

    OkHttpClient client() {
        OkHttpClient.Builder builder = new OkHttpClient.Builder()
                .connectTimeout(Duration.ofSeconds(10))
                .readTimeout(Duration.ofSeconds(60))
                .writeTimeout(Duration.ofSeconds(60))
                // Redirects and repetitions are decided by RestClient, which knows what is safe.
                .followRedirects(false)
                .followSslRedirects(false)
                .retryOnConnectionFailure(false)
                .dns(this::resolve);
        if (trust != null) {
            builder.sslSocketFactory(trust.sockets(), trust.manager());
        }
        return builder.build();
    }
}
