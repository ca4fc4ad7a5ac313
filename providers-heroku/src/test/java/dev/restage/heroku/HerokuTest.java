package dev.restage.heroku;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.restage.Restage;
import dev.restage.plan.Environment;
import dev.restage.plan.ResetPlan;
import dev.restage.provider.Address;
import dev.restage.provider.GuardException;
import dev.restage.provider.PlanException;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.Secret;
import dev.restage.provider.app.CommandResult;
import dev.restage.provider.app.PaaS;
import dev.restage.provider.app.PaaS.Switch;
import dev.restage.provider.database.Database;
import dev.restage.provider.database.DatabaseSnapshotter;
import dev.restage.provider.database.Snapshot;
import dev.restage.provider.database.SnapshotId;
import dev.restage.sandbox.Sandbox;
import dev.restage.step.app.RestartApp;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Apps and databases of the sandbox's Heroku, with real databases behind them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HerokuTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Sandbox sandbox = Sandbox.start();
    private final Restage restage =
            Restage.builder().variables(sandbox.variables()).build();
    private final PaaS staging = restage.openToWrite("heroku:acme-staging", PaaS.class);

    @AfterAll
    void stop() {
        restage.close();
        sandbox.close();
    }

    @Test
    @Timeout(30)
    void maintenanceAndProcessesAreAsTheyWereSet() throws InterruptedException {
        // Another test may have changed a setting, which restarts the app.
        while (!staging.state().running().containsKey("web")) {
            Thread.sleep(Duration.ofMillis(50).toMillis());
        }
        staging.maintenance(Switch.ON);
        staging.scale(Map.of("worker", 0));
        assertThat(staging.state().maintenance()).isTrue();
        assertThat(staging.state().running()).doesNotContainKey("worker").containsEntry("web", 1);

        staging.scale(Map.of("worker", 1));
        staging.maintenance(Switch.OFF);
        assertThat(staging.state().maintenance()).isFalse();
        assertThat(staging.state().running()).containsEntry("worker", 1);
    }

    @Test
    void aCommandTellsItsExitStatusAndOutput() {
        CommandResult fine = staging.run("python manage.py makemigrations --check --dry-run", LIMIT);
        assertThat(fine.exitCode()).isZero();
        assertThat(fine.output()).contains("No changes detected");

        assertThat(staging.run("(exit 3)", LIMIT).exitCode()).isEqualTo(3);
        assertThat(staging.run("python manage.py nonsense", LIMIT))
                .returns(1, CommandResult::exitCode)
                .satisfies(result -> assertThat(result.output()).contains("Unknown command"));
    }

    @Test
    void onlyADifferentSettingIsSent() {
        staging.configure(Map.of("SEO_NOINDEX", Secret.of("true")));
        long patches = patches();
        staging.configure(Map.of("SEO_NOINDEX", Secret.of("true")));
        assertThat(patches()).isEqualTo(patches);

        staging.configure(Map.of("NEW_SETTING", Secret.of("on")));
        assertThat(sandbox.heroku().configVars("acme-staging")).containsEntry("NEW_SETTING", "on");
        assertThat(patches()).isEqualTo(patches + 1);
    }

    @Test
    void onlyASettingThatIsThereIsRemoved() {
        staging.configure(Map.of("KEPT_SETTING", Secret.of("on"), "OLD_SETTING", Secret.of("on")));
        long patches = patches();

        staging.unset(Set.of("OLD_SETTING", "NEVER_SET"));
        staging.unset(Set.of("OLD_SETTING"));

        assertThat(staging.config()).containsKey("KEPT_SETTING").doesNotContainKey("OLD_SETTING");
        assertThat(patches()).isEqualTo(patches + 1);
    }

    @Test
    void anAppInTheStageProductionIsNeverWritten() {
        PaaS production = restage.openToWrite("heroku:acme-production", PaaS.class);

        assertThatThrownBy(() -> production.maintenance(Switch.ON))
                .isInstanceOf(GuardException.class)
                .hasMessageContaining("acme-production");
        assertThat(production.state().maintenance()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            200 | <html>log in</html>
            200 | {"stage":"produ
            200 | {}
            200 | {"stage":""}
            200 | {"stage":null}
            200 | []
            200 | null
            404 | <html>not found</html>
            404 | {"id":"gone"}
            """)
    void anAppWhoseStageIsNotUnderstoodIsNotWritten(int status, String body) {
        for (String app : List.of("acme-production", "acme-staging")) {
            Map<String, String> before = sandbox.heroku().configVars(app);
            PaaS hosted = restage.openToWrite("heroku:" + app, PaaS.class);
            for (Consumer<PaaS> writing : List.<Consumer<PaaS>>of(
                    one -> one.maintenance(Switch.ON),
                    one -> one.configure(Map.of("WRITTEN", Secret.of("yes"))),
                    one -> one.scale(Map.of("worker", 0)),
                    PaaS::restart,
                    PaaS::resetRepository,
                    one -> one.run("true", LIMIT))) {
                sandbox.heroku().faults().answer("GET /apps/" + app + "/pipeline-couplings", 1, status, body);
                assertThatThrownBy(() -> writing.accept(hosted))
                        .asInstanceOf(type(ProviderException.class))
                        .returns(Kind.UNAVAILABLE, ProviderException::kind);
            }
            assertThat(hosted.state().maintenance()).isFalse();
            assertThat(sandbox.heroku().configVars(app)).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Production", "unknown", "production ", "prod"})
    void aStageThatHerokuDoesNotHaveKeepsAnAppAsItIs(String stage) {
        PaaS hosted = restage.openToWrite("heroku:acme-staging", PaaS.class);
        sandbox.heroku()
                .faults()
                .answer("GET /apps/acme-staging/pipeline-couplings", 1, 200, "{\"stage\": \"%s\"}".formatted(stage));

        assertThatThrownBy(() -> hosted.maintenance(Switch.ON))
                .isInstanceOf(GuardException.class)
                .hasMessageContaining(stage);
        assertThat(hosted.state().maintenance()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "GET /apps/acme-staging",
        "GET /apps/acme-staging/formation",
        "GET /apps/acme-staging/dynos",
        "GET /apps/acme-staging/releases",
        "GET /apps/acme-staging/config-vars",
        "GET /apps/acme-staging/domains",
        "GET /client/v11/apps/acme-staging/transfers",
        "POST /actions/addon-attachments/resolve",
        "GET /addons/*/addon-attachments"
    })
    void aPageIsNeitherNoProcessNorNoBackupNorNoApp(String request) {
        String all = "<html>log in</html>";
        String other = request.matches(".*(staging|vars)") ? "[]" : "{}";
        for (String body : List.of(all, other, "null")) {
            sandbox.heroku().faults().answer(request, 1, 200, body);
            assertThatThrownBy(() -> {
                        staging.state();
                        staging.config();
                        staging.companions();
                        restage.open("heroku-postgres:acme-staging", DatabaseSnapshotter.class)
                                .snapshots();
                        staging.identity();
                    })
                    .as(request + " answered by " + body)
                    .asInstanceOf(type(ProviderException.class))
                    .returns(Kind.UNAVAILABLE, ProviderException::kind);
            sandbox.heroku().faults().clear();
        }
    }

    @Test
    void aBackupComesBack() throws SQLException {
        DatabaseSnapshotter snapshots = restage.openToWrite("heroku-postgres:acme-staging", DatabaseSnapshotter.class);
        Database database = restage.openToWrite("heroku-postgres:acme-staging", Database.class);
        Snapshot backup = snapshots.capture(Progress.NONE);
        String before = users(database);
        try (Connection connection = database.write();
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE users_user SET first_name = 'Changed'");
        }

        snapshots.restore(backup.id(), Progress.NONE);

        assertThat(users(database)).isEqualTo(before);
        assertThat(snapshots.snapshots()).contains(backup);
        assertThat(snapshots.restored()).contains(backup.id());
    }

    @Test
    void aMissingBackupLeavesTheDatabaseAlone() throws SQLException {
        DatabaseSnapshotter snapshots = restage.openToWrite("heroku-postgres:acme-staging", DatabaseSnapshotter.class);
        String before = users(restage.open("heroku-postgres:acme-staging", Database.class));

        assertThatThrownBy(() -> snapshots.restore(new SnapshotId("acme-staging::b999"), Progress.NONE))
                .asInstanceOf(type(ProviderException.class))
                .returns(Kind.NOT_FOUND, ProviderException::kind);
        assertThat(users(restage.open("heroku-postgres:acme-staging", Database.class)))
                .isEqualTo(before);
    }

    @Test
    void aDatabaseTellsItsAppAndTheHostsOfItAndAnAppItsDatabase() {
        Address database = Address.of("heroku-postgres:acme-production");
        Address app = Address.of("heroku:acme-production");
        Address host = Address.of("https://acme-production.herokuapp.com/");

        assertThat(restage.open(database.toString(), Database.class).companions())
                .contains(app, host)
                .doesNotContain(database);
        assertThat(restage.open(app.toString(), PaaS.class).companions()).contains(database, host);
    }

    @Test
    void aStagingThatIsProductionsAppIsRefusedInThePreviewWhateverItsPipelineSays() {
        Environment production = Environment.production("production")
                .database("heroku-postgres:acme-production")
                .build();
        String app = "heroku:acme-production";
        ResetPlan mistaken = ResetPlan.builder(
                        "mistaken",
                        production,
                        Environment.staging("staging").app(app).build())
                .add("on", new RestartApp(Address.of(app)))
                .build();

        assertThatThrownBy(() -> restage.preview(mistaken))
                .isInstanceOf(GuardException.class)
                .hasMessageContaining("the step on would write to heroku:acme-production, which is the same thing as"
                        + " heroku:acme-production, which belongs to heroku-postgres:acme-production of production");
    }

    @Test
    void anAppAndItsDatabaseAreThemselves() {
        assertThat(staging.identity())
                .isNotEqualTo(restage.open("heroku:acme-production", PaaS.class).identity());
        assertThat(restage.open("heroku-postgres:acme-staging", Database.class).identity())
                .isEqualTo(restage.open("heroku-postgres:acme-staging/DATABASE_URL", Database.class)
                        .identity());
    }

    @Test
    void aWrongTokenIsDeniedAndNotShown() {
        Map<String, String> variables = new HashMap<>(sandbox.variables());
        variables.put("HEROKU_API_KEY", "wrong-token-1234");
        try (Restage stranger = Restage.builder().variables(variables).build()) {
            PaaS app = stranger.openToWrite("heroku:acme-staging", PaaS.class);

            assertThatThrownBy(app::state)
                    .hasMessageNotContaining("wrong-token-1234")
                    .asInstanceOf(type(ProviderException.class))
                    .returns(Kind.DENIED, ProviderException::kind);
        }
    }

    @Test
    void anUnknownAppAndAWrongAddressSaySo() {
        PaaS missing = restage.openToWrite("heroku:no-such-app", PaaS.class);

        assertThatThrownBy(missing::state)
                .hasMessageContaining("no-such-app")
                .asInstanceOf(type(ProviderException.class))
                .returns(Kind.NOT_FOUND, ProviderException::kind);
        assertThatThrownBy(() -> restage.open("heroku:Not An App", PaaS.class))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("heroku:app");
    }

    private long patches() {
        return sandbox.heroku().requests().stream()
                .filter(request -> request.method().equals("PATCH"))
                .filter(request -> request.toString().contains("config-vars"))
                .count();
    }

    private static String users(Database database) throws SQLException {
        try (Connection connection = database.read();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT md5(string_agg(u::text, '|' ORDER BY id)) FROM users_user u")) {
            row.next();
            return row.getString(1);
        }
    }
}
