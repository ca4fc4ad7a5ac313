package dev.restage.sandbox.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class S3ServerTest {

    @AutoClose
    private final S3Server server = S3Server.start();

    @Test
    void keepsObjectsByBucketAndKey() {
        server.createBucket("acme-media");
        server.put("acme-media", "media/images/a.txt", "text/plain", "a".getBytes(StandardCharsets.UTF_8));
        server.put("acme-media", "media/images/b.txt", "text/plain", new byte[0]);

        assertThat(server.keys("acme-media")).containsExactly("media/images/a.txt", "media/images/b.txt");
        assertThat(server.get("acme-media", "media/images/a.txt").orElseThrow())
                .asString()
                .isEqualTo("a");
        assertThat(server.get("acme-media", "media/none")).isEmpty();
    }

    @Test
    void anUnsignedRequestIsRefused() throws Exception {
        server.createBucket("acme-media");

        HttpURLConnection connection = (HttpURLConnection)
                server.endpoint().resolve("/acme-media").toURL().openConnection();

        assertThat(connection.getResponseCode()).isEqualTo(403);
    }
}
