package dev.restage.postgres.bench;

import dev.restage.sandbox.server.PostgresDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Runs the client programs of an installation, pgcopydb, and our own client in a JVM of its own. */
final class Programs {

    private static final Path PGCOPYDB = Path.of("/usr/bin/pgcopydb");

    private final Path bin;
    private final Path scratch;

    Programs(Path home, Path scratch) {
        this.bin = home.resolve("bin");
        this.scratch = scratch;
    }

    static boolean hasPgcopydb() {
        return Files.isExecutable(PGCOPYDB);
    }

    /** Dumps into a directory with two jobs, then restores from it with two. */
    void dumpAndRestore(PostgresDatabase source, PostgresDatabase target, String... options) throws IOException {
        Path dump = scratch.resolve("dump");
        remove(dump);
        List<String> arguments = new ArrayList<>(List.of("-Fd", "-j2", "-f", dump.toString()));
        arguments.addAll(List.of(options));
        run(source, "pg_dump", arguments);
        run(target, "pg_restore", List.of("-j2", "-d", target.name(), dump.toString()));
        remove(dump);
    }

    void clone(PostgresDatabase source, PostgresDatabase target) throws IOException {
        Path work = scratch.resolve("pgcopydb");
        remove(work);
        start(
                Map.of(),
                List.of(
                        PGCOPYDB.toString(),
                        "clone",
                        "--source",
                        source.url(),
                        "--target",
                        target.url(),
                        "--table-jobs",
                        "2",
                        "--index-jobs",
                        "2",
                        "--dir",
                        work.toString()));
        remove(work);
    }

    Path archive(PostgresDatabase source) throws IOException {
        Path file = scratch.resolve("archive.dump");
        run(source, "pg_dump", List.of("-Fc", "-f", file.toString()));
        return file;
    }

    void restore(Path archive, PostgresDatabase target) throws IOException {
        run(target, "pg_restore", List.of("-j2", "-d", target.name(), archive.toString()));
    }

    void dumpSchema(PostgresDatabase source) throws IOException {
        run(source, "pg_dump", List.of("-s", "-f", "/dev/null"));
    }

    /** Runs {@link Client} with little heap and returns the peak of it in megabytes. */
    double client(PostgresDatabase source, PostgresDatabase target, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                Client.class.getName()));
        command.addAll(List.of(arguments));
        String output = start(Map.of(Client.SOURCE, source.url(), Client.TARGET, target.url()), command);
        return Double.parseDouble(output.lines().reduce("0", (first, last) -> last));
    }

    private void run(PostgresDatabase database, String program, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(bin.resolve(program).toString()));
        command.addAll(arguments);
        start(
                Map.of(
                        "PGHOST", database.host(),
                        "PGPORT", Integer.toString(database.port()),
                        "PGUSER", database.user(),
                        "PGPASSWORD", database.password(),
                        "PGDATABASE", database.name()),
                command);
    }

    private String start(Map<String, String> environment, List<String> command) throws IOException {
        Path output = scratch.resolve("output");
        Path errors = scratch.resolve("errors");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(errors.toFile());
        builder.environment().putAll(environment);
        try {
            int status = builder.start().waitFor();
            if (status != 0) {
                throw new IOException(
                        "%s ends with %d: %s".formatted(command.get(0), status, Files.readString(errors)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        return Files.readString(output);
    }

    private static void remove(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
