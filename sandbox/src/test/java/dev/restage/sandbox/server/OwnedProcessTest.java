package dev.restage.sandbox.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.sandbox.server.OwnedProcess.StopSignal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnedProcessTest {

    private static final String TAKEN = "Address already in use";

    @TempDir
    private Path temporary;

    private Path directory;

    @BeforeEach
    void makeDirectory() throws Exception {
        directory = Files.createDirectory(temporary.resolve("server"));
    }

    @Test
    void isAskedUntilItAnswers() {
        AtomicInteger looks = new AtomicInteger();
        try (OwnedProcess process = start("sleep 60")) {
            process.awaitReady(() -> looks.incrementAndGet() == 3, TAKEN);
        }

        assertThat(looks).hasValue(3);
        assertThat(directory).doesNotExist();
    }

    @Test
    void endsAndTakesItsDirectoryWithItEvenTwice() throws Exception {
        OwnedProcess process = start("touch file; mkdir -p deep/er; touch deep/er/file; sleep 60");
        process.awaitReady(() -> Files.exists(directory.resolve("deep/er/file")), TAKEN);

        process.close();
        process.close();

        assertThat(directory).doesNotExist();
        assertThat(temporary).exists();
    }

    @Test
    void aServerThatEndsSaysItsLastWords() {
        OwnedProcess process = start("echo one; echo cannot read the configuration; exit 3");

        assertThatIllegalStateException()
                .isThrownBy(() -> process.awaitReady(() -> false, TAKEN))
                .withMessageStartingWith("Test ended while starting: ")
                .withMessageContaining("cannot read the configuration");
        assertThat(directory).doesNotExist();
    }

    @Test
    void aTakenPortIsToldFromOtherFailures() {
        OwnedProcess process = start("echo 'bind: Address already in use'; exit 1");

        assertThatThrownBy(() -> process.awaitReady(() -> false, TAKEN)).isInstanceOf(Ports.PortTakenException.class);
    }

    @Test
    void aLookThatFailsEndsTheServer() {
        OwnedProcess process = start("sleep 60");

        assertThatThrownBy(() -> process.awaitReady(
                        () -> {
                            throw new IllegalArgumentException("defect");
                        },
                        TAKEN))
                .hasMessage("defect");
        assertThat(directory).doesNotExist();
    }

    @Test
    void whoIsInterruptedStaysInterruptedAndLeavesNoServer() {
        OwnedProcess process = start("sleep 60");

        Thread.currentThread().interrupt();

        assertThatIllegalStateException()
                .isThrownBy(() -> process.awaitReady(() -> false, TAKEN))
                .withMessage("interrupted while Test was starting");
        assertThat(Thread.interrupted()).isTrue();
        process.close();
        assertThat(directory).doesNotExist();
    }

    @Test
    void aPortIsTriedAgainWhileItIsTaken() {
        List<Integer> tried = new ArrayList<>();

        String started = Ports.onFreePort(port -> {
            tried.add(port);
            if (tried.size() < 3) {
                throw new Ports.PortTakenException("taken");
            }
            return "on " + port;
        });

        assertThat(started).isEqualTo("on " + tried.get(2));
        assertThat(tried).hasSize(3).allSatisfy(port -> assertThat(port).isBetween(1024, 65535));
    }

    @Test
    void afterFivePortsOrAnotherFailureItIsEnough() {
        AtomicInteger tries = new AtomicInteger();

        assertThatThrownBy(() -> Ports.onFreePort(port -> {
                    tries.incrementAndGet();
                    throw new Ports.PortTakenException("taken");
                }))
                .isInstanceOf(Ports.PortTakenException.class);
        assertThat(tries).hasValue(5);
        assertThatThrownBy(() -> Ports.onFreePort(port -> {
                    tries.incrementAndGet();
                    throw new IllegalStateException("no disk");
                }))
                .hasMessage("no disk");
        assertThat(tries).hasValue(6);
    }

    @Test
    void directoriesAreForOthersToPassButNotToList() throws Exception {
        Path made = Directories.create(temporary.resolve("a/b"));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                .isEqualTo("rwx--x--x");
        Files.writeString(made.resolve("file"), "x");
        Files.createSymbolicLink(made.resolve("link"), temporary);
        Directories.remove(made);
        assertThatCode(() -> Directories.remove(made)).doesNotThrowAnyException();
        assertThat(made).doesNotExist();
        assertThat(temporary).exists();
    }

    @ParameterizedTest
    @CsvSource({
        "false, false, postgres-linux-x86_64.txz, redis-server-6.2.6-v5-linux-amd64",
        "false, true, postgres-linux-arm_64.txz, redis-server-6.2.7-linux-arm64",
        "true, false, postgres-darwin-x86_64.txz, redis-server-6.2.6-v5-darwin-amd64",
        "true, true, postgres-darwin-arm_64.txz, redis-server-6.2.6-v5-darwin-arm64"
    })
    void knowsTheProgramsOfEachMachine(boolean mac, boolean arm, String postgres, String redis) {
        Platform platform = new Platform(mac, arm);

        assertThat(platform.postgresArchive()).isEqualTo(postgres);
        assertThat(platform.redisProgram()).isEqualTo(redis);
    }

    @Test
    void anOwnedDirectoryGoesWithItsOwner() throws Exception {
        Path path = temporary.resolve("owned");
        try (OwnedDirectory owned = OwnedDirectory.of(path)) {
            Files.writeString(owned.path().resolve("file"), "x");
            assertThat(path).isDirectory();
        }

        assertThat(path).doesNotExist();
    }

    private OwnedProcess start(String script) {
        return OwnedProcess.start("Test", StopSignal.TERM, directory, List.of("/bin/sh", "-c", script));
    }
}
