package dev.restage.postgres.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.sandbox.server.PostgresDatabase;
import dev.restage.sandbox.server.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestServersTest {

    @ParameterizedTest
    @ValueSource(ints = {13, 14, 15, 16, 17, 18})
    void aServerOfEachVersionRunsAndTheNewestDumpReadsIt(int major) throws SQLException {
        PostgresServer server = TestServers.ofVersion(major);
        PostgresDatabase database = server.createDatabase("read_by_dump");
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE public.t AS SELECT 1 AS a; CREATE SEQUENCE public.s");

            assertThat(connection.getMetaData().getDatabaseMajorVersion()).isEqualTo(major);
            assertThat(RowSums.of(connection))
                    .containsOnlyKeys("public.t", "public.s")
                    .containsEntry("public.s", "1 false");
        }

        assertThat(SchemaText.of(database, major))
                .contains("CREATE TABLE public.t")
                .doesNotContain("restrict", "Dumped from");
    }

    @Test
    void theServerOfTheSystemKnowsLz4() throws SQLException {
        try (Connection connection = TestServers.installed(15).connectAsSuperuser("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("SET default_toast_compression = lz4");
        }
    }

    @Test
    void rowsOfAnyOrderHaveTheSameSum() throws SQLException {
        PostgresServer server = TestServers.ofVersion(TestServers.BUNDLED);
        Map<String, String> one =
                sums(server.createDatabase("sums_one"), "CREATE TABLE public.t AS VALUES (1, 'a'), (2, NULL)");
        Map<String, String> same =
                sums(server.createDatabase("sums_same"), "CREATE TABLE public.t AS VALUES (2, NULL), (1, 'a')");
        Map<String, String> other =
                sums(server.createDatabase("sums_other"), "CREATE TABLE public.t AS VALUES (1, 'a'), (2, '')");

        assertThat(same).isEqualTo(one);
        assertThat(other).isNotEqualTo(one);
    }

    private static Map<String, String> sums(PostgresDatabase database, String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
            return RowSums.of(connection);
        }
    }
}
