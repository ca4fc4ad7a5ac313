package dev.restage.postgres.internal.replace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.provider.Identity;
import dev.restage.sandbox.server.PostgresBinaries;
import dev.restage.sandbox.server.PostgresDatabase;
import dev.restage.sandbox.server.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which database it is, on a host that keeps the identifier of its system to itself. */
class DescriptionTest {

    private static final String DENY = "REVOKE EXECUTE ON FUNCTION pg_control_system() FROM PUBLIC";

    @Test
    void aDatabaseIsOneByWhicheverAddressOfItsServerItIsReached(@TempDir Path folder) throws Exception {
        Path rules = Files.writeString(folder.resolve("hba.conf"), "host all all 127.0.0.0/8 scram-sha-256\n");
        letEverybodyRead(folder);
        letEverybodyRead(rules);
        Map<String, String> settings = Map.of("listen_addresses", "127.0.0.1,127.0.0.2", "hba_file", rules.toString());
        try (PostgresServer server = PostgresServer.start(PostgresBinaries.bundled(), settings)) {
            PostgresDatabase here = denying(server, "acme");
            PostgresDatabase there =
                    new PostgresDatabase("127.0.0.2", here.port(), here.name(), here.user(), here.password());

            assertThat(identity(here)).isEqualTo(identity(there)).isNotEqualTo(identity(denying(server, "other")));
        }
    }

    @Test
    void databasesOfOneNameOnTwoServersAreTwo() throws SQLException {
        try (PostgresServer one = PostgresServer.start();
                PostgresServer other = PostgresServer.start()) {
            assertThat(identity(denying(one, "acme"))).isNotEqualTo(identity(denying(other, "acme")));
        }
    }

    private static PostgresDatabase denying(PostgresServer server, String name) throws SQLException {
        PostgresDatabase database = server.createDatabase(name);
        try (Connection connection = server.connectAsSuperuser(name);
                Statement statement = connection.createStatement()) {
            statement.execute(DENY);
        }
        return database;
    }

    private static Identity identity(PostgresDatabase database) throws SQLException {
        try (Connection connection = database.connect()) {
            return new Description(connection).identity();
        }
    }

    /** The server of a test that root runs is nobody's. */
    private static void letEverybodyRead(Path path) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
