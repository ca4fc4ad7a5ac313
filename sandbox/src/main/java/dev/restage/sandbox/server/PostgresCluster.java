package dev.restage.sandbox.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The files of a server and how its programs are run on them.
 *
 * @param binaries the programs
 * @param directory where the server starts; {@code data} is in it
 * @param password the superuser's
 */
record PostgresCluster(PostgresBinaries binaries, Path directory, String password) {

    static final String SUPERUSER = "postgres";

    private static final List<String> SETTINGS = List.of(
            "listen_addresses=" + Ports.HOST,
            "unix_socket_directories=",
            "max_connections=100",
            "shared_buffers=32MB",
            "wal_level=logical",
            "fsync=off",
            "full_page_writes=off",
            "synchronous_commit=off",
            // With hundreds of small databases it would start a worker every 100 ms, to find nothing.
            "autovacuum_naptime=1h",
            "timezone=UTC",
            "log_timezone=UTC");

    /** Makes an empty cluster. */
    static PostgresCluster initialise(PostgresBinaries binaries, Path directory) {
        PostgresCluster cluster = new PostgresCluster(binaries, Directories.create(directory), Passwords.next());
        try {
            cluster.initialise();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot initialise PostgreSQL in " + directory, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while PostgreSQL was initialised", e);
        }
        return cluster;
    }

    /** Starts the server with settings beside and above ours; it is not ready yet. */
    OwnedProcess serve(int port, Map<String, String> settings) {
        List<String> command = command("postgres", "-D", data().toString(), "-p", Integer.toString(port));
        SETTINGS.forEach(setting -> command.addAll(List.of("-c", setting)));
        settings.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        return OwnedProcess.start("PostgreSQL", OwnedProcess.StopSignal.QUIT, directory, command);
    }

    private void initialise() throws IOException, InterruptedException {
        Path passwordFile = directory.resolve("password");
        Files.createDirectory(data(), permissions("rwx------"));
        Files.createFile(passwordFile, permissions("rw-------"));
        Files.writeString(passwordFile, password);
        if (Platform.unprivileged().asNobody()) {
            giveToNobody(data());
            giveToNobody(passwordFile);
        }
        Process initdb = new ProcessBuilder(command(
                        "initdb",
                        "--pgdata=" + data(),
                        "--username=" + SUPERUSER,
                        "--auth=scram-sha-256",
                        "--pwfile=" + passwordFile,
                        "--encoding=UTF8",
                        "--locale=C.UTF-8",
                        "--no-sync"))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(initdb.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (initdb.waitFor() != 0) {
            throw new IllegalStateException("PostgreSQL refuses to initialise " + data() + ": " + output);
        }
        Files.delete(passwordFile);
    }

    private Path data() {
        return directory.resolve("data");
    }

    private List<String> command(String program, String... arguments) {
        List<String> command = new ArrayList<>(Platform.unprivileged().prefix());
        command.add(binaries.program(program).toString());
        command.addAll(List.of(arguments));
        return command;
    }

    private static FileAttribute<Set<PosixFilePermission>> permissions(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }

    private static void giveToNobody(Path path) throws IOException {
        Files.setAttribute(path, "unix:uid", Platform.NOBODY);
        Files.setAttribute(path, "unix:gid", Platform.NOBODY);
    }
}
