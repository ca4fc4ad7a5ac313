package dev.restage.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.postgres.testing.TestServers;
import dev.restage.provider.Progress;
import dev.restage.provider.database.CopyCheck;
import dev.restage.provider.database.Dataset;
import dev.restage.sandbox.server.PostgresDatabase;
import dev.restage.sandbox.server.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the source's server has and the target's lacks is known before anything is changed. */
class ServerPartsTest {

    @TempDir
    Path home;

    private TestDatabases databases;

    @BeforeEach
    void prepare() {
        databases = new TestDatabases(home);
    }

    @ParameterizedTest
    @EnumSource(
            value = Way.class,
            names = {"IN_PLACE", "ARCHIVE", "PG_DUMP"})
    void aCompressionThatTheTargetLacksFallsBackToItsDefault(Way way) throws Exception {
        PostgresDatabase source = made(
                TestServers.installed(15),
                "CREATE TABLE doc (id int, body text COMPRESSION lz4, more text COMPRESSION pglz)",
                "CREATE MATERIALIZED VIEW docs AS SELECT body FROM doc",
                "ALTER MATERIALIZED VIEW docs ALTER COLUMN body SET COMPRESSION lz4",
                "INSERT INTO doc SELECT i, repeat(md5(i::text), 500), 'x' FROM generate_series(1, 20) i");
        Dataset from = way.from(source, databases, home);
        dev.restage.postgres.PostgresDatabase target = databases.empty();

        CopyCheck check = target.checkCopy(from, TestDatabases.UNMASKED);
        target.copyFrom(from, TestDatabases.UNMASKED, Progress.NONE);

        assertThat(check.problems()).isEmpty();
        assertThat(check.notes())
                .anyMatch(note ->
                        note.contains("does not know the compression lz4: its default takes the place, 2 times"));
        assertThat(
                        TestDatabases.one(
                                target,
                                "SELECT string_agg(attcompression, '' ORDER BY attnum) FROM pg_attribute WHERE attrelid = 'doc'::regclass AND attnum > 0"))
                .isEqualTo("p");
        assertThat(TestDatabases.one(target, "SELECT count(*) FROM doc WHERE body = repeat(md5(id::text), 500)"))
                .isEqualTo("20");
    }

    @Test
    void aCompressionIsKeptWhereTheTargetHasIt() throws Exception {
        PostgresServer server = TestServers.installed(15);
        PostgresDatabase source = made(server, "CREATE TABLE doc (body text COMPRESSION lz4)");
        dev.restage.postgres.PostgresDatabase target = databases.open(made(server));

        assertThat(target.checkCopy(databases.open(source), TestDatabases.UNMASKED)
                        .notes())
                .isEmpty();
        target.copyFrom(databases.open(source), TestDatabases.UNMASKED, Progress.NONE);

        assertThat(
                        TestDatabases.one(
                                target,
                                "SELECT attcompression FROM pg_attribute WHERE attrelid = 'doc'::regclass AND attname = 'body'"))
                .isEqualTo("l");
    }

    @ParameterizedTest
    @EnumSource(
            value = Way.class,
            names = {"BESIDE", "PG_DUMP"})
    void aTablespaceThatTheTargetLacksFallsBackToItsDefault(Way way) throws Exception {
        PostgresServer server = TestServers.ofVersion(15);
        String space = "space_" + UUID.randomUUID().toString().substring(0, 8);
        PostgresDatabase source = made(server);
        try (Connection connection = server.connectAsSuperuser("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("SET allow_in_place_tablespaces = on");
            statement.execute("CREATE TABLESPACE %s LOCATION ''".formatted(space));
            statement.execute("GRANT CREATE ON TABLESPACE %s TO PUBLIC".formatted(space));
        }
        TestDatabases.run(
                source,
                "CREATE TABLE far (id int, CONSTRAINT far_key PRIMARY KEY (id) USING INDEX TABLESPACE %1$s) TABLESPACE %1$s"
                        .formatted(space),
                "INSERT INTO far VALUES (1)");
        Dataset from = way.from(source, databases, home);
        dev.restage.postgres.PostgresDatabase target = databases.creating();

        assertThat(target.checkCopy(from, TestDatabases.UNMASKED).notes())
                .anyMatch(note -> note.startsWith("the tablespace " + space + " is not there"));
        target.copyFrom(from, TestDatabases.UNMASKED, Progress.NONE);

        assertThat(TestDatabases.one(target, "SELECT count(*) FROM far")).isEqualTo("1");
        assertThat(TestDatabases.one(target, "SELECT count(*) FROM pg_constraint WHERE conname = 'far_key'"))
                .isEqualTo("1");
    }

    @ParameterizedTest
    @EnumSource(
            value = Way.class,
            names = {"IN_PLACE", "PG_DUMP"})
    void collationsAndTextSearchConfigurationsThatTheTargetLacksAreProblems(Way way) throws Exception {
        PostgresServer server = TestServers.ofVersion(15);
        PostgresDatabase source = made(server);
        try (Connection connection = server.connectAsSuperuser(source.name());
                Statement statement = connection.createStatement()) {
            statement.execute("SET allow_system_table_mods = on");
            statement.execute("CREATE COLLATION pg_catalog.\"xx_XX.utf8\" (provider = libc, locale = 'C')");
            statement.execute("CREATE TEXT SEARCH CONFIGURATION pg_catalog.klingon (COPY = pg_catalog.simple)");
        }
        TestDatabases.run(
                source,
                "CREATE TABLE name (id int, name text COLLATE \"xx_XX.utf8\")",
                "CREATE INDEX name_search ON name USING gin (to_tsvector('pg_catalog.klingon', name))");

        assertThat(databases
                        .empty()
                        .checkCopy(way.from(source, databases, home), TestDatabases.UNMASKED)
                        .problems())
                .anyMatch(problem -> problem.startsWith("TABLE public.name uses the collation xx_XX.utf8"))
                .anyMatch(problem ->
                        problem.startsWith("INDEX public.name_search uses the text search configuration klingon"));
    }

    @Test
    void aTargetThatCannotHoldEveryCharacterIsAProblem() throws Exception {
        PostgresDatabase source = made(TestDatabases.server(), "CREATE TABLE word (word text)");
        PostgresDatabase made = TestDatabases.server().createDatabase(name());
        try (Connection connection = TestDatabases.server().connectAsSuperuser("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE " + made.name());
            statement.execute(
                    "CREATE DATABASE %s OWNER %s ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0"
                            .formatted(made.name(), made.user()));
        }
        dev.restage.postgres.PostgresDatabase target = databases.open(made);

        assertThat(target.checkCopy(databases.open(source), TestDatabases.UNMASKED)
                        .problems())
                .anyMatch(problem -> problem.contains("is in LATIN1, which cannot hold every character"));
    }

    private static PostgresDatabase made(PostgresServer server, String... statements) throws SQLException {
        PostgresDatabase made = server.createDatabase(name());
        TestDatabases.run(made, statements);
        return made;
    }

    private static String name() {
        return "parts_" + UUID.randomUUID().toString().substring(0, 8);
    }
}
