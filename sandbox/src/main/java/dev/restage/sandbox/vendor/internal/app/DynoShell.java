package dev.restage.sandbox.vendor.internal.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The inside of a one-off dyno: a real shell in a scratch directory, whose {@code PATH} holds a few harmless tools and a
 * {@code python} that leaves its arguments in a file and waits for the answer. So quoting, {@code &&}, {@code $?} and exit markers work
 * as in a dyno, and a command that is meant for a server finds nothing to run on the user's machine.
 */
public final class DynoShell implements AutoCloseable {

    private static final List<String> TOOLS = List.of("sh", "bash", "cat", "date", "false", "seq", "sleep", "true");
    private static final long POLL_MILLIS = 10;

    private static final String PYTHON = """
            #!/bin/sh
            PATH=/usr/bin:/bin
            request="$RESTAGE_DYNO/$$"
            for argument in "$@"; do printf '%s\\n' "$argument"; done > "$request.part"
            mv "$request.part" "$request.ask"
            while [ ! -e "$request.exit" ]; do
              [ -d "$RESTAGE_DYNO" ] || exit 137
              sleep 0.02
            done
            cat "$request.out"
            exit "$(cat "$request.exit")"
            """;

    private final Path directory;
    private final Process process;
    private final Function<List<String>, ManagePy.Outcome> python;

    public DynoShell(String command, Map<String, String> environment, Function<List<String>, ManagePy.Outcome> python)
            throws IOException {
        this.python = python;
        directory = Files.createTempDirectory("restage-dyno");
        Path bin = Files.createDirectory(directory.resolve("bin"));
        Path app = Files.createDirectory(directory.resolve("app"));
        for (String name : List.of("python", "python3")) {
            Path shim = Files.writeString(bin.resolve(name), PYTHON);
            Files.setPosixFilePermissions(shim, PosixFilePermissions.fromString("rwx------"));
        }
        for (String tool : TOOLS) {
            for (Path place : List.of(Path.of("/bin", tool), Path.of("/usr/bin", tool))) {
                if (Files.isExecutable(place) && !Files.exists(bin.resolve(tool))) {
                    Files.createSymbolicLink(bin.resolve(tool), place);
                }
            }
        }
        // Through a file, because a JVM in the C locale cannot pass U+FFFF of the CLI's exit marker as an argument.
        Path script = Files.writeString(directory.resolve("command.sh"), command + "\n");
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", script.toString())
                .directory(app.toFile())
                .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().put("PATH", bin.toString());
        builder.environment().put("HOME", app.toString());
        builder.environment().put("RESTAGE_DYNO", directory.toString());
        process = builder.start();
    }

    public InputStream output() {
        return process.getInputStream();
    }

    public OutputStream input() {
        return process.getOutputStream();
    }

    /** Ends everything that runs in the dyno. */
    public void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** Answers every {@code python} until the shell ends or its time is over; {@return its exit status} */
    public int serve(Duration timeToLive) throws IOException, InterruptedException {
        Instant deadline = Instant.now().plus(timeToLive);
        while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
            if (Instant.now().isAfter(deadline)) {
                kill();
            }
            answer();
        }
        return process.exitValue();
    }

    private void answer() throws IOException {
        List<Path> asked;
        try (Stream<Path> files = Files.list(directory)) {
            asked = files.filter(file -> file.toString().endsWith(".ask")).toList();
        }
        for (Path ask : asked) {
            String request = ask.toString().replaceFirst("\\.ask$", "");
            ManagePy.Outcome outcome = python.apply(Files.readAllLines(ask, StandardCharsets.UTF_8));
            Files.delete(ask);
            Files.writeString(Path.of(request + ".out"), outcome.output());
            Path exit = Files.writeString(Path.of(request + ".status"), outcome.exit() + "\n");
            Files.move(exit, Path.of(request + ".exit"), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    @Override
    public void close() throws IOException {
        kill();
        List<Path> deepestFirst;
        try (Stream<Path> files = Files.walk(directory)) {
            deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : deepestFirst) {
            Files.deleteIfExists(file);
        }
    }
}
