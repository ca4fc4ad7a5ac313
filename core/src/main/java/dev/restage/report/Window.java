package dev.restage.report;

import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The size of the window in which a run is shown. */
interface Window {

    /** How many characters a line has now. */
    int columns();

    /** How many lines it has now. */
    int rows();

    /** A window of one size. */
    static Window of(int columns, int rows) {
        return new Window() {
            @Override
            public int columns() {
                return columns;
            }

            @Override
            public int rows() {
                return rows;
            }
        };
    }

    /** The window of this process's terminal, measured again when a second has passed. */
    static Window ofTerminal() {
        return new Terminal();
    }

    /** Whether a stream ends at a terminal that can move its cursor, and whose user wants that. */
    static boolean isLive(PrintStream out, Map<String, String> environment) {
        String terminal = environment.getOrDefault("TERM", "");
        return out == System.out
                && !terminal.isEmpty()
                && !terminal.equals("dumb")
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && environment.getOrDefault("CI", "").isEmpty()
                && hasTerminal(System.console());
    }

    /** In which characters a stream writes, as far as the platform says. */
    static Charset charsetOf(PrintStream out) {
        try {
            // since Java 18
            return (Charset) PrintStream.class.getMethod("charset").invoke(out);
        } catch (ReflectiveOperationException e) {
            return Stream.of("stdout.encoding", "sun.stdout.encoding")
                    .flatMap(name -> Optional.ofNullable(System.getProperty(name)).stream())
                    .findFirst()
                    .flatMap(Window::charset)
                    .orElse(Charset.defaultCharset());
        }
    }

    private static Optional<Charset> charset(String name) {
        try {
            return Optional.of(Charset.forName(name));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return Optional.empty();
        }
    }

    private static boolean hasTerminal(@org.jspecify.annotations.Nullable Console console) {
        if (console == null) {
            return false;
        }
        try {
            // since Java 22 there is a console without a terminal, too
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }

    /** Asks {@code stty}, which every system with a {@code TERM} has. */
    final class Terminal implements Window {

        private static final long AGE_NANOS = Duration.ofSeconds(1).toNanos();

        private int columns = 80;
        private int rows = 24;
        private long measuredAt = System.nanoTime() - AGE_NANOS;

        @Override
        public synchronized int columns() {
            measure();
            return columns;
        }

        @Override
        public synchronized int rows() {
            measure();
            return rows;
        }

        private void measure() {
            if (System.nanoTime() - measuredAt < AGE_NANOS) {
                return;
            }
            measuredAt = System.nanoTime();
            try {
                Process process = new ProcessBuilder("stty", "size")
                        .redirectInput(new File("/dev/tty"))
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
                if (!process.waitFor(1, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    return;
                }
                String[] size = new String(process.getInputStream().readAllBytes(), Charset.defaultCharset())
                        .strip()
                        .split(" ", -1);
                // a terminal that does not know its size says 0
                if (size.length == 2 && Figures.isNumber(size[1]) && !size[1].equals("0")) {
                    rows = Math.max(3, Integer.parseInt(size[0]));
                    columns = Integer.parseInt(size[1]);
                }
            } catch (IOException e) {
                // no stty: the last known size is as good as any, and need not be asked for again
                measuredAt = Long.MAX_VALUE;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
