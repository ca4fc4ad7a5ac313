package dev.restage.postgres.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.postgres.testing.ClientPrograms;
import dev.restage.postgres.testing.RowSums;
import dev.restage.postgres.testing.SchemaText;
import dev.restage.postgres.testing.TestServers;
import dev.restage.sandbox.server.PostgresDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the real programs do not keep cannot be asked of us: the generator stays within what they keep. */
class RandomSchemaTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"13, false", "15, true", "18, true"})
    void theRealProgramsKeepARandomSchema(int major, boolean superuser) throws IOException, SQLException {
        long first = Long.getLong("restage.property.seed", 1);
        for (long seed = first; seed < first + Long.getLong("restage.property.runs", 1); seed++) {
            PostgresDatabase source = RandomDatabases.filled(major, seed, superuser);
            PostgresDatabase target = RandomDatabases.empty(TestServers.ofVersion(major), superuser);
            ClientPrograms programs = ClientPrograms.atLeast(major);
            Path dump = directory.resolve("dump.sql");
            // Newer programs write settings that older servers do not know.
            Files.writeString(dump, programs.dump(source, "--no-owner").replace("SET transaction_timeout = 0;", ""));

            programs.psql(target, dump);

            assertThat(SchemaText.of(target, major)).as("seed %d", seed).isEqualTo(SchemaText.of(source, major));
            assertThat(sums(target)).as("seed %d", seed).isEqualTo(sums(source));
        }
    }

    private static Map<String, String> sums(PostgresDatabase database) throws SQLException {
        try (Connection connection = database.connect()) {
            return RowSums.of(connection);
        }
    }
}
