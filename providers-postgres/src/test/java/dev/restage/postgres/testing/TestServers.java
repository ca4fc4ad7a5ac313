package dev.restage.postgres.testing;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.restage.sandbox.server.PostgresBinaries;
import dev.restage.sandbox.server.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Servers that all tests of this JVM share, at most one per version, started when first asked for. A test whose
 * server is not on this machine is skipped with the reason.
 */
public final class TestServers {

    /** The version that comes with the sandbox and is on every machine. */
    public static final int BUNDLED = 18;

    private static final Path JARS = Path.of("target", "postgres-binaries");
    private static final Path INSTALLED = Path.of("/usr/lib/postgresql");
    private static final Map<Object, PostgresServer> RUNNING = new ConcurrentHashMap<>();

    private TestServers() {}

    /** A server of a major version, without lz4. */
    public static PostgresServer ofVersion(int major) {
        return RUNNING.computeIfAbsent(
                major, version -> started(major == BUNDLED ? PostgresBinaries.bundled() : ofJar(major)));
    }

    /** A server of the system's packages, which knows lz4. */
    public static PostgresServer installed(int major) {
        Path home = INSTALLED.resolve(Integer.toString(major));
        if (!Files.isExecutable(home.resolve("bin/postgres"))) {
            return abort("no PostgreSQL server in " + home);
        }
        return RUNNING.computeIfAbsent(home, path -> started(new PostgresBinaries(home)));
    }

    private static PostgresBinaries ofJar(int major) {
        if (Files.isDirectory(JARS)) {
            try (Stream<Path> jars = Files.list(JARS)) {
                String version = "-%d.".formatted(major);
                return jars.filter(jar -> jar.getFileName().toString().contains(version))
                        .findFirst()
                        .map(PostgresBinaries::ofJar)
                        .orElseGet(() -> abort("no server of PostgreSQL %d in %s".formatted(major, JARS)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return abort("no servers of other versions here: there is no " + JARS);
    }

    private static PostgresServer started(PostgresBinaries binaries) {
        PostgresServer server = PostgresServer.start(binaries, Map.of());
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        return server;
    }
}
