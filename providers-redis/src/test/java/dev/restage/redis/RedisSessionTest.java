package dev.restage.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.restage.provider.Address;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.RestageException.Effect;
import dev.restage.provider.Variables;
import dev.restage.provider.app.CachePurger;
import dev.restage.provider.app.PurgeScope;
import dev.restage.sandbox.server.RedisServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class RedisSessionTest {

    private static final String STANDALONE = OddServer.bulk("redis_mode:standalone\r\nrun_id:r17\r\n");

    @Test
    void aClusterIsRefusedBeforeAnythingIsRemoved() throws IOException {
        try (OddServer server = new OddServer(Map.of("INFO", OddServer.bulk("redis_mode:cluster\r\n")))) {
            assertThatThrownBy(() -> cache(server).purge(PurgeScope.everything(), Progress.NONE))
                    .hasMessageContaining("is a Redis Cluster, which cannot be purged by prefix here")
                    .asInstanceOf(type(ProviderException.class))
                    .returns(Kind.UNSUPPORTED, ProviderException::kind)
                    .returns(Effect.NONE, ProviderException::effect);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SCAN | NOPERM this user has no permissions to run the 'scan' command | DENIED      | may not INFO, SCAN and UNLINK
            SCAN | NOAUTH Authentication required.                               | DENIED      | password is wrong or missing
            SCAN | ERR DB index is out of range                                  | NOT_FOUND   | there is no database 0
            SCAN | LOADING Redis is loading the dataset in memory                | UNAVAILABLE | cannot be reached
            INFO | NOPERM this user has no permissions to run the 'info' command | DENIED      | may not INFO, SCAN and UNLINK
            """)
    void saysWhatTheServerRefuses(String command, String answer, Kind kind, String words) throws IOException {
        Map<String, String> answers = command.equals("INFO")
                ? Map.of("INFO", "-" + answer + "\r\n")
                : Map.of("INFO", STANDALONE, command, "-" + answer + "\r\n");
        try (OddServer server = new OddServer(answers)) {
            assertThatThrownBy(() -> cache(server).count(PurgeScope.everything()))
                    .hasMessageContainingAll("redis://127.0.0.1:", words)
                    .asInstanceOf(type(ProviderException.class))
                    .returns(kind, ProviderException::kind);
        }
    }

    @Test
    void aServerIsKnownByItsRunIdAndOneThatHidesItByItsPlace() throws IOException {
        try (OddServer open = new OddServer(Map.of("INFO", STANDALONE));
                OddServer hiding = new OddServer(Map.of("INFO", OddServer.bulk("redis_mode:standalone\r\n")))) {
            assertThat(cache(open).identity().parts()).startsWith("r17");
            assertThat(cache(hiding).identity().parts()).startsWith("localhost:" + hiding.port());
        }
    }

    @Test
    void aServerWithoutTlsIsNamedWhereTlsIsAskedFor() {
        try (RedisServer server = RedisServer.start()) {
            Address address = Address.of("rediss://127.0.0.1:%d".formatted(server.port()));

            assertThatThrownBy(() -> open(address).count(PurgeScope.everything()))
                    .hasMessageContaining("check host, port and TLS")
                    .asInstanceOf(type(ProviderException.class))
                    .returns(Kind.UNAVAILABLE, ProviderException::kind);
        }
    }

    @Test
    void findsTheKeysThatMatchAndRemovesThoseThatAreThere() {
        try (RedisServer server = RedisServer.start()) {
            for (int i = 0; i < 30; i++) {
                server.set(0, "acme:" + i, "x");
            }
            server.set(0, "other", "x");
            RedisLocation location = RedisLocation.of(
                    Address.of("redis://127.0.0.1:%d?passwordVariable=P".formatted(server.port())),
                    Variables.of(Map.of("P", server.password())));

            List<String> found = RedisSession.in(location, 0, session -> {
                List<String> keys = new ArrayList<>();
                session.scan("acme:*", batch -> batch.forEach(key -> keys.add(text(key))));
                return keys;
            });
            Long removed = RedisSession.in(
                    location,
                    0,
                    session -> session.unlink(List.of(bytes(found.get(0)), bytes("none")))
                            .toCompletableFuture()
                            .join());

            assertThat(found).hasSize(30).allMatch(key -> key.startsWith("acme:"));
            assertThat(removed).isEqualTo(1);
            assertThat(server.keys(0, "*")).hasSize(30).contains("other");
        }
    }

    private static byte[] bytes(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] key) {
        return new String(key, StandardCharsets.UTF_8);
    }

    private static CachePurger cache(OddServer server) {
        return open(Address.of("redis://127.0.0.1:%d?prefix=acme".formatted(server.port())));
    }

    private static CachePurger open(Address address) {
        return new RedisCachePurger(location(address));
    }

    private static RedisLocation location(Address address) {
        return RedisLocation.of(address, Variables.of(Map.of()));
    }
}
