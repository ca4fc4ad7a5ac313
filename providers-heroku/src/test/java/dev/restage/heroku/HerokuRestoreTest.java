package dev.restage.heroku;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.restage.Restage;
import dev.restage.http.HttpSettings;
import dev.restage.http.Polling;
import dev.restage.http.Retry;
import dev.restage.masking.MaskingPolicy;
import dev.restage.provider.GuardException;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.RestageException.Effect;
import dev.restage.provider.Secret;
import dev.restage.provider.Variables;
import dev.restage.provider.database.CopyOptions;
import dev.restage.provider.database.Database;
import dev.restage.provider.database.DatabaseSnapshotter;
import dev.restage.provider.database.Dataset;
import dev.restage.provider.database.SnapshotId;
import dev.restage.sandbox.Sandbox;
import dev.restage.sandbox.server.HerokuDatabases;
import dev.restage.sandbox.vendor.heroku.HerokuApp;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A database of the sandbox's Heroku is not emptied in vain, and nobody else's backup is touched. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class HerokuRestoreTest {

    private static final String RESTORES = "POST /client/v11/databases/*/restores";
    private static final String TRANSFERS = "GET /client/v11/apps/*/transfers";
    private static final String BUSY = "{\"id\":\"conflict\",\"message\":\"a transfer is currently in progress\"}";

    private final Sandbox sandbox = Sandbox.start();
    private final Restage restage =
            Restage.builder().variables(sandbox.variables()).build();
    private final Database staging = restage.openToWrite("heroku-postgres:acme-staging", Database.class);
    private final DatabaseSnapshotter snapshots =
            restage.openToWrite("heroku-postgres:acme-staging", DatabaseSnapshotter.class);

    private SnapshotId backup;

    @BeforeAll
    void takeABackup() throws SQLException {
        backup = snapshots.capture(Progress.NONE).id();
        sandbox.heroku().backUp("acme-production");
        run("CREATE TABLE since_then(id int)");
    }

    @AfterEach
    void behave() {
        sandbox.heroku().faults().clear();
    }

    @AfterAll
    void stop() {
        restage.close();
        sandbox.close();
    }

    @Test
    void aRestoreWaitsForAnotherTransferBeforeTheDatabaseIsEmptied() throws Exception {
        run("CREATE TABLE IF NOT EXISTS since_then(id int)");
        Runnable end = sandbox.heroku().occupy("acme-staging");
        CountDownLatch waiting = new CountDownLatch(2);
        long resets = resets();
        FutureTask<Boolean> restore =
                new FutureTask<>(() -> snapshots.restore(backup, (unit, done, total) -> waiting.countDown()), true);
        new Thread(restore, "restore").start();

        assertThat(waiting.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(tables()).contains("since_then");
        assertThat(resets()).isEqualTo(resets);
        end.run();

        assertThat(restore.get(60, TimeUnit.SECONDS)).isTrue();
        assertThat(tables()).contains("users_user").doesNotContain("since_then");
        assertThat(snapshots.restored()).contains(backup);
    }

    @Test
    void whoWaitsInVainIsToldOfTheOtherTransferAndNothingIsEmptied() throws SQLException {
        String before = tables();
        Runnable end = sandbox.heroku().occupy("acme-staging");
        HerokuPostgres hasty = hasty();

        assertThatThrownBy(() -> hasty.restore(backup, Progress.NONE))
                .hasMessageContainingAll("acme-staging", "pg:backups:cancel")
                .asInstanceOf(type(ProviderException.class))
                .returns(Kind.CONFLICT, ProviderException::kind)
                .returns(Effect.NONE, ProviderException::effect);
        assertThatThrownBy(() -> hasty.capture(Progress.NONE))
                .hasMessageContaining("pg:backups:cancel")
                .asInstanceOf(type(ProviderException.class))
                .returns(Effect.NONE, ProviderException::effect);
        end.run();

        assertThat(tables()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(ints = {409, 422})
    void aTransferThatBeganAfterTheEmptyingIsWaitedFor(int status) throws SQLException {
        sandbox.heroku().faults().answer(RESTORES, 2, status, BUSY);
        sandbox.heroku().faults().answer("POST /client/v11/databases/*/backups", 2, status, BUSY);

        snapshots.restore(backup, Progress.NONE);
        SnapshotId another = snapshots.capture(Progress.NONE).id();

        assertThat(tables()).contains("users_user");
        assertThat(snapshots.snapshots()).anyMatch(snapshot -> snapshot.id().equals(another));
    }

    @Test
    void aRefusalThatStaysSaysWhatHelps() throws SQLException {
        sandbox.heroku().faults().answer(RESTORES, 9, 422, BUSY);
        HerokuPostgres hasty = hasty();

        assertThatThrownBy(() -> hasty.restore(backup, Progress.NONE))
                .hasMessageContainingAll("currently in progress", "is empty now: restore " + backup + " again")
                .asInstanceOf(type(ProviderException.class))
                .returns(Effect.SOME, ProviderException::effect);
        behave();
        snapshots.restore(backup, Progress.NONE);

        assertThat(tables()).contains("users_user");
    }

    @Test
    void aBackupThatCannotBeReadIsRefusedBeforeTheDatabaseIsEmptied() throws SQLException {
        String before = tables();
        long resets = resets();

        sandbox.heroku()
                .faults()
                .rewrite(TRANSFERS, 1, body -> body.replaceAll("\"to_url\":\"http[^\"]*\"", "\"to_url\":null"));
        assertRefused(backup, Kind.FAILED, "does not say where");
        sandbox.heroku()
                .faults()
                .rewrite(TRANSFERS, 1, body -> body.replace("\"succeeded\":true", "\"succeeded\":false"));
        assertRefused(backup, Kind.NOT_FOUND, "failed");
        sandbox.heroku()
                .faults()
                .rewrite(
                        TRANSFERS,
                        1,
                        body -> body.replace("\"deleted_at\":null", "\"deleted_at\":\"2026-11-30 01:00:00 +0000\""));
        assertRefused(backup, Kind.NOT_FOUND, "was deleted");
        sandbox.heroku().faults().answer("GET /_backups/*", 1, 404, "<Error><Message>No such key</Message></Error>");
        assertRefused(backup, Kind.NOT_FOUND, "No such key");
        Runnable end = sandbox.heroku().occupy("acme-staging");
        assertRefused(newest(), Kind.NOT_FOUND, "has not ended yet");
        end.run();
        assertRefused(new SnapshotId("acme-staging::b999"), Kind.NOT_FOUND, "there is no backup");

        assertThat(tables()).isEqualTo(before);
        assertThat(resets()).isEqualTo(resets);
    }

    @Test
    void aBackupOfProductionIsNeitherRestoredNorDeletedByStaging() throws SQLException {
        String before = tables();
        SnapshotId foreign = new SnapshotId("acme-production::a001");

        assertThatThrownBy(() -> snapshots.restore(foreign, Progress.NONE))
                .isInstanceOf(GuardException.class)
                .hasMessageContainingAll("acme-production", "acme-staging");
        assertThatThrownBy(() -> snapshots.delete(foreign))
                .isInstanceOf(GuardException.class)
                .hasMessageContaining("acme-production");

        assertThat(tables()).isEqualTo(before);
        assertThat(restage.openToWrite("heroku-postgres:acme-production", DatabaseSnapshotter.class)
                        .snapshots())
                .anyMatch(snapshot -> snapshot.id().equals(foreign));
    }

    @Test
    void aDatabaseOfProductionThatIsAttachedToStagingIsNotWritten() {
        sandbox.heroku().attach("acme-production", "DATABASE_URL", "acme-staging", "ANALYTICS_URL");
        String address = "heroku-postgres:acme-staging/ANALYTICS_URL";
        Database attached = restage.openToWrite(address, Database.class);
        DatabaseSnapshotter backups = restage.openToWrite(address, DatabaseSnapshotter.class);
        CopyOptions options = new CopyOptions(MaskingPolicy.none(), Secret.of("key"));

        assertGuarded(attached::write);
        assertGuarded(() -> attached.copyFrom(staging, options, Progress.NONE));
        assertGuarded(() -> backups.capture(Progress.NONE));
        assertGuarded(() -> backups.restore(new SnapshotId("acme-production::a001"), Progress.NONE));
        assertGuarded(() -> backups.delete(new SnapshotId("a001")));
        assertThat(attached.describe().tables()).isNotEmpty();
    }

    @Test
    void aDatabaseUnderTheNameOfAnotherHasNotTheBackupsOfThatOne() {
        HerokuDatabases databases = new HerokuDatabases(sandbox.postgres());
        sandbox.heroku()
                .addApp(app(
                        "acme-shared",
                        Map.of(
                                "DATABASE_URL", databases.create("shared_main").url(),
                                "REPORTS_URL",
                                        databases.create("shared_reports").url())));
        sandbox.heroku().addApp(app("acme-reader", Map.of()));
        sandbox.heroku().attach("acme-shared", "REPORTS_URL", "acme-reader", "DATABASE_URL");
        sandbox.heroku().backUp("acme-shared");
        DatabaseSnapshotter reports = restage.openToWrite("heroku-postgres:acme-reader", DatabaseSnapshotter.class);

        assertThat(reports.snapshots()).isEmpty();
        assertThatThrownBy(() -> restage.openToWrite("heroku-backup:acme-reader", Dataset.class)
                        .describe())
                .hasMessageContaining("has no finished backup");
        assertThatThrownBy(() -> reports.restore(new SnapshotId("acme-shared::a001"), Progress.NONE))
                .isInstanceOf(GuardException.class)
                .hasMessageContaining("another database of the app acme-shared (DATABASE)");
        assertThat(reports.capture(Progress.NONE).id().value()).isEqualTo("acme-shared::b002");
        assertThat(reports.snapshots()).hasSize(1);
    }

    private HerokuApp app(String name, Map<String, String> configVars) {
        return new HerokuApp(
                name,
                sandbox.git().repositoryDirectory(sandbox.site().repository()),
                "staging",
                "staging",
                Map.of("web", 1),
                configVars);
    }

    /** One that waits for others no longer than a moment. */
    private HerokuPostgres hasty() {
        Variables variables = Variables.of(sandbox.variables());
        Waits hasty = new Waits(new Polling(Duration.ofMillis(10), Duration.ofMillis(20)), Duration.ofMillis(50));
        return new HerokuPostgres(api(), hasty, "acme-staging", "DATABASE_URL", variables);
    }

    private HerokuApi api() {
        Variables variables = Variables.of(sandbox.variables());
        return new HerokuApi(HerokuConfig.from(variables), HttpSettings.from(variables), Retry.standard());
    }

    private void assertRefused(SnapshotId snapshot, Kind kind, String words) {
        assertThatThrownBy(() -> snapshots.restore(snapshot, Progress.NONE))
                .hasMessageContainingAll(words, "heroku-postgres:acme-staging")
                .hasMessageNotContaining("Signature")
                .asInstanceOf(type(ProviderException.class))
                .returns(kind, ProviderException::kind)
                .returns(Effect.NONE, ProviderException::effect);
    }

    private static void assertGuarded(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(GuardException.class).hasMessageContaining("acme-production");
    }

    private SnapshotId newest() {
        return new Transfers(api(), Waits.STANDARD)
                .of("acme-staging").stream()
                        .max(Comparator.comparing(Transfer::number))
                        .orElseThrow()
                        .id("acme-staging");
    }

    private long resets() {
        return sandbox.heroku().requests().stream()
                .filter(request ->
                        request.method().equals("PUT") && request.path().endsWith("/reset"))
                .count();
    }

    private void run(String sql) throws SQLException {
        try (Connection connection = staging.write();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String tables() throws SQLException {
        try (Connection connection = staging.read();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT string_agg(relname, ' ' ORDER BY relname) FROM pg_class"
                        + " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace")) {
            row.next();
            return row.getString(1);
        }
    }
}
