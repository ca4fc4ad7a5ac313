package dev.restage.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.masking.MaskingPolicy;
import dev.restage.postgres.connection.ConnectionSpec;
import dev.restage.postgres.internal.session.Query;
import dev.restage.postgres.testing.ClientPrograms;
import dev.restage.provider.Progress;
import dev.restage.provider.Secret;
import dev.restage.provider.Variables;
import dev.restage.provider.database.CopyOptions;
import dev.restage.provider.database.DatabaseInfo;
import dev.restage.provider.database.Dataset;
import dev.restage.sandbox.server.PostgresBinaries;
import dev.restage.sandbox.server.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Extensions that only production's server has: it finds them in a folder that no other server looks into. */
class LeftExtensionsTest {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final String NOTHING_NEEDS =
            ", or leave it behind, as nothing else of the source needs it: EXTENSION %s in CopyOptions.without or leaveBehind of a reset or a pull";

    private static PostgresServer production;

    /** One that only the archives below are made of, by Restage and by pg_dump. */
    private static PostgresDatabase jobs;

    @TempDir
    private Path home;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException, SQLException {
        Path extensions = Files.createDirectories(folder.resolve("extension"));
        write(extensions, "pg_cron.control", "default_version = '1'\nrelocatable = false\nschema = pg_catalog\n");
        write(extensions, "pg_cron--1.sql", """
                CREATE SCHEMA cron;
                CREATE TABLE cron.job(id serial PRIMARY KEY, command text);
                CREATE TABLE cron.note(id int, of text);
                GRANT USAGE ON SCHEMA cron TO PUBLIC; GRANT SELECT ON ALL TABLES IN SCHEMA cron TO PUBLIC;
                GRANT SELECT ON ALL SEQUENCES IN SCHEMA cron TO PUBLIC;
                SELECT pg_extension_config_dump('cron.job', '');
                SELECT pg_extension_config_dump('cron.job_id_seq', '');
                SELECT pg_extension_config_dump('cron.note', 'WHERE id > 0');
                """);
        write(extensions, "pg_repack.control", "default_version = '1'\n");
        write(extensions, "pg_repack--1.sql", "CREATE FUNCTION repack() RETURNS int LANGUAGE sql AS 'SELECT 1';");
        for (Path part = folder; part != null && Files.isWritable(part); part = part.getParent()) {
            Files.setPosixFilePermissions(
                    part,
                    Stream.concat(
                                    Files.getPosixFilePermissions(part).stream(),
                                    PosixFilePermissions.fromString("--x--x--x").stream())
                            .collect(Collectors.toSet()));
        }
        production =
                PostgresServer.start(PostgresBinaries.bundled(), Map.of("extension_control_path", "$system:" + folder));
        jobs = onProduction(
                folder,
                "CREATE EXTENSION pg_cron; INSERT INTO cron.job(command) VALUES ('mail Ada');"
                        + " INSERT INTO cron.note VALUES (1, 'Ada')",
                "CREATE TABLE note(id int)",
                "INSERT INTO note VALUES (1)");
    }

    @AfterAll
    static void stop() {
        production.close();
    }

    @Test
    void thoseThatNothingNeedsAreProposedToBeLeftBehindAndCanBe() throws SQLException {
        PostgresDatabase source = onProduction(
                home,
                "CREATE EXTENSION pg_cron; INSERT INTO cron.job(command) VALUES ('mail Ada');"
                        + " CREATE EXTENSION pg_repack; CREATE EXTENSION pg_stat_statements",
                "CREATE TABLE note(id int)");
        PostgresDatabase target = databases().empty();

        List<String> problems = target.checkCopy(source, TestDatabases.UNMASKED).problems();
        assertThat(problems)
                .hasSize(3)
                .anyMatch(problem -> problem.startsWith("extension pg_cron is not available on the server of ")
                        && problem.endsWith(NOTHING_NEEDS.formatted("pg_cron")))
                .anyMatch(problem -> problem.startsWith("extension pg_repack is not available on the server of ")
                        && problem.endsWith(NOTHING_NEEDS.formatted("pg_repack")))
                .anyMatch(problem -> problem.startsWith("extension pg_stat_statements can be created in ")
                        && problem.endsWith(NOTHING_NEEDS.formatted("pg_stat_statements")));
        CopyOptions without = TestDatabases.UNMASKED.without(
                List.of("EXTENSION pg_cron", "extension PG_REPACK", "EXTENSION pg_stat*"));
        assertThat(target.checkCopy(source, without).problems()).isEmpty();
        assertThat(target.checkCopy(source, without).notes())
                .singleElement()
                .asString()
                .startsWith("left behind, as it was named: ")
                .contains("EXTENSION pg_cron", "EXTENSION pg_repack", "EXTENSION pg_stat_statements");
        assertThat(target.copyFrom(source, without, Progress.NONE).leftOut()).isEmpty();

        assertThat(TestDatabases.one(target, "SELECT string_agg(extname, ' ') FROM pg_extension"))
                .isEqualTo("plpgsql");
        assertThat(TestDatabases.one(target, "SELECT count(*) FROM note")).isEqualTo("0");
    }

    @Test
    void whatNeedsOneIsNamedAndCanBeLeftBehindWithIt() throws SQLException {
        PostgresDatabase source = onProduction(
                home,
                "CREATE EXTENSION pg_cron",
                "CREATE VIEW jobs AS SELECT command FROM cron.job",
                "CREATE TABLE note(id int)",
                "COMMENT ON VIEW jobs IS 'what runs'");
        PostgresDatabase target = databases().empty();

        assertThat(target.checkCopy(source, TestDatabases.UNMASKED).problems())
                .singleElement()
                .asString()
                .endsWith("have it installed there, or drop it in the source");
        assertThat(target.checkCopy(source, TestDatabases.UNMASKED.without(List.of("EXTENSION pg_cron")))
                        .problems())
                .singleElement()
                .asString()
                .startsWith("VIEW public.jobs needs EXTENSION pg_cron, which stays behind, as it was named");
        CopyOptions both = TestDatabases.UNMASKED.without(List.of("EXTENSION pg_cron", "VIEW public.*"));
        target.copyFrom(source, both, Progress.NONE);

        assertThat(TestDatabases.one(
                        target,
                        "SELECT string_agg(relname, ' ') FROM pg_class WHERE relkind IN ('r', 'v')"
                                + " AND relnamespace = 'public'::regnamespace"))
                .isEqualTo("note");
    }

    @Test
    void aNameThatNothingHasIsRefused() throws SQLException {
        assertThat(TestDatabases.onlyChecked()
                        .checkCopy(jobs, TestDatabases.UNMASKED.without(List.of("EXTENSION pg_corn")))
                        .problems())
                .anyMatch(problem ->
                        problem.startsWith("nothing is called EXTENSION pg_corn, so it cannot be left behind"));
    }

    @Test
    void aTableIsLeftBehindWithAllThatLiesOnItAndAForeignKeyToIt() throws SQLException {
        PostgresDatabase source = databases()
                .holding(
                        "CREATE TABLE log(id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, secret text DEFAULT 'x' CHECK (secret <> ''))",
                        "CREATE INDEX ON log(secret)",
                        "COMMENT ON COLUMN log.secret IS 'x'",
                        "CREATE TABLE note(id int, log int REFERENCES log)",
                        "INSERT INTO log(secret) VALUES ('a')",
                        "INSERT INTO note VALUES (1, 1)");
        PostgresDatabase target = databases().empty();
        CopyOptions without = TestDatabases.UNMASKED.without(List.of("TABLE public.log"));

        assertThat(target.checkCopy(source, without).problems()).isEmpty();
        target.copyFrom(source, without, Progress.NONE);

        assertThat(TestDatabases.one(
                        target,
                        "SELECT string_agg(relname, ' ') FROM pg_class WHERE relnamespace = 'public'::regnamespace"))
                .isEqualTo("note");
        assertThat(TestDatabases.one(target, "SELECT count(*) FROM pg_constraint WHERE contype = 'f'"))
                .isEqualTo("0");
    }

    @Test
    void anArchiveIsTakenWithoutThemToo() throws SQLException, IOException {
        Path file = home.resolve("all.dump");
        Dataset archive = PostgresArchive.of(file, Clock.systemUTC());
        archive.copyFrom(jobs, TestDatabases.UNMASKED, Progress.NONE);
        PostgresDatabase target = databases().empty();
        CopyOptions without = TestDatabases.UNMASKED.without(List.of("EXTENSION pg_cron"));

        assertThat(target.checkCopy(archive, TestDatabases.UNMASKED).problems())
                .hasSize(2)
                .anyMatch(problem -> problem.startsWith("extension pg_cron is not available"))
                .anyMatch(
                        problem -> problem.contains("leaveObjects(\"TABLE DATA cron.job\", \"TABLE DATA cron.note\")"));
        assertThat(target.checkCopy(archive, without).problems()).isEmpty();
        target.copyFrom(archive, without, Progress.NONE);

        assertThat(TestDatabases.one(target, "SELECT count(*) FROM note")).isEqualTo("1");
    }

    @Test
    void rowsThatPgDumpTakesFromOneAreRefusedBeforehandAndCanBeLeftBehind() throws SQLException {
        Path file = home.resolve("dumped.dump");
        dump(file);
        Dataset archive = PostgresArchive.of(file, Clock.systemUTC());
        PostgresArchive target = PostgresArchive.of(home.resolve("masked.dump"), Clock.systemUTC());

        assertThat(target.checkCopy(archive, TestDatabases.UNMASKED).problems())
                .singleElement()
                .asString()
                .contains(
                        "dumped.dump",
                        "rows of cron.job, cron.note, cron.job_id_seq",
                        "leaveObjects(\"TABLE DATA cron.job\", \"TABLE DATA cron.note\", \"SEQUENCE SET cron.job_id_seq\")");
        target.copyFrom(
                archive,
                new CopyOptions(
                        MaskingPolicy.builder()
                                .lenient()
                                .leaveObjects("TABLE DATA cron.*", "SEQUENCE SET cron.job_id_seq")
                                .build(),
                        Secret.of("key")),
                Progress.NONE);

        assertThat(target.describe().tables())
                .extracting(DatabaseInfo.Table::name)
                .containsExactly("note");
    }

    @Test
    void rowsThatPgDumpTakesFromOneStayBehindWithItWhereTheTargetLacksIt() throws SQLException {
        Path file = home.resolve("without.dump");
        dump(file);
        Dataset archive = PostgresArchive.of(file, Clock.systemUTC());
        PostgresDatabase target = databases().empty();
        MaskingPolicy.Builder policy = MaskingPolicy.builder().keep("note", "*").leaveObjects("EXTENSION pg_cron");
        CopyOptions half = new CopyOptions(
                MaskingPolicy.builder()
                        .keep("note", "*")
                        .leaveObjects("EXTENSION pg_cron", "TABLE DATA cron.*")
                        .build(),
                Secret.of("key"));

        assertThat(target.checkCopy(archive, half).problems())
                .singleElement()
                .asString()
                .contains("leaveObjects(\"SEQUENCE SET cron.job_id_seq\")");
        CopyOptions whole = new CopyOptions(
                policy.leaveObjects("TABLE DATA cron.*", "SEQUENCE SET cron.*").build(), Secret.of("key"));
        assertThat(target.checkCopy(archive, whole).problems()).isEmpty();
        target.copyFrom(archive, whole, Progress.NONE);

        assertThat(TestDatabases.one(target, "SELECT count(*) FROM note")).isEqualTo("1");
        assertThat(TestDatabases.one(target, "SELECT count(*) FROM pg_namespace WHERE nspname = 'cron'"))
                .isEqualTo("0");
    }

    private TestDatabases databases() {
        return new TestDatabases(home);
    }

    /** By the superuser, who may read all that extensions have. */
    private static void dump(Path file) throws SQLException {
        ClientPrograms.atLeast(18)
                .dump(
                        production.asSuperuser(TestDatabases.one(jobs, "SELECT current_database()")),
                        "-Fc",
                        "-f",
                        file.toString());
    }

    private static PostgresDatabase onProduction(Path home, String asSuperuser, String... statements)
            throws SQLException {
        dev.restage.sandbox.server.PostgresDatabase made = production.createDatabase("p" + COUNT.incrementAndGet());
        try (Connection connection = production.connectAsSuperuser(made.name())) {
            new Query(connection).run(asSuperuser);
        }
        PostgresDatabase database = PostgresDatabase.of(
                new ConnectionSpec(
                        made.host(), made.port(), made.name(), made.user(), Secret.of(made.password()), "disable"),
                Variables.of(Map.of("RESTAGE_HOME", home.toString())));
        TestDatabases.run(database, statements);
        return database;
    }

    private static void write(Path folder, String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
