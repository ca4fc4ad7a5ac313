package dev.restage.heroku;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.restage.Restage;
import dev.restage.plan.Environment;
import dev.restage.plan.ResetPlan;
import dev.restage.provider.Address;
import dev.restage.provider.GuardException;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.app.CachePurger;
import dev.restage.provider.app.PaaS;
import dev.restage.provider.app.PurgeScope;
import dev.restage.provider.database.Database;
import dev.restage.sandbox.Sandbox;
import dev.restage.sandbox.server.RedisServer;
import dev.restage.sandbox.vendor.heroku.HerokuApp;
import dev.restage.step.app.PurgeCache;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an app of the sandbox's Heroku has in Redis is found through the app, and guarded. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class HerokuRedisTest {

    private final Sandbox sandbox = Sandbox.start();
    private final RedisServer live = RedisServer.start();
    private final Restage restage = Restage.builder().variables(variables()).build();

    private Map<String, String> variables() {
        Map<String, String> variables = new HashMap<>(sandbox.variables());
        variables.put("LIVE_URL", live.url(0));
        return variables;
    }

    @BeforeAll
    void hostAnAppWithItsOwnRedis() {
        Map<String, String> vars = new HashMap<>(sandbox.heroku().configVars("acme-production"));
        vars.put("REDIS_URL", live.url(0));
        vars.put("CELERY_BROKER", live.url(0));
        sandbox.heroku()
                .addApp(new HerokuApp(
                        "acme-live",
                        sandbox.git().repositoryDirectory(sandbox.site().repository()),
                        "main",
                        "production",
                        Map.of("web", 1),
                        vars));
    }

    @AfterAll
    void stop() {
        restage.close();
        live.close();
        sandbox.close();
    }

    @Test
    void anAppTellsItsRedisOnceThoughTwoVariablesNameIt() {
        assertThat(restage.open("heroku:acme-live", PaaS.class).companions())
                .filteredOn(address -> address.scheme().equals("heroku-redis"))
                .singleElement()
                .asString()
                .startsWith("heroku-redis:acme-live");
        assertThat(restage.open("heroku-postgres:acme-live", Database.class).companions())
                .anyMatch(address -> address.scheme().equals("heroku-redis"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?prefix=acme", "/CELERY_BROKER?databases=0,1"})
    void aTargetThatIsProductionsRedisIsRefusedThoughProductionListsItsAppOnly(String spelling) {
        String cache = "redis-url:LIVE_URL" + (spelling.contains("?") ? spelling.substring(spelling.indexOf('?')) : "");

        assertThatThrownBy(() -> restage.preview(
                        purging(cache, Environment.production("production").app("heroku:acme-live"))))
                .isInstanceOf(GuardException.class)
                .hasMessageContaining(cache + ", which is the same thing as heroku-redis:acme-live")
                .hasMessageContaining("which belongs to heroku:acme-live of production")
                .hasMessageNotContaining(live.url(0));
        assertThatThrownBy(() -> restage.preview(purging(
                        "heroku-redis:acme-live" + spelling,
                        Environment.production("production").database("heroku-postgres:acme-live"))))
                .isInstanceOf(GuardException.class)
                .hasMessageContaining("which belongs to heroku-postgres:acme-live of production");
    }

    @Test
    void aPrefixBesideTheOneThatProductionListsMayBePurged() {
        assertThat(restage.preview(purging(
                                "redis-url:LIVE_URL?prefix=staging",
                                Environment.production("production")
                                        .app("heroku:acme-live")
                                        .cache("heroku-redis:acme-live?prefix=live")))
                        .steps())
                .hasSize(1);
    }

    @Test
    void aRedisOfProductionThatCannotBeReachedStandsInTheWayOfAPurge() {
        Map<String, String> vars = new HashMap<>(sandbox.heroku().configVars("acme-live"));
        vars.put("REDIS_URL", "redis://127.0.0.1:1/0");
        vars.remove("CELERY_BROKER");
        sandbox.heroku()
                .addApp(new HerokuApp(
                        "acme-far",
                        sandbox.git().repositoryDirectory(sandbox.site().repository()),
                        "main",
                        "production",
                        Map.of("web", 1),
                        vars));

        assertThatThrownBy(() -> restage.preview(purging(
                        "redis-url:LIVE_URL?prefix=x",
                        Environment.production("production").app("heroku:acme-far"))))
                .isInstanceOf(GuardException.class)
                .hasMessageContaining("which thing heroku-redis:acme-far is")
                .hasMessageContaining("add .apart(\"heroku-redis:acme-far\") to production");
    }

    @Test
    void theCacheOfAnAppIsPurgedByItsPrefix() {
        sandbox.redis().set(0, "shop:1:a", "x");
        sandbox.redis().set(0, "shops:1:a", "neighbour");
        CachePurger cache = restage.openToWrite("heroku-redis:acme-staging?prefix=shop", CachePurger.class);

        assertThat(cache.purge(PurgeScope.everything(), Progress.NONE)).hasValue(1);
        assertThat(sandbox.redis().keys(0, "shop*")).containsExactly("shops:1:a");
    }

    @Test
    void theCacheOfAnAppThatItsPipelineCallsProductionIsNotPurged() {
        live.set(0, "shop:1:a", "x");
        CachePurger cache = restage.openToWrite("heroku-redis:acme-live?prefix=shop", CachePurger.class);

        assertThatThrownBy(() -> cache.purge(PurgeScope.everything(), Progress.NONE))
                .isInstanceOf(GuardException.class)
                .hasMessageContaining("production");
        assertThat(live.keys(0, "shop*")).containsExactly("shop:1:a");
    }

    @Test
    void aVariableThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> restage.open("heroku-redis:acme-live/NO_URL", CachePurger.class)
                        .identity())
                .hasMessageContaining("the app acme-live has no config var NO_URL")
                .asInstanceOf(type(ProviderException.class))
                .returns(Kind.NOT_FOUND, ProviderException::kind);
    }

    private static ResetPlan purging(String cache, Environment.Builder production) {
        return ResetPlan.builder(
                        "test",
                        production.build(),
                        Environment.staging("staging").cache(cache).build())
                .add("purge", new PurgeCache(Address.of(cache), PurgeScope.everything()))
                .build();
    }
}
