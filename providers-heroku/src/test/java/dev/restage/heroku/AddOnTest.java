package dev.restage.heroku;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.restage.http.HttpSettings;
import dev.restage.http.Json;
import dev.restage.http.Retry;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.RestageException.Effect;
import dev.restage.provider.Secret;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddOnTest {

    private static final String VAR = "DATABASE_URL";

    @AutoClose
    private final MockWebServer server = new MockWebServer();

    private HerokuApi api;

    @BeforeEach
    void start() throws IOException {
        server.start();
        api = new HerokuApi(
                new HerokuConfig(
                        server.url("/").uri(),
                        server.url("/").uri(),
                        server.url("/").uri(),
                        Secret.of("k3y")),
                HttpSettings.standard(),
                Retry.none());
    }

    @Test
    void isKnownByEachNameThatTheAppItBelongsToGivesIt() {
        answer(List.of(attachment("acme", "DATABASE", "a-1", "essential-1")));
        answer(List.of(
                attachment("acme", "DATABASE", "a-1", "essential-1"),
                attachment("acme", "HEROKU_POSTGRESQL_RED", "a-1", "essential-1"),
                attachment("other", "SHARED", "a-1", "essential-1")));

        assertThat(AddOn.behind(api, "acme", VAR))
                .isEqualTo(new AddOn("a-1", "acme", "essential-1", Set.of("DATABASE", "RED")));
    }

    @Test
    void theSameDatabaseUnderTwoCredentialsIsOne() {
        Map<String, Object> limited = new HashMap<>(attachment("acme", "READER", "a-1", "standard-0"));
        limited.put("namespace", "credential:reader");
        answer(List.of(limited, attachment("acme", "DATABASE", "a-1", "standard-0")));
        answer(List.of(attachment("acme", "DATABASE", "a-1", "standard-0")));

        assertThat(AddOn.behind(api, "acme", VAR).id()).isEqualTo("a-1");
    }

    @Test
    void refusesAConfigVarThatNamesTwoDatabases() {
        answer(List.of(
                attachment("acme", "DATABASE", "a-1", "essential-1"),
                attachment("acme", "OTHER", "a-2", "essential-1")));

        assertThatThrownBy(() -> AddOn.behind(api, "acme", VAR))
                .hasMessage(
                        "DATABASE_URL of the app acme names 2 Heroku Postgres databases; see \"heroku addons -a acme\""
                                + " and name the config var in the address")
                .asInstanceOf(type(ProviderException.class))
                .returns(Kind.NOT_FOUND, ProviderException::kind)
                .returns(Effect.NONE, ProviderException::effect);
    }

    @Test
    void aConfigVarThatWasCopiedByHandIsFoundByItsValue() {
        server.enqueue(new MockResponse.Builder().code(404).body("{}").build());
        answer(Map.of(VAR, "postgres://u:p@h/d", "RED_URL", "postgres://u:p@h/d", "BLUE_URL", "postgres://u:p@h/e"));
        answer(List.of(
                with(attachment("acme", "BLUE", "a-2", "essential-1"), "config_vars", List.of("BLUE_URL")),
                with(attachment("acme", "RED", "a-1", "essential-1"), "config_vars", List.of("RED_URL"))));
        answer(List.of(attachment("acme", "RED", "a-1", "essential-1")));

        assertThat(AddOn.find(api, "acme", VAR)).contains(new AddOn("a-1", "acme", "essential-1", Set.of("RED")));
    }

    @Test
    void anEmptyConfigVarIsNobodysAndAnotherServiceIsNoDatabase() {
        answer(List.of(with(
                attachment("acme", "REDIS", "r-1", "x"),
                "addon",
                Map.of("id", "r-1", "app", Map.of("name", "acme"), "plan", Map.of("name", "heroku-redis:mini")))));
        answer(Map.of("RED_URL", ""));
        answer(List.of(with(attachment("acme", "RED", "a-1", "essential-1"), "config_vars", List.of("RED_URL"))));

        assertThat(AddOn.find(api, "acme", VAR)).isEmpty();
    }

    @Test
    void saysWhereToLookIfThereIsNone() {
        server.enqueue(new MockResponse.Builder().code(404).body("{}").build());
        answer(Map.of());
        answer(List.of());

        assertThatThrownBy(() -> AddOn.behind(api, "acme", VAR))
                .hasMessageStartingWith("DATABASE_URL of the app acme names no Heroku Postgres database; see")
                .asInstanceOf(type(ProviderException.class))
                .returns(Kind.NOT_FOUND, ProviderException::kind);
    }

    @ParameterizedTest
    @ValueSource(strings = {"advanced-1", "performance-2"})
    void backupsOfTheNewestTierAreNotTouched(String plan) {
        HerokuBackup backup = new HerokuBackup(api, Waits.STANDARD, "acme", null);
        AddOn addOn = new AddOn("a-1", "acme", plan, Set.of("DATABASE"));

        assertThatThrownBy(() -> addOn.withBackups(backup))
                .hasMessage(
                        "heroku-backup:acme has the plan %s, whose backups Restage does not know; copy it live instead",
                        plan)
                .asInstanceOf(type(ProviderException.class))
                .returns(Kind.UNSUPPORTED, ProviderException::kind);
    }

    @Test
    void backupsOfUsualPlansAreKnown() {
        AddOn addOn = new AddOn("a-1", "acme", "standard-0", Set.of("DATABASE"));

        assertThat(addOn.withBackups(new HerokuBackup(api, Waits.STANDARD, "acme", "b001")))
                .isSameAs(addOn);
    }

    private static Map<String, Object> attachment(String app, String name, String id, String plan) {
        return Map.of(
                "name",
                name,
                "app",
                Map.of("name", app),
                "addon",
                Map.of("id", id, "app", Map.of("name", "acme"), "plan", Map.of("name", "heroku-postgresql:" + plan)));
    }

    private static Map<String, Object> with(Map<String, Object> attachment, String member, Object value) {
        Map<String, Object> changed = new HashMap<>(attachment);
        changed.put(member, value);
        return changed;
    }

    private void answer(Object body) {
        server.enqueue(new MockResponse.Builder().body(Json.write(body)).build());
    }
}
