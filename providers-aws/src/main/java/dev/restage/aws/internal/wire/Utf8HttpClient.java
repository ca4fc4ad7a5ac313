package dev.restage.aws.internal.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.config.CharCodingConfig;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.util.Timeout;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Sends headers in any language, as UTF-8. The SDK's own clients cannot: Apache's as they set it up writes a question mark
 * for the bytes 0x80 to 0x9F (httpcore5 5.4, ByteArrayBuffer), and the JDK's writes what the locale of the machine is.
 * Few objects have such headers, so this is only used for them.
 */
public final class Utf8HttpClient implements SdkHttpClient {

    /** The client writes these by itself. */
    private static final Set<String> OWN = Set.of("content-length", "host", "transfer-encoding");

    private final CloseableHttpClient client;

    public Utf8HttpClient(int connections, Duration longestAnswer) {
        this.client = HttpClients.custom()
                .useSystemProperties()
                .disableAuthCaching()
                .disableAutomaticRetries()
                .disableContentCompression()
                .disableCookieManagement()
                .disableRedirectHandling()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .useSystemProperties()
                        .setMaxConnTotal(connections)
                        .setMaxConnPerRoute(connections)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setSocketTimeout(Timeout.of(longestAnswer))
                                .build())
                        .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                                .charCodingConfig(CharCodingConfig.custom()
                                        .setCharset(StandardCharsets.UTF_8)
                                        .build())
                                .build())
                        .build())
                .build();
    }

    public static boolean isNeededFor(SdkHttpRequest request) {
        return !request.headers().values().stream()
                .flatMap(values -> values.stream())
                .allMatch(Utf8HttpClient::isAscii);
    }

    private static boolean isAscii(String value) {
        return value.chars().allMatch(c -> c < 0x80);
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        SdkHttpRequest asked = request.httpRequest();
        HttpUriRequestBase sent = new HttpUriRequestBase(asked.method().name(), asked.getUri());
        asked.forEachHeader((name, values) -> {
            if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> sent.addHeader(name, value));
            }
        });
        ContentStreamProvider content = request.contentStreamProvider().orElse(() -> InputStream.nullInputStream());
        long length =
                asked.firstMatchingHeader("Content-Length").map(Long::parseLong).orElse(0L);
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                sent.setEntity(new InputStreamEntity(content.newStream(), length, null));
                return answer(client.executeOpen(null, sent, null));
            }

            @Override
            public void abort() {
                sent.abort();
            }
        };
    }

    private static HttpExecuteResponse answer(ClassicHttpResponse response) throws IOException {
        SdkHttpFullResponse.Builder head =
                SdkHttpFullResponse.builder().statusCode(response.getCode()).statusText(response.getReasonPhrase());
        Arrays.stream(response.getHeaders()).forEach(header -> head.appendHeader(header.getName(), header.getValue()));
        HttpExecuteResponse.Builder answer = HttpExecuteResponse.builder().response(head.build());
        if (response.getEntity() == null) {
            response.close();
            return answer.build();
        }
        return answer.responseBody(
                        AbortableInputStream.create(response.getEntity().getContent(), () -> closeNow(response)))
                .build();
    }

    private static void closeNow(ClassicHttpResponse response) {
        try {
            response.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String clientName() {
        return "Utf8";
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
