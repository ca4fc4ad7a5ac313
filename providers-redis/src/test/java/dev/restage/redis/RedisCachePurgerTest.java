package dev.restage.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.provider.Address;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.Variables;
import dev.restage.provider.app.CachePurger;
import dev.restage.provider.app.PurgeScope;
import dev.restage.sandbox.server.RedisServer;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedisCachePurgerTest {

    private RedisServer server;

    @BeforeEach
    void start() {
        server = RedisServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void purgesOneDjangoPrefixAndLeavesItsNeighbours() {
        Map<String, String> keys = new HashMap<>();
        for (int i = 0; i < 12_000; i++) {
            keys.put("acme:1:key" + i, "x");
        }
        server.setAll(0, keys);
        server.set(0, "acmes:1:key", "neighbour");
        server.set(0, "celery", "queue");
        CachePurger cache = open("/0?prefix=acme");

        assertThat(cache.count(PurgeScope.everything())).hasValue(12_000);
        assertThat(cache.purge(PurgeScope.everything(), Progress.NONE)).hasValue(12_000);

        assertThat(cache.count(PurgeScope.everything())).hasValue(0);
        assertThat(server.keys(0, "*")).containsExactlyInAnyOrder("acmes:1:key", "celery");
    }

    @Test
    void takesDjangosEmptyPrefixInSeveralDatabases() {
        for (int database : new int[] {0, 1, 2}) {
            server.set(database, ":2:wagtail_site_root_paths", "x");
            server.set(database, ":1:a", "x");
            server.set(database, "rq:job", "x");
        }

        assertThat(open("?databases=1,0").purge(PurgeScope.everything(), Progress.NONE))
                .hasValue(4);

        assertThat(server.keys(0, "*")).containsExactly("rq:job");
        assertThat(server.keys(1, "*")).containsExactly("rq:job");
        assertThat(server.keys(2, "*")).hasSize(3);
    }

    @Test
    void takesGlobsInAPrefixAsText() {
        server.set(0, "a*[b]?:1:x", "x");
        server.set(0, "axb:1:x", "x");

        open("/0?prefix=a*[b]?").purge(PurgeScope.everything(), Progress.NONE);

        assertThat(server.keys(0, "*")).containsExactly("axb:1:x");
    }

    @Test
    void purgesBelowTextWithinThePrefix() {
        server.set(0, "acme:1:template.cache.a", "x");
        server.set(0, "acme:1:session", "x");

        assertThat(open("/0?prefix=acme").purge(PurgeScope.prefix("1:template."), Progress.NONE))
                .hasValue(1);

        assertThat(server.keys(0, "*")).containsExactly("acme:1:session");
    }

    @Test
    void refusesWhatARedisDoesNotKnow() {
        assertThatThrownBy(() -> open("/0").purge(PurgeScope.host("a.example"), Progress.NONE))
                .isInstanceOfSatisfying(
                        ProviderException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNSUPPORTED));
    }

    @Test
    void readsTheWholeUrlFromAVariable() {
        server.set(3, "acme:1:a", "x");
        Variables variables = Variables.of(Map.of("CACHE_URL", server.url(3)));
        Address address = Address.of("redis-url:CACHE_URL?prefix=acme");

        CachePurger cache = new RedisCachePurger(RedisLocation.ofVariable(address, variables));

        assertThat(cache.count(PurgeScope.everything())).hasValue(1);
        assertThat(cache.identity()).isEqualTo(open("/3?prefix=acme").identity());
    }

    @Test
    void overlapsWhereKeysCanBeShared() {
        CachePurger acme = open("/0?prefix=acme");

        assertThat(acme.identity().overlaps(open("?databases=0,1&prefix=acme").identity()))
                .isTrue();
        assertThat(acme.identity().overlaps(open("/0?prefix=other").identity())).isFalse();
        assertThat(acme.identity().overlaps(open("/1?prefix=acme").identity())).isFalse();
    }

    @Test
    void overlapsWithWhatIsBelowItsPrefixAndWithWhatItIsBelow() {
        CachePurger acme = open("/0?prefix=acme");

        assertThat(acme.identity().overlaps(open("/0?prefix=acme:live").identity()))
                .isTrue();
        assertThat(open("/0?prefix=acme:1").identity().overlaps(acme.identity()))
                .isTrue();
        assertThat(acme.identity().overlaps(open("/0?prefix=acme-live").identity()))
                .isFalse();
    }

    @Test
    void saysWhyItCannotEnterWithoutShowingThePassword() {
        Address address = Address.of("redis://127.0.0.1:%d/0".formatted(server.port()));
        CachePurger wrong =
                new RedisCachePurger(RedisLocation.of(address, Variables.of(Map.of("REDIS_PASSWORD", "wr0ng"))));
        CachePurger missing = new RedisCachePurger(RedisLocation.of(address, Variables.of(Map.of())));

        for (CachePurger cache : new CachePurger[] {wrong, missing}) {
            assertThatThrownBy(cache::identity)
                    .isInstanceOfSatisfying(
                            ProviderException.class, e -> assertThat(e.kind()).isEqualTo(Kind.DENIED))
                    .hasMessageNotContaining("wr0ng");
        }
    }

    @Test
    void saysThatThereIsNoServer() {
        CachePurger cache = open("/0");
        server.close();

        assertThatThrownBy(cache::identity)
                .isInstanceOfSatisfying(
                        ProviderException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
    }

    @Test
    void showsNoPartOfAMalformedUrl() {
        Variables variables = Variables.of(Map.of("CACHE_URL", "redis://:pa ss@h:1/0"));

        assertThatThrownBy(() -> RedisLocation.ofVariable(Address.of("redis-url:CACHE_URL"), variables))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("pa ss");
    }

    private CachePurger open(String rest) {
        Address address = Address.of("redis://%s:%d%s".formatted(server.host(), server.port(), rest));
        return new RedisCachePurger(
                RedisLocation.of(address, Variables.of(Map.of("REDIS_PASSWORD", server.password()))));
    }
}
