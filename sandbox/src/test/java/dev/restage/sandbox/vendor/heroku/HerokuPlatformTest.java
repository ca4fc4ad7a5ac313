package dev.restage.sandbox.vendor.heroku;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.restage.sandbox.vendor.Call;
import dev.restage.sandbox.vendor.Repositories;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The Platform API of apps whose databases nobody asks. */
class HerokuPlatformTest {

    private static final String APP = "/apps/acme-staging";
    private static final String POSTGRES = "postgres://acme:secret@127.0.0.1:1/acme";

    private final HerokuStandIn heroku = new HerokuStandIn("t0ken", new RecordingEngine());
    private String commit = "";

    @BeforeEach
    void addApps(@TempDir Path directory) {
        Path repository = Repositories.bare(directory, "acme/site");
        commit = Repositories.commit(repository, "staging", Map.of("a.txt", "a"));
        heroku.addApp(new HerokuApp(
                "acme-staging",
                repository,
                "staging",
                "staging",
                Map.of("web", 1),
                Map.of("DATABASE_URL", POSTGRES, "REDIS_URL", "redis://:pw@127.0.0.1:1", "SECRET_KEY", "s")));
        heroku.addApp(new HerokuApp("acme-empty", repository, "nowhere", "", Map.of("web", 0), Map.of()));
    }

    @AfterEach
    void stop() {
        heroku.close();
    }

    @Test
    void listsAppsAndFindsOneByItsNameOrItsId() {
        Call apps = call("GET /apps", "");
        String id = apps.json().path(1).path("id").asString();

        assertThat(apps.json().valueStream().map(app -> app.path("name").asString()))
                .containsExactly("acme-empty", "acme-staging");
        assertThat(call("GET /apps/" + id, "").json().path("name").asString()).isEqualTo("acme-staging");
        assertThat(call("GET /account", "").json().path("email").asString()).contains("@");
        assertThat(call("GET /account/rate-limits", "").json().path("remaining").asInt())
                .isEqualTo(4500);
    }

    @Test
    void everyAnswerSaysWhatIsLeftOfTheRate() {
        Call call = call("GET " + APP, "");

        assertThat(call.header("RateLimit-Remaining")).isEqualTo("4498");
        assertThat(call.header("RateLimit-Multiplier")).isEqualTo("1");
        assertThat(call.header("Request-Id")).hasSize(36);
        assertThat(call.header("Oauth-Scope")).isEqualTo("global");
    }

    @Test
    void anEmptyRateIsRefusedInHerokusWords() {
        heroku.faults().throttle("GET /apps/*", 1, Duration.ofSeconds(2));

        Call call = call("GET " + APP, "");

        assertThat(call.status()).isEqualTo(429);
        assertThat(call.header("Retry-After")).isEqualTo("2");
        assertThat(call.json().path("id").asString()).isEqualTo("rate_limit");
    }

    @Test
    void maintenanceIsTurnedOnAndOff() {
        assertThat(call("PATCH " + APP, "{\"maintenance\":true}")
                        .json()
                        .path("maintenance")
                        .asBoolean())
                .isTrue();
        assertThat(call("PATCH " + APP, "{}").json().path("maintenance").asBoolean())
                .isTrue();
        assertThat(call("PATCH " + APP, "{\"maintenance\":false}")
                        .json()
                        .path("maintenance")
                        .asBoolean())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PATCH /apps/acme-staging | {\"maintenance\":\"yes\"} | 422 | invalid_params",
                "PATCH /apps/acme-staging | no json | 400 | bad_request",
                "PATCH /apps/acme-staging | [] | 400 | bad_request",
                "PATCH /apps/acme-staging/config-vars | {\"A\":{}} | 422 | invalid_params",
                "PATCH /apps/acme-staging/config-vars | {\"DATABASE_URL\":null} | 422 | invalid_params",
                "PATCH /apps/acme-staging/formation | {\"updates\":[{\"type\":\"clock\",\"quantity\":1}]} | 404 | not_found",
                "PATCH /apps/acme-staging/formation/web | {\"quantity\":\"many\"} | 422 | invalid_params",
                "PATCH /apps/acme-staging/formation/web | {\"quantity\":1.5} | 422 | invalid_params",
                "POST /apps/acme-staging/dynos | {\"command\":\" \"} | 422 | invalid_params",
                "POST /apps/acme-empty/dynos | {\"command\":\"true\"} | 409 | conflict",
                "POST /apps/acme-staging/releases | {\"slug\":\"none\"} | 404 | not_found",
                "POST /apps/acme-staging/releases | {\"release\":\"none\"} | 404 | not_found"
            })
    void refusesWhatHerokuRefuses(String line, String body, int status, String id) {
        Call call = call(line, body);

        assertThat(call.status()).isEqualTo(status);
        assertThat(call.json().path("id").asString()).isEqualTo(id);
        assertThat(call.json().path("message").asString()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/apps/nope, app",
        "/apps/acme-staging/releases/99, release",
        "/apps/acme-staging/slugs/nope, slug",
        "/apps/acme-staging/dynos/web.9, dyno",
        "/apps/acme-empty/pipeline-couplings, pipeline_coupling",
        "/addons/nope, add_on"
    })
    void saysWhatKindOfThingIsMissing(String path, String resource) {
        Call call = call("GET " + path, "");

        assertThat(call.status()).isEqualTo(404);
        assertThat(call.json().path("id").asString()).isEqualTo("not_found");
        assertThat(call.json().path("resource").asString()).isEqualTo(resource);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /apps", "GET /apps/acme-staging", "POST /apps/acme-staging/log-sessions"})
    void wantsItsMediaType(String line) {
        Call call = Call.send(heroku.endpoint(), "Bearer t0ken", line, "", "Accept", "application/json");

        assertThat(call.status()).isEqualTo(406);
        assertThat(call.json().path("id").asString()).isEqualTo("not_acceptable");
    }

    @Test
    void halfOfAScalingIsNoScaling() {
        Call call = call(
                "PATCH " + APP + "/formation",
                "{\"updates\":[{\"type\":\"web\",\"quantity\":3},{\"type\":\"clock\",\"quantity\":1}]}");

        assertThat(call.status()).isEqualTo(404);
        assertThat(call("GET " + APP + "/formation", "")
                        .json()
                        .path(0)
                        .path("quantity")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void aReleaseCanBeSeenWithItsConfigVarsAndRolledBackTo() {
        String first = call("GET " + APP + "/releases/2", "").json().path("id").asString();
        call("PATCH " + APP + "/config-vars", "{\"SECRET_KEY\":\"new\"}");

        Call rolledBack = call("POST " + APP + "/releases", "{\"release\":\"" + first + "\"}");

        assertThat(rolledBack.status()).isEqualTo(201);
        assertThat(rolledBack.json().path("version").asInt()).isEqualTo(4);
        assertThat(rolledBack.json().path("description").asString()).isEqualTo("Rollback to v2");
        assertThat(heroku.configVars("acme-staging")).containsEntry("SECRET_KEY", "s");
        assertThat(call("GET " + APP + "/releases/3/config-vars", "")
                        .json()
                        .path("SECRET_KEY")
                        .asString())
                .isEqualTo("new");
    }

    @Test
    void aReleaseWithoutCodeCannotBeRolledBackTo() {
        String initial =
                call("GET " + APP + "/releases/1", "").json().path("id").asString();

        assertThat(call("POST " + APP + "/releases", "{\"release\":\"" + initial + "\"}")
                        .status())
                .isEqualTo(422);
    }

    @Test
    void theSlugOfOneAppIsReleasedToAnother() {
        String slug = call("GET " + APP + "/releases/2", "")
                .json()
                .path("slug")
                .path("id")
                .asString();

        Call released = call("POST /apps/acme-empty/releases", "{\"slug\":\"" + slug + "\"}");

        assertThat(released.status()).isEqualTo(201);
        assertThat(heroku.deployedCommit("acme-empty")).isEqualTo(commit);
        assertThat(call("GET /apps/acme-empty/builds", "").json()).hasSize(1);
    }

    @Test
    void restartsAllOrOneDyno() {
        assertThat(call("DELETE " + APP + "/dynos", "").status()).isEqualTo(202);
        assertThat(call("DELETE " + APP + "/dynos/web.1", "").status()).isEqualTo(202);
        assertThat(call("POST " + APP + "/dynos/web.1/actions/stop", "").status())
                .isEqualTo(202);
        assertThat(call("DELETE " + APP + "/formations/web", "").status()).isEqualTo(202);
        assertThat(call("GET " + APP + "/dynos/web.1", "").json().path("state").asString())
                .isIn("starting", "up");
    }

    @Test
    void showsThePipelineTheDomainsAndNoCollaborators() {
        assertThat(call("GET " + APP + "/pipeline-couplings", "")
                        .json()
                        .path("stage")
                        .asString())
                .isEqualTo("staging");
        assertThat(call("GET " + APP + "/domains", "")
                        .json()
                        .path(0)
                        .path("hostname")
                        .asString())
                .isEqualTo("acme-staging.herokuapp.com");
        assertThat(call("GET " + APP + "/collaborators", "").json()).isEmpty();
        assertThat(call("DELETE " + APP + "/build-cache", "").status()).isEqualTo(202);
    }

    @Test
    void anAddOnIsFoundByEachOfItsNames() {
        String id = call("GET " + APP + "/addons", "").json().path(0).path("id").asString();
        List<String> bodies = List.of(
                "{\"addon_attachment\":\"DATABASE\"}",
                "{\"app\":\"acme-staging\",\"addon_attachment\":\"DATABASE_URL\"}",
                "{\"app\":\"acme-staging\",\"addon_attachment\":\"DATABASE_URL\",\"addon_service\":\"heroku-postgresql\"}");

        for (String body : bodies) {
            assertThat(call("POST /actions/addon-attachments/resolve", body).json())
                    .as(body)
                    .hasSize(1);
        }
        assertThat(call("GET /addons/" + id, "").json().path("config_vars")).hasSize(1);
        assertThat(call("GET /addons/" + id + "/addon-attachments", "").json()).hasSize(1);
        assertThat(call("GET " + APP + "/addon-attachments", "").json()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/actions/addon-attachments/resolve | {\"addon_attachment\":\"NOPE\"} | attachment",
                "/actions/addon-attachments/resolve | {\"app\":\"acme-empty\",\"addon_attachment\":\"DATABASE\"} | attachment",
                "/actions/addon-attachments/resolve | {\"app\":\"nope\",\"addon_attachment\":\"DATABASE\"} | app",
                "/actions/addon-attachments/resolve | {\"addon_attachment\":\"DATABASE\",\"addon_service\":\"heroku-redis\"} | attachment",
                "/actions/addons/resolve | {\"addon\":\"nope\"} | add_on"
            })
    void anAddOnThatIsNotThereIsMissing(String path, String body, String resource) {
        Call call = call("POST " + path, body);

        assertThat(call.status()).isEqualTo(404);
        assertThat(call.json().path("resource").asString()).isEqualTo(resource);
    }

    @Test
    void anAddOnIsAttachedToAnotherAppUnderAnotherName() {
        heroku.attach("acme-staging", "DATABASE_URL", "acme-empty", "REPORTS_URL");

        Call attachments = call("GET /apps/acme-empty/addon-attachments", "", "Accept-Inclusion", "config_vars");

        assertThat(heroku.configVars("acme-empty")).containsEntry("REPORTS_URL", POSTGRES);
        assertThat(attachments.json().path(0).path("name").asString()).isEqualTo("REPORTS");
        assertThat(attachments
                        .json()
                        .path(0)
                        .path("addon")
                        .path("app")
                        .path("name")
                        .asString())
                .isEqualTo("acme-staging");
        assertThat(attachments.json().path(0).path("config_vars").path(0).asString())
                .isEqualTo("REPORTS_URL");
    }

    @Test
    void theRedisOfAnAppSaysWhereItIs() {
        String name = call("GET " + APP + "/addons", "")
                .json()
                .valueStream()
                .map(addOn -> addOn.path("name").asString())
                .filter(text -> text.startsWith("redis-"))
                .findFirst()
                .orElseThrow();

        Call redis = call("GET /redis/v0/databases/" + name, "");

        assertThat(redis.json().path("resource_url").asString()).isEqualTo("redis://:pw@127.0.0.1:1");
        assertThat(redis.json().path("port").asInt()).isEqualTo(1);
        assertThat(call("GET /redis/v0/databases/nope", "").status()).isEqualTo(404);
    }

    @Test
    void anUnknownAppOfTheSandboxIsNamedWithThoseThatThereAre() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> heroku.configVars("nope"))
                .withMessageContaining("no app nope on the sandbox")
                .withMessageContaining("acme-staging");
    }

    private Call call(String line, String body, String... headers) {
        String[] all = Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "Accept";
        all[headers.length + 1] = "application/vnd.heroku+json; version=3";
        return Call.send(heroku.endpoint(), "Bearer t0ken", line, body, all);
    }
}
