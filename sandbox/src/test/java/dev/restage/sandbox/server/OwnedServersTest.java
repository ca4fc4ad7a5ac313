package dev.restage.sandbox.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnedServersTest {

    @Test
    void aKilledJvmLeavesNoServerAndNoFileBehind(@TempDir Path temporary) throws Exception {
        // JUnit's directory is closed to the user that root's PostgreSQL runs as.
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwx--x--x"));
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Doomed.class.getName(),
                        temporary.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = jvm.inputReader(StandardCharsets.UTF_8)) {
            int postgres = Integer.parseInt(output.readLine());
            int redis = Integer.parseInt(output.readLine());
            assertThat(answers(postgres) && answers(redis)).isTrue();

            jvm.destroyForcibly().waitFor();

            assertThat(within(Duration.ofSeconds(30), () -> !answers(postgres) && !answers(redis)))
                    .as("both ports close")
                    .isTrue();
            assertThat(within(Duration.ofSeconds(30), () -> isEmpty(temporary)))
                    .as("both directories vanish")
                    .isTrue();
        }
    }

    /** Starts servers and waits to be killed. */
    static final class Doomed {
        public static void main(String[] arguments) throws InterruptedException {
            Path directory = Path.of(arguments[0]);
            PostgresServer postgres = PostgresServer.start(directory.resolve("postgres"));
            RedisServer redis = RedisServer.start(directory.resolve("redis"));
            System.out.println(postgres.port());
            System.out.println(redis.port());
            Thread.currentThread().join();
        }
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isEmpty(Path directory) {
        try (var files = Files.list(directory)) {
            return files.findAny().isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean within(Duration limit, BooleanSupplier condition) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        return true;
    }
}
