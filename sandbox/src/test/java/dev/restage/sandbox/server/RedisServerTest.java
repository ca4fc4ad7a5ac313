package dev.restage.sandbox.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.sandbox.internal.RespConnection;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisServerTest {

    @Test
    void keepsKeysOfTwoDatabasesApartAndForgetsAllAtTheEnd(@TempDir Path temporary) {
        Path directory = temporary.resolve("redis");
        try (RedisServer redis = RedisServer.start(directory)) {
            redis.set(0, "acme:1:title", "Æther\r\n");
            redis.set(1, "acme:1:image", "png");

            assertThat(redis.get(0, "acme:1:title")).contains("Æther\r\n");
            assertThat(redis.keys(0, "acme:*")).containsExactly("acme:1:title");
            assertThat(redis.keys(1, "*")).containsExactly("acme:1:image");

            redis.delete(0, "acme:1:title");
            assertThat(redis.get(0, "acme:1:title")).isEmpty();
        }

        assertThat(Files.exists(directory)).isFalse();
    }

    @Test
    void withoutThePasswordNothingIsAnswered() throws IOException {
        try (RedisServer redis = RedisServer.start();
                RespConnection stranger =
                        RespConnection.to(URI.create("redis://%s:%d".formatted(redis.host(), redis.port())))) {
            assertThatThrownBy(() -> stranger.call("DBSIZE")).hasMessageContaining("NOAUTH");
        }
    }
}
