package dev.restage.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.provider.ProviderException;
import dev.restage.provider.media.MediaObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class S3ProxyTest extends SecondServerContract {

    private static S3ProxyServer server;

    @BeforeAll
    static void startServer() {
        server = S3ProxyServer.start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Override
    SecondServer server() {
        return server;
    }

    /** This server sorts strings, not bytes: what would delete live objects must not begin. */
    @Test
    void doesNotSyncWhatIsSortedWrongly() {
        server.put(production, "images/\uFF5E", "one");
        server.put(production, "images/\uD83D\uDE00", "two");
        server.put(staging, "media/old", "old");

        assertThatThrownBy(this::sync)
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("order of their UTF-8 bytes");

        assertThat(server.keys(staging)).contains("media/old");
    }

    @Test
    void writesNothingOfWhatHasChangedSinceTheListing() {
        server.put(production, "a", "listed");
        MediaObject listed = source.list("").next();
        server.put(production, "a", "changed since");

        assertThatThrownBy(() -> target.copy(source, listed)).isInstanceOf(ProviderException.class);

        assertThat(server.keys(staging)).isEmpty();
    }
}
