package dev.restage.sandbox.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresServerTest {

    private static PostgresServer server;

    @BeforeAll
    static void start() {
        server = PostgresServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void theOwnerOfADatabaseCreatesTablesAndTrustedExtensionsInIt() throws SQLException {
        PostgresDatabase database = server.createDatabase("owned");

        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE EXTENSION citext");
            statement.execute("CREATE TABLE t AS SELECT 'A'::citext AS c");
            try (ResultSet row = statement.executeQuery("SELECT c = 'a', current_setting('wal_level') FROM t")) {
                assertThat(row.next()).isTrue();
                assertThat(row.getBoolean(1)).isTrue();
                assertThat(row.getString(2)).isEqualTo("logical");
            }
        }
    }

    @Test
    void aWrongPasswordIsRefused() {
        PostgresDatabase database = server.createDatabase("guarded");

        assertThatThrownBy(() -> DriverManager.getConnection(database.jdbcUrl(), database.user(), "wrong"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
        assertThat(database).asString().doesNotContain(database.password());
    }

    @Test
    void oneRoleCannotEnterTheDatabaseOfAnother() {
        PostgresDatabase one = server.createDatabase("one");
        PostgresDatabase two = server.createDatabase("two");

        assertThatThrownBy(() -> DriverManager.getConnection(two.jdbcUrl(), one.user(), one.password()))
                .hasMessageContaining("permission denied");
    }

    @Test
    void settingsOfTheCallerWinOverTheSandboxs() throws SQLException {
        Map<String, String> settings = Map.of("wal_level", "replica", "work_mem", "1MB");
        try (PostgresServer other = PostgresServer.start(
                        new PostgresBinaries(PostgresBinaries.bundled().home()), settings);
                Connection connection = other.asSuperuser("postgres").connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT current_setting('wal_level') || ' ' || current_setting('work_mem')")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getString(1)).isEqualTo("replica 1MB");
        }
    }

    @Test
    void aDirectoryWithoutAServerIsRefused() {
        assertThatThrownBy(() -> new PostgresBinaries(Path.of("/nowhere")))
                .hasMessageContaining("no PostgreSQL server in /nowhere");
    }

    @Test
    void closingEndsASessionThatDoesNotReactAndWritesNoCheckpoint() throws Exception {
        Path data = Directories.createTemporary("restage-test-");
        PostgresServer other = PostgresServer.start(data);
        try (Connection connection = other.connectAsSuperuser("postgres");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
            assertThat(row.next()).isTrue();
            ProcessHandle session = ProcessHandle.of(row.getLong(1)).orElseThrow();
            new ProcessBuilder("kill", "-STOP", Long.toString(session.pid()))
                    .start()
                    .waitFor();

            other.close();

            assertThat(session.isAlive()).as("the session runs on").isFalse();
        }
        assertThat(Files.exists(data)).isFalse();
    }

    @Test
    void closingRemovesTheData() {
        Path data = Directories.createTemporary("restage-test-");
        try (PostgresServer other = PostgresServer.start(data)) {
            assertThat(other.port()).isNotEqualTo(server.port());
            assertThat(data).isDirectory();
        }

        assertThat(Files.exists(data)).isFalse();
    }
}
