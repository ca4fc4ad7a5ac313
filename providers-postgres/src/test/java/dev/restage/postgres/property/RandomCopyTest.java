package dev.restage.postgres.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.postgres.connection.ConnectionSpec;
import dev.restage.postgres.internal.archive.ArchiveOptions;
import dev.restage.postgres.internal.archive.ArchiveSink;
import dev.restage.postgres.internal.archive.ArchiveSource;
import dev.restage.postgres.internal.content.Sink;
import dev.restage.postgres.internal.content.Source;
import dev.restage.postgres.internal.content.Transform;
import dev.restage.postgres.internal.copy.LiveSink;
import dev.restage.postgres.internal.copy.LiveSource;
import dev.restage.postgres.internal.copy.Transfer;
import dev.restage.postgres.internal.schema.Selection;
import dev.restage.postgres.internal.session.Sessions;
import dev.restage.postgres.testing.RowSums;
import dev.restage.postgres.testing.SchemaText;
import dev.restage.postgres.testing.TestServers;
import dev.restage.provider.Progress;
import dev.restage.provider.Secret;
import dev.restage.provider.database.CopyOptions.Storage;
import dev.restage.sandbox.server.PostgresDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Random databases come through every way as they are. {@code -Drestage.property.runs} asks for more of them, {@code
 * -Drestage.property.seed} for those from a seed on.
 */
class RandomCopyTest {

    private static final int WORKERS = 2;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"13, false", "14, true", "15, true", "16, false", "17, true", "18, true", "18, false"})
    void aRandomDatabaseIsCopiedWhole(int major, boolean superuser) throws Exception {
        for (long seed : seeds()) {
            PostgresDatabase source = RandomDatabases.filled(major, seed, superuser);
            PostgresDatabase target = RandomDatabases.empty(TestServers.ofVersion(major), superuser);

            try (LiveSource live = LiveSource.open(sessions(source), major);
                    LiveSink sink = LiveSink.open(sessions(target), Storage.FAST)) {
                transfer(live, sink);
            }

            isEqual(source, target, major, seed);
        }
    }

    @ParameterizedTest
    @CsvSource({"13, true", "15, false", "18, true"})
    void aRandomDatabaseIsWholeAfterASnapshotAndItsRestore(int major, boolean superuser) throws Exception {
        for (long seed : seeds()) {
            PostgresDatabase source = RandomDatabases.filled(major, seed, superuser);
            PostgresDatabase target = RandomDatabases.empty(TestServers.ofVersion(major), superuser);
            Path first = directory.resolve("first-" + seed);
            Path second = directory.resolve("second-" + seed);

            try (LiveSource live = LiveSource.open(sessions(source), major);
                    Sink archive = ArchiveSink.to(first, ArchiveOptions.COMMON, Clock.systemUTC())) {
                transfer(live, archive);
            }
            try (Source archive = ArchiveSource.of(first);
                    Sink copy = ArchiveSink.to(second, ArchiveOptions.COMMON, Clock.systemUTC())) {
                transfer(archive, copy);
            }
            try (Source archive = ArchiveSource.of(second);
                    LiveSink sink = LiveSink.open(sessions(target), Storage.FAST)) {
                transfer(archive, sink);
            }

            isEqual(source, target, major, seed);
        }
    }

    private static void transfer(Source source, Sink sink) throws Exception {
        new Transfer(source, sink, new Selection(Set.of()).of(source.contents()), Transform.NONE, Progress.NONE)
                .run(WORKERS);
    }

    private static void isEqual(PostgresDatabase source, PostgresDatabase target, int major, long seed)
            throws SQLException {
        assertThat(SchemaText.of(target, major)).as("seed %d", seed).isEqualTo(SchemaText.of(source, major));
        assertThat(sums(target)).as("seed %d", seed).isEqualTo(sums(source));
    }

    private static Map<String, String> sums(PostgresDatabase database) throws SQLException {
        try (Connection connection = database.connect()) {
            return RowSums.of(connection);
        }
    }

    private static List<Long> seeds() {
        long first = Long.getLong("restage.property.seed", 1);
        long runs = Long.getLong("restage.property.runs", 1);
        return LongStream.range(first, first + runs).boxed().toList();
    }

    private static Sessions sessions(PostgresDatabase database) {
        return new Sessions(new ConnectionSpec(
                database.host(),
                database.port(),
                database.name(),
                database.user(),
                Secret.of(database.password()),
                "disable"));
    }
}
