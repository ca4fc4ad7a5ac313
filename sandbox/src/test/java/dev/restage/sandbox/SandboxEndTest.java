package dev.restage.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.sandbox.site.SiteScale;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxEndTest {

    @TempDir
    private Path temporary;

    @Test
    void aKilledJvmLeavesNothingBehind() throws Exception {
        assertNothingIsLeftAfter(Process::destroyForcibly);
    }

    @Test
    void aJvmThatIsAskedToEndLeavesNothingBehind() throws Exception {
        assertNothingIsLeftAfter(Process::destroy);
    }

    private void assertNothingIsLeftAfter(Consumer<Process> end) throws Exception {
        // JUnit's directory is closed to the user that root's PostgreSQL runs as.
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwx--x--x"));
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Djava.io.tmpdir=" + temporary,
                        "-Drestage.sandbox.cache=" + cache(),
                        Rehearsal.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = jvm.inputReader(StandardCharsets.UTF_8)) {
            List<Integer> ports = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                ports.add(Integer.parseInt(output.readLine()));
            }
            assertThat(ports).allMatch(SandboxEndTest::answers);
            assertThat(left()).isNotEmpty();

            end.accept(jvm);
            assertThat(jvm.waitFor(30, TimeUnit.SECONDS)).isTrue();

            long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (System.nanoTime() < deadline
                    && (!left().isEmpty() || ports.stream().anyMatch(SandboxEndTest::answers))) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
            assertThat(ports).noneMatch(SandboxEndTest::answers);
            assertThat(left()).isEmpty();
        }
    }

    /** Starts a sandbox and waits for the end. */
    static final class Rehearsal {
        public static void main(String[] arguments) throws InterruptedException {
            Sandbox sandbox = Sandbox.start(SandboxOptions.standard().withScale(new SiteScale(10, 12, 8, 4, 5)));
            System.out.println(sandbox.postgres().port());
            System.out.println(sandbox.redis().port());
            System.out.println(sandbox.s3().endpoint().getPort());
            System.out.println(URI.create(sandbox.git().url()).getPort());
            Thread.currentThread().join();
        }
    }

    private static String cache() {
        String set = System.getProperty("restage.sandbox.cache");
        String byDefault = "restage-sandbox-cache-" + System.getProperty("user.name");
        return set != null
                ? set
                : Path.of(System.getProperty("java.io.tmpdir"), byDefault).toString();
    }

    private List<Path> left() throws IOException {
        try (var files = Files.list(temporary)) {
            return files.filter(file -> file.getFileName().toString().startsWith("restage-"))
                    .toList();
        }
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
