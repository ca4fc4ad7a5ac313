package dev.restage.postgres.internal.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.postgres.internal.content.Source;
import dev.restage.postgres.testing.ClientPrograms;
import dev.restage.postgres.testing.RowSums;
import dev.restage.postgres.testing.TestServers;
import dev.restage.sandbox.server.PostgresDatabase;
import dev.restage.sandbox.server.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The real pg_restore reads what is written here, and makes the same database of it as of the original. */
class PgRestoreTest {

    private static final AtomicInteger COUNT = new AtomicInteger();

    @TempDir
    Path folder;

    static Stream<Arguments> common() {
        return Stream.of(
                Arguments.of("pagila-v1.14.dump", ArchiveOptions.COMMON),
                Arguments.of("small-v1.14-gzip.dump", new ArchiveOptions(14, Compression.NONE, 6)),
                Arguments.of("small-v1.16-zstd.dump", new ArchiveOptions(13, Compression.GZIP, 1)));
    }

    static Stream<Arguments> newer() {
        return Stream.of(
                Arguments.of(16, new ArchiveOptions(15, Compression.LZ4, 6)),
                Arguments.of(16, new ArchiveOptions(15, Compression.ZSTD, 6)),
                Arguments.of(17, new ArchiveOptions(16, Compression.GZIP, 6)),
                Arguments.of(17, new ArchiveOptions(16, Compression.LZ4, 6)),
                Arguments.of(17, new ArchiveOptions(16, Compression.ZSTD, 6)));
    }

    @ParameterizedTest
    @MethodSource("common")
    void acceptsTheCommonFormat(String archive, ArchiveOptions options) throws Exception {
        ClientPrograms programs = ClientPrograms.ofVersion(15);

        accepts(programs, TestServers.installed(15), archive, options);
    }

    @ParameterizedTest
    @MethodSource("newer")
    void acceptsNewerFormats(int version, ArchiveOptions options) throws Exception {
        ClientPrograms programs = ClientPrograms.atLeast(version);

        accepts(programs, TestServers.ofVersion(TestServers.BUNDLED), "small-v1.16-lz4.dump", options);
    }

    /** From a pipe it cannot go back, so the data have to come in the order of the list. */
    @Test
    void acceptsAStream() throws Exception {
        ClientPrograms programs = ClientPrograms.newest();
        Path copy = folder.resolve("copy.dump");
        try (Source source = ArchiveSource.of(Archives.file("small-v1.14-gzip.dump"));
                ArchiveSink sink = ArchiveSink.to(copy, ArchiveOptions.COMMON, ArchiveSinkTest.CLOCK)) {
            Archives.copy(source, sink);
        }

        assertThat(script(programs.readPiped(copy, "-f", "-"))).isEqualTo(script(programs.read(copy, "-f", "-")));
    }

    /** Without the key that is another each time. */
    private static List<String> script(String text) {
        return text.lines().filter(line -> !line.contains("restrict ")).toList();
    }

    private void accepts(ClientPrograms programs, PostgresServer server, String archive, ArchiveOptions options)
            throws SQLException, IOException {
        Path original = Archives.file(archive);
        Path copy = folder.resolve(archive);
        try (Source source = ArchiveSource.of(original);
                ArchiveSink sink = ArchiveSink.to(copy, options, ArchiveSinkTest.CLOCK)) {
            Archives.copy(source, sink);
        }
        Map<String, String> expected = Archives.toc(original).header().minor() > options.minor()
                ? Map.of()
                : sums(restored(programs, server, original));

        Map<String, String> serial = sums(restored(programs, server, copy));
        Map<String, String> parallel = sums(restored(programs, server, copy, "-j", "2"));

        assertThat(serial).isNotEmpty();
        assertThat(parallel).isEqualTo(serial);
        if (!expected.isEmpty()) {
            assertThat(serial).isEqualTo(expected);
            assertThat(programs.read(copy, "-l")
                            .lines()
                            .filter(line -> !line.startsWith(";"))
                            .count())
                    .isEqualTo(programs.read(original, "-l")
                            .lines()
                            .filter(line -> !line.startsWith(";"))
                            .count());
        }
    }

    /** As superuser: the archives have objects of roles, and one of them is named in a policy. */
    private static PostgresDatabase restored(
            ClientPrograms programs, PostgresServer server, Path archive, String... options) throws SQLException {
        String name = server.createDatabase("archive" + COUNT.incrementAndGet()).name();
        try (Connection connection = server.connectAsSuperuser(name);
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    DO $$ BEGIN
                        CREATE ROLE appuser;
                    EXCEPTION WHEN duplicate_object THEN
                    END $$
                    """);
        }
        PostgresDatabase database = server.asSuperuser(name);
        programs.restore(
                database,
                archive,
                Stream.concat(Stream.of("-O", "-x"), Stream.of(options)).toArray(String[]::new));
        return database;
    }

    private static Map<String, String> sums(PostgresDatabase database) throws SQLException {
        try (Connection connection =
                DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password())) {
            return RowSums.of(connection);
        }
    }
}
