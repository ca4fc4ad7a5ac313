package dev.restage.postgres.testing;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.restage.sandbox.server.PostgresDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The real {@code pg_dump}, {@code pg_restore} and {@code psql}, found as {@code <major>/bin} in the directory of the
 * system property {@code restage.postgres.programs} and where Debian installs them.
 *
 * @param directory where the programs are
 */
public record ClientPrograms(Path directory) {

    private static final int OLDEST = 13;
    private static final int NEWEST = 18;
    private static final Path INSTALLED = Path.of("/usr/lib/postgresql");

    /** The programs of a major version; without them the test is skipped with the reason. */
    public static ClientPrograms ofVersion(int major) {
        return found(major).orElseGet(() -> abort("no pg_dump of PostgreSQL " + major + " here"));
    }

    /** The newest programs that are here; {@code pg_dump} reads servers of its own version and older ones. */
    public static ClientPrograms newest() {
        return atLeast(OLDEST);
    }

    /** The newest programs, if they are of a version or newer; else the test is skipped with the reason. */
    public static ClientPrograms atLeast(int major) {
        return IntStream.rangeClosed(major, NEWEST)
                .map(version -> NEWEST + major - version)
                .mapToObj(ClientPrograms::found)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() -> abort("no pg_dump of PostgreSQL %d or newer here".formatted(major)));
    }

    /** Runs {@code pg_dump} and returns its standard output. */
    public String dump(PostgresDatabase database, String... options) {
        return run(database, "pg_dump", Stream.concat(Stream.of(options), Stream.of("-d", database.name())));
    }

    /** Runs {@code pg_restore} into a database. */
    public String restore(PostgresDatabase database, Path archive, String... options) {
        return run(
                database,
                "pg_restore",
                Stream.concat(Stream.of(options), Stream.of("-e", "-d", database.name(), archive.toString())));
    }

    /** What {@code pg_restore} says of an archive without a database: its list, or its text. */
    public String read(Path archive, String... options) {
        return run(Map.of(), "pg_restore", Stream.concat(Stream.of(options), Stream.of(archive.toString())));
    }

    /** The same of an archive that comes through a pipe, where there is no going back. */
    public String readPiped(Path archive, String... options) {
        String restore = directory.resolve("pg_restore") + " " + String.join(" ", options);
        return run(Map.of(), List.of("sh", "-c", "cat '" + archive + "' | " + restore));
    }

    /** Runs a file of SQL, stopping at the first error. */
    public String psql(PostgresDatabase database, Path file) {
        return run(
                database,
                "psql",
                Stream.of("-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", database.name(), "-f", file.toString()));
    }

    private String run(PostgresDatabase database, String program, Stream<String> arguments) {
        Map<String, String> environment = Map.of(
                "PGHOST", database.host(),
                "PGPORT", Integer.toString(database.port()),
                "PGUSER", database.user(),
                "PGPASSWORD", database.password(),
                "PGCLIENTENCODING", "UTF8");
        return run(environment, program, arguments);
    }

    private String run(Map<String, String> environment, String program, Stream<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(directory.resolve(program).toString());
        arguments.forEach(command::add);
        return run(environment, command);
    }

    private static String run(Map<String, String> environment, List<String> command) {
        try {
            // Both streams to files: a program that fills one of two pipes waits for ever.
            Path output = Files.createTempFile("restage-", ".out");
            Path errors = Files.createTempFile("restage-", ".err");
            try {
                ProcessBuilder builder = new ProcessBuilder(command)
                        .redirectOutput(output.toFile())
                        .redirectError(errors.toFile());
                builder.environment().putAll(environment);
                Process process = builder.start();
                process.getOutputStream().close();
                int status = process.waitFor();
                if (status != 0) {
                    throw new AssertionError(
                            "%s ends with %d: %s".formatted(command, status, Files.readString(errors)));
                }
                return Files.readString(output);
            } finally {
                Files.delete(output);
                Files.delete(errors);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Optional<ClientPrograms> found(int major) {
        return Stream.concat(
                        Stream.of(System.getProperty("restage.postgres.programs", ""))
                                .filter(property -> !property.isEmpty())
                                .map(Path::of),
                        Stream.of(INSTALLED))
                .map(root -> root.resolve(Integer.toString(major)).resolve("bin"))
                .filter(bin -> Files.isExecutable(bin.resolve("pg_dump")))
                .map(ClientPrograms::new)
                .findFirst();
    }
}
