package dev.restage.postgres.internal.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.restage.postgres.connection.ConnectionSpec;
import dev.restage.postgres.internal.catalog.BuiltIns;
import dev.restage.postgres.internal.content.Contents;
import dev.restage.postgres.internal.content.Transform;
import dev.restage.postgres.internal.schema.Selection;
import dev.restage.postgres.internal.session.Query;
import dev.restage.postgres.internal.session.Sessions;
import dev.restage.postgres.testing.ClientPrograms;
import dev.restage.postgres.testing.RowSums;
import dev.restage.postgres.testing.SchemaText;
import dev.restage.postgres.testing.TestServers;
import dev.restage.provider.Progress;
import dev.restage.provider.Secret;
import dev.restage.provider.database.CopyOptions.Extra;
import dev.restage.provider.database.CopyOptions.Storage;
import dev.restage.sandbox.server.PostgresDatabase;
import dev.restage.sandbox.server.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies with all extras, of schemas that have each kind of object. */
class ObjectsTest {

    private static final AtomicInteger COUNT = new AtomicInteger();
    static final int WORKERS = 2;
    static final int NEWEST = 18;
    private static final Pattern GATE = Pattern.compile("-- >=(\\d+)$");

    @ParameterizedTest
    @ValueSource(ints = {13, 15, 18})
    void copyHasEachKindOfObjectOfItsSource(int major) throws Exception {
        PostgresDatabase source = empty(major);
        run(source, statements(major));
        PostgresDatabase target = empty(major);

        copy(source, target, major);

        assertEqual(source, target);
    }

    @ParameterizedTest
    @CsvSource({"18, 13", "18, 15", "15, 13"})
    void whatAnOlderServerKnowsIsMadeThere(int from, int to) throws Exception {
        PostgresDatabase source = empty(from);
        run(source, statements(13));
        PostgresDatabase target = empty(to);

        copy(source, target, to);

        assertThat(sums(target)).isEqualTo(sums(source));
        try (Connection before = sessions(source).source();
                Connection after = sessions(target).source()) {
            assertThat(BuiltIns.missing(before, after, "the target")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 15, 18})
    void copyHasTheObjectsThatUseExtensions(int major) throws Exception {
        PostgresDatabase source = empty(major);
        run(source, Query.text(ObjectsTest.class, "extensions.sql"));
        PostgresDatabase target = empty(major);

        copy(source, target, major);

        assertEqual(source, target);
    }

    @Test
    void copyOfARestoredArchiveHasItsObjects() throws Exception {
        String fixtures = System.getProperty("restage.fixtures", "");
        assumeTrue(!fixtures.isEmpty(), "restage.fixtures is not set, so there is no archive");
        PostgresDatabase source = empty(15);
        ClientPrograms.ofVersion(15)
                .restore(
                        source, Path.of(fixtures, "postgres/archives/small-v1.14-gzip.dump"), "--no-owner", "--no-acl");
        PostgresDatabase target = empty(15);

        copy(source, target, 15);

        assertEqual(source, target);
    }

    @Test
    void settingsOfADatabaseGoWithItAndUserMappingsDoNot() throws Exception {
        PostgresDatabase source = empty(TestServers.BUNDLED);
        run(source, """
                ALTER DATABASE "%1$s" SET search_path = "$user", 'Odd, schema', public;
                ALTER DATABASE "%1$s" SET work_mem = '5MB';
                ALTER DATABASE "%1$s" SET "my.own" = 'a%% b ''c';
                ALTER ROLE restage_reader IN DATABASE "%1$s" SET timezone = 'Europe/Berlin';
                CREATE FOREIGN DATA WRAPPER w;
                CREATE SERVER s FOREIGN DATA WRAPPER w;
                CREATE USER MAPPING FOR PUBLIC SERVER s OPTIONS (password 'secret');
                """.formatted(source.name()));
        PostgresDatabase target = empty(TestServers.BUNDLED);

        copy(source, target, TestServers.BUNDLED);

        assertThat(settings(target)).hasSize(4).isEqualTo(settings(source));
        assertThat(SchemaText.of(source, NEWEST)).contains("USER MAPPING");
        assertThat(SchemaText.of(target, NEWEST)).contains("CREATE SERVER").doesNotContain("USER MAPPING");
    }

    private static List<String> settings(PostgresDatabase database) throws SQLException {
        try (Connection connection = database.connect()) {
            return new Query(connection)
                    .list(
                            "SELECT setrole, unnest(setconfig) FROM pg_db_role_setting WHERE setdatabase ="
                                    + " (SELECT oid FROM pg_database WHERE datname = current_database()) ORDER BY 1",
                            row -> row.getString(1) + " " + row.getString(2));
        }
    }

    private static void assertEqual(PostgresDatabase source, PostgresDatabase target) throws SQLException {
        ClientPrograms programs = ClientPrograms.atLeast(NEWEST);
        assertThat(SchemaText.of(target, programs)).isEqualTo(SchemaText.of(source, programs));
        assertThat(SchemaText.of(target, NEWEST)).isEqualTo(SchemaText.of(source, NEWEST));
        assertThat(sums(target)).isEqualTo(sums(source));
    }

    private static void copy(PostgresDatabase source, PostgresDatabase target, int major) throws Exception {
        try (LiveSource live = LiveSource.open(sessions(source), major);
                LiveSink sink = LiveSink.open(sessions(target), Storage.FAST)) {
            Contents contents = new Selection(EnumSet.allOf(Extra.class)).of(live.contents());
            assertThat(live.uncarried()).isEmpty();
            new Transfer(live, sink, contents, Transform.NONE, Progress.NONE).run(WORKERS);
        }
    }

    /** A database that is used by a superuser, on a server that has the roles of the statements. */
    static PostgresDatabase empty(int major) throws SQLException {
        PostgresServer server = TestServers.ofVersion(major);
        PostgresDatabase database = server.asSuperuser(
                server.createDatabase("objects" + COUNT.incrementAndGet()).name());
        for (String role : List.of("restage_reader", "restage_other", "Restage writer", "appuser")) {
            run(database, """
                    DO $$ BEGIN
                        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '%1$s') THEN CREATE ROLE "%1$s"; END IF;
                    END $$""".formatted(role));
        }
        return database;
    }

    static String statements(int major) {
        return Query.text(ObjectsTest.class, "objects.sql")
                .lines()
                .filter(line -> GATE.matcher(line).results().allMatch(gate -> Integer.parseInt(gate.group(1)) <= major))
                .collect(Collectors.joining("\n"));
    }

    static Map<String, String> sums(PostgresDatabase database) throws SQLException {
        try (Connection connection = database.connect()) {
            return RowSums.of(connection);
        }
    }

    static Sessions sessions(PostgresDatabase database) {
        return new Sessions(new ConnectionSpec(
                database.host(),
                database.port(),
                database.name(),
                database.user(),
                Secret.of(database.password()),
                "disable"));
    }

    static void run(PostgresDatabase database, String sql) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", database.user());
        properties.setProperty("password", database.password());
        // the driver would cut up the bodies of functions
        properties.setProperty("preferQueryMode", "simple");
        try (Connection connection = DriverManager.getConnection(database.jdbcUrl(), properties);
                Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        }
    }
}
