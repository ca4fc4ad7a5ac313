package dev.restage.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.postgres.connection.ConnectionSpec;
import dev.restage.postgres.internal.session.Query;
import dev.restage.provider.Progress;
import dev.restage.provider.Secret;
import dev.restage.provider.Variables;
import dev.restage.provider.database.CopyOptions;
import dev.restage.provider.database.Dataset;
import dev.restage.provider.database.SnapshotId;
import dev.restage.sandbox.server.HerokuDatabases;
import dev.restage.sandbox.server.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What hosting companies put into databases stays where it is: the server with it is another one than the laptop's. */
class HostsTest {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private static final String[] SHOP = {
        "CREATE EXTENSION citext",
        "CREATE TABLE customer(id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name citext)",
        "INSERT INTO customer(name) VALUES ('Ada'), ('Bob')"
    };

    private static final String CUSTOMERS = "SELECT string_agg(name, ' ' ORDER BY id) FROM customer";

    private static final String TRIGGERS =
            "SELECT string_agg(evtname || '/' || oid, ' ' ORDER BY evtname) FROM pg_event_trigger";

    private static PostgresServer heroku;

    @TempDir
    private Path home;

    @BeforeAll
    static void start() {
        heroku = PostgresServer.start();
    }

    @AfterAll
    static void stop() {
        heroku.close();
    }

    @Test
    void herokusOwnStaysBehindOnTheWayToAPlainRoleAndIsNamedInThePreview() throws SQLException {
        PostgresDatabase source = onHeroku(SHOP);
        PostgresDatabase laptop = laptop().empty();

        assertThat(laptop.checkCopy(source, TestDatabases.UNMASKED).problems()).isEmpty();
        assertThat(laptop.checkCopy(source, TestDatabases.UNMASKED).notes())
                .singleElement()
                .asString()
                .startsWith("left behind, as it belongs to Heroku: ")
                .contains(
                        "SCHEMA _heroku with all that is in it",
                        "EXTENSION pg_stat_statements",
                        "rights on SCHEMA public",
                        "EVENT TRIGGER extension_before_drop",
                        "EVENT TRIGGER log_create_ext",
                        "EVENT TRIGGER log_drop_ext",
                        "EVENT TRIGGER validate_extension");
        List<String> losses =
                laptop.copyFrom(source, TestDatabases.UNMASKED, Progress.NONE).leftOut();

        assertThat(losses).isEmpty();
        assertThat(TestDatabases.one(laptop, CUSTOMERS)).isEqualTo("Ada Bob");
        assertThat(schemas(laptop)).isEqualTo("public");
    }

    @Test
    void aSuperusersCopyCanDropExtensions() throws SQLException {
        PostgresDatabase source = onHeroku(SHOP);
        PostgresDatabase laptop = laptop().open(TestDatabases.made(TestDatabases.server()));

        laptop.copyFrom(source, with(CopyOptions.Extra.PRIVILEGES), Progress.NONE);
        TestDatabases.run(laptop, "DROP EXTENSION citext CASCADE");

        assertThat(TestDatabases.one(laptop, "SELECT count(*) FROM pg_event_trigger"))
                .isEqualTo("0");
        assertThat(TestDatabases.one(laptop, "SELECT count(*) FROM pg_extension"))
                .isEqualTo("1");
        assertThat(TestDatabases.one(laptop, "SELECT has_schema_privilege('pg_monitor', 'public', 'USAGE')"))
                .isEqualTo("t");
    }

    @Test
    void fromALaptopBackToHerokuItsOwnIsLeftInPlace() throws SQLException {
        PostgresDatabase laptop = laptop().holding(SHOP);
        PostgresDatabase target = onHeroku("CREATE TABLE old(a int)");
        String triggers = TestDatabases.one(target, TRIGGERS);

        assertThat(target.checkCopy(laptop, TestDatabases.UNMASKED).problems()).isEmpty();
        SnapshotId before =
                target.copyFrom(laptop, TestDatabases.UNMASKED, Progress.NONE).before();

        assertThat(TestDatabases.one(target, CUSTOMERS)).isEqualTo("Ada Bob");
        assertThat(TestDatabases.one(target, TRIGGERS)).isEqualTo(triggers);
        assertThat(schemas(target)).isEqualTo("_heroku public");
        assertThat(TestDatabases.one(target, "SELECT count(*) FROM pg_stat_statements_info() WHERE false"))
                .isEqualTo("0");

        target.restore(java.util.Objects.requireNonNull(before), Progress.NONE);

        assertThat(TestDatabases.one(
                        target,
                        "SELECT string_agg(relname, ' ') FROM pg_class WHERE relkind = 'r'"
                                + " AND relnamespace = 'public'::regnamespace"))
                .isEqualTo("old");
        assertThat(TestDatabases.one(target, TRIGGERS)).isEqualTo(triggers);
    }

    @Test
    void fromHerokuToHerokuEachKeepsItsOwn() throws SQLException {
        PostgresDatabase source = onHeroku(SHOP);
        PostgresDatabase target = onHeroku(SHOP[0], "CREATE TABLE old(a int)");
        String triggers = TestDatabases.one(target, TRIGGERS);

        for (int run = 0; run < 2; run++) {
            assertThat(target.checkCopy(source, TestDatabases.UNMASKED).problems())
                    .isEmpty();
            target.copyFrom(source, TestDatabases.UNMASKED, Progress.NONE);
        }

        assertThat(TestDatabases.one(target, CUSTOMERS)).isEqualTo("Ada Bob");
        assertThat(TestDatabases.one(target, TRIGGERS)).isEqualTo(triggers);
        assertThat(TestDatabases.one(target, "SELECT has_schema_privilege('rds_superuser', 'public', 'USAGE')"))
                .isEqualTo("f");
    }

    @Test
    void anArchiveOfHerokuHasItAndLeavesItBehindOnEverySide() throws SQLException, IOException {
        PostgresDatabase source = onHeroku(SHOP);
        source.capture(Progress.NONE);
        Path file;
        try (Stream<Path> files = Files.walk(home)) {
            file = files.filter(path -> path.toString().endsWith(".dump"))
                    .findFirst()
                    .orElseThrow();
        }
        Dataset archive = PostgresArchive.of(file, Clock.systemUTC());
        PostgresDatabase laptop = laptop().empty();
        PostgresDatabase target = onHeroku();
        String triggers = TestDatabases.one(target, TRIGGERS);

        assertThat(laptop.checkCopy(archive, TestDatabases.UNMASKED).notes())
                .singleElement()
                .asString()
                .contains("SCHEMA _heroku", "EVENT TRIGGER log_create_ext", "EXTENSION pg_stat_statements");
        laptop.copyFrom(archive, TestDatabases.UNMASKED, Progress.NONE);
        target.copyFrom(archive, TestDatabases.UNMASKED, Progress.NONE);

        assertThat(TestDatabases.one(laptop, CUSTOMERS)).isEqualTo("Ada Bob");
        assertThat(schemas(laptop)).isEqualTo("public");
        assertThat(TestDatabases.one(target, CUSTOMERS)).isEqualTo("Ada Bob");
        assertThat(TestDatabases.one(target, TRIGGERS)).isEqualTo(triggers);
    }

    @Test
    void anOwnEventTriggerOfTheSameNameIsNotHerokus() throws SQLException {
        PostgresDatabase source = onHeroku(SHOP);
        asSuperuser(
                source,
                "CREATE FUNCTION public.note() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'",
                "DROP EVENT TRIGGER log_create_ext",
                "CREATE EVENT TRIGGER log_create_ext ON ddl_command_end EXECUTE FUNCTION public.note()");
        PostgresDatabase superuser = laptop().open(TestDatabases.made(TestDatabases.server()));

        assertThat(laptop().empty().checkCopy(source, TestDatabases.UNMASKED).problems())
                .singleElement()
                .asString()
                .startsWith("EVENT TRIGGER log_create_ext can be made in ");
        superuser.copyFrom(source, TestDatabases.UNMASKED, Progress.NONE);

        assertThat(TestDatabases.one(superuser, "SELECT evtfoid::regproc FROM pg_event_trigger"))
                .isEqualTo("note");
    }

    @Test
    void whatACopyOfAnotherToolHasBroughtToALaptopGoesWithTheNextCopy() throws SQLException {
        PostgresDatabase laptop = laptop().holding(
                        "CREATE SCHEMA _heroku",
                        "CREATE FUNCTION _heroku.note() RETURNS int LANGUAGE sql AS 'SELECT 1'");

        laptop.copyFrom(onHeroku(SHOP), TestDatabases.UNMASKED, Progress.NONE);

        assertThat(schemas(laptop)).isEqualTo("public");
    }

    @Test
    void anExtensionThatAViewReadsIsTakenAlong() throws SQLException {
        PostgresDatabase source =
                onHeroku("CREATE VIEW slow AS SELECT query FROM pg_stat_statements", "CREATE TABLE t(a int)");

        assertThat(laptop().empty().checkCopy(source, TestDatabases.UNMASKED).problems())
                .singleElement()
                .asString()
                .startsWith("extension pg_stat_statements can be created in ");
        PostgresDatabase target = onHeroku();
        target.copyFrom(source, TestDatabases.UNMASKED, Progress.NONE);

        assertThat(TestDatabases.one(target, "SELECT count(*) FROM pg_views WHERE viewname = 'slow'"))
                .isEqualTo("1");
    }

    private TestDatabases laptop() {
        return new TestDatabases(home);
    }

    private PostgresDatabase onHeroku(String... statements) throws SQLException {
        return open(new HerokuDatabases(heroku).create("app" + COUNT.incrementAndGet()), statements);
    }

    private PostgresDatabase open(dev.restage.sandbox.server.PostgresDatabase made, String... statements)
            throws SQLException {
        PostgresDatabase database = PostgresDatabase.of(
                new ConnectionSpec(
                        made.host(), made.port(), made.name(), made.user(), Secret.of(made.password()), "disable"),
                Variables.of(Map.of("RESTAGE_HOME", home.toString())));
        TestDatabases.run(database, statements);
        return database;
    }

    private static void asSuperuser(PostgresDatabase database, String... statements) throws SQLException {
        try (Connection connection =
                heroku.connectAsSuperuser(TestDatabases.one(database, "SELECT current_database()"))) {
            for (String statement : statements) {
                new Query(connection).run(statement);
            }
        }
    }

    private static CopyOptions with(CopyOptions.Extra extra) {
        CopyOptions plain = TestDatabases.UNMASKED;
        return new CopyOptions(
                plain.policy(),
                plain.key(),
                java.util.Set.of(extra),
                List.of(),
                List.of(),
                Map.of(),
                plain.storage(),
                0,
                plain.proof(),
                CopyOptions.Orphans.REFUSE,
                null,
                Map.of());
    }

    private static String schemas(PostgresDatabase database) throws SQLException {
        return TestDatabases.one(
                database,
                "SELECT string_agg(nspname, ' ' ORDER BY nspname) FROM pg_namespace"
                        + " WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'");
    }
}
