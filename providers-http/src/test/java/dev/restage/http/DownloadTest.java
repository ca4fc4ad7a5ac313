package dev.restage.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.Secret;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DownloadTest {

    private static final int HALF = 1 << 20;

    @AutoClose
    private final MockWebServer server = new MockWebServer();

    private final AtomicInteger asked = new AtomicInteger();
    private final byte[] file = new byte[2 * HALF];

    @BeforeEach
    void start() throws IOException {
        server.start();
        for (int i = 0; i < file.length; i++) {
            file[i] = (byte) ((i * 31) >> 3);
        }
    }

    @Test
    void goesOnWhereItBrokeOffWithoutTheCredential() throws IOException, InterruptedException {
        AtomicInteger rest = new AtomicInteger();
        server.setDispatcher(new mockwebserver3.Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                String range = request.getHeaders().get("Range");
                if (range == null) {
                    return whole().onResponseBody(new SocketEffect.CloseSocket())
                            .build();
                }
                if (rest.getAndIncrement() == 0) {
                    return new MockResponse.Builder().code(503).build();
                }
                int from = Integer.parseInt(range.replaceAll("\\D", ""));
                return new MockResponse.Builder()
                        .code(206)
                        .addHeader("ETag", "\"one\"")
                        .body(new Buffer().write(file, from, file.length - from))
                        .build();
            }
        });

        try (Download download = open()) {
            assertThat(download.length()).isEqualTo(file.length);
            assertThat(download.readAllBytes()).isEqualTo(file);
        }

        assertThat(asked).hasValueGreaterThan(1);
        assertThat(server.takeRequest().getHeaders().get("Authorization")).isNull();
        assertThat(server.takeRequest().getHeaders().get("If-Range")).isEqualTo("\"one\"");
    }

    @Test
    void endsWhenTheFileIsAnotherOneByNow() {
        server.enqueue(whole().onResponseBody(new SocketEffect.CloseSocket()).build());
        server.enqueue(new MockResponse.Builder()
                .addHeader("ETag", "\"two\"")
                .body("other")
                .build());

        assertThatThrownBy(() -> {
                    try (Download download = open()) {
                        download.readAllBytes();
                    }
                })
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot be gone on with");
    }

    @Test
    void saysThatTheAddressHasExpiredMeanwhile() {
        server.enqueue(whole().onResponseBody(new SocketEffect.CloseSocket()).build());
        server.enqueue(new MockResponse.Builder()
                .code(403)
                .body("<Error><Message>Request has expired</Message></Error>")
                .build());

        assertThatThrownBy(() -> {
                    try (Download download = open()) {
                        download.readAllBytes();
                    }
                })
                .hasMessageContaining("Request has expired")
                .hasMessageNotContaining("s3cret")
                .asInstanceOf(type(ProviderException.class))
                .returns(Kind.DENIED, ProviderException::kind);
    }

    private MockResponse.Builder whole() {
        return new MockResponse.Builder().addHeader("ETag", "\"one\"").body(new Buffer().write(file));
    }

    private Download open() {
        RestClient rest = RestClient.create(
                "api",
                URI.create("https://api.example"),
                Credential.bearer(Secret.of("t0ken-t0ken")),
                new Retry(3, Duration.ofMillis(1), Duration.ofSeconds(2)));
        return rest.open(() -> {
            asked.incrementAndGet();
            return RestRequest.get(server.url("/file?signature=s3cret").toString());
        });
    }
}
