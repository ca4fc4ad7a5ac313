package dev.restage.sandbox.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A server process that cannot outlive this JVM. A small shell stands between: it holds one end of a pipe whose other
 * end only the JVM has. When the JVM closes it, or dies in whatever way, the shell stops the server and removes the
 * server's directory.
 */
final class OwnedProcess implements AutoCloseable {

    private static final int GRACE_SECONDS = 10;

    /** More than a busy machine needs for the grace, which is counted in naps, the removal and the way back. */
    private static final int MOST_SECONDS = 120;

    private static final long START_LIMIT_SECONDS = 60;
    private static final long BETWEEN_LOOKS_MILLIS = 20;

    private static final int LINES_KEPT = 40;
    private static final Path SETSID = Path.of("/usr/bin/setsid");

    // Descriptor 3, because a shell gives its background jobs an empty standard input.
    private static final String SCRIPT = """
            signal=$1 tenths=$2 directory=$3
            shift 3
            trap '' HUP INT TERM PIPE
            exec 3<&0
            (trap - HUP INT TERM PIPE; exec "$@" </dev/null 3<&-) &
            server=$!
            (
                while read -r _; do :; done <&3
                kill -"$signal" "$server" 2>/dev/null
                while [ "$tenths" -gt 0 ] && kill -0 "$server" 2>/dev/null; do
                    sleep 0.1
                    tenths=$((tenths - 1))
                done
                kill -KILL "$server" 2>/dev/null
            ) &
            watcher=$!
            exec 3<&-
            wait "$server"
            status=$?
            kill -KILL "$watcher" 2>/dev/null
            tries=25
            until rm -rf "$directory" 2>/dev/null || [ "$tries" -eq 0 ]; do
                sleep 0.2
                tries=$((tries - 1))
            done
            exit "$status"
            """;

    private final String name;
    private final Process shell;
    private final Deque<String> lastLines = new ArrayDeque<>();
    private final Thread reader;

    private OwnedProcess(String name, Process shell) {
        this.name = name;
        this.shell = shell;
        this.reader = new Thread(this::readOutput, name + " output");
        reader.setDaemon(true);
    }

    /**
     * Starts a server.
     *
     * @param name for messages
     * @param stop the signal that asks the server to end
     * @param directory where it starts; removed when the server has ended, for whatever reason
     * @param command program and arguments; no secrets, others can read them
     */
    static OwnedProcess start(String name, StopSignal stop, Path directory, List<String> command) {
        List<String> wrapped = new ArrayList<>();
        // A session of its own: Control-C at the terminal is for the JVM, which then stops its servers in order.
        if (Files.isExecutable(SETSID)) {
            wrapped.add(SETSID.toString());
        }
        wrapped.addAll(List.of("/bin/sh", "-c", SCRIPT, "sh"));
        wrapped.addAll(List.of(stop.name(), Integer.toString(GRACE_SECONDS * 10), directory.toString()));
        wrapped.addAll(command);
        try {
            Process shell = new ProcessBuilder(wrapped)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .start();
            OwnedProcess process = new OwnedProcess(name, shell);
            process.reader.start();
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + name + ": the sandbox needs /bin/sh", e);
        }
    }

    /**
     * Waits until the server answers; ends it if it does not.
     *
     * @param answers whether it does
     * @param portTaken what it writes when another server has its port
     * @throws Ports.PortTakenException if another server has its port
     */
    void awaitReady(BooleanSupplier answers, String portTaken) {
        try {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_LIMIT_SECONDS);
            while (!answers.getAsBoolean()) {
                if (shell.waitFor(BETWEEN_LOOKS_MILLIS, TimeUnit.MILLISECONDS)) {
                    String message = name + " ended while starting: " + lastWords();
                    throw message.contains(portTaken)
                            ? new Ports.PortTakenException(message)
                            : new IllegalStateException(message);
                }
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException(
                            "%s did not answer within %d s".formatted(name, START_LIMIT_SECONDS));
                }
            }
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + name + " was starting", e);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** The last lines that an ended server wrote. */
    private String lastWords() {
        try {
            reader.join(TimeUnit.SECONDS.toMillis(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (lastLines) {
            return String.join(System.lineSeparator(), lastLines);
        }
    }

    /** Stops the server and waits until it is gone and its directory removed. */
    @Override
    public void close() {
        try {
            shell.getOutputStream().close();
            if (!shell.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException(name + " did not stop; look for process " + shell.pid());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot stop " + name, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void readOutput() {
        try (BufferedReader lines = shell.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                synchronized (lastLines) {
                    lastLines.addLast(line);
                    if (lastLines.size() > LINES_KEPT) {
                        lastLines.removeFirst();
                    }
                }
            }
        } catch (IOException e) {
            synchronized (lastLines) {
                lastLines.addLast("(output ends: " + e.getMessage() + ")");
            }
        }
    }

    /** What asks a server to stop. */
    enum StopSignal {
        /**
         * PostgreSQL: the immediate shutdown. It writes no checkpoint of data that are removed next, which takes long on a busy
         * disk, and it ends a session that does not react after five seconds. Source: PostgreSQL documentation, "Shutting Down the
         * Server".
         */
        QUIT,
        /** Everybody else. */
        TERM
    }
}
