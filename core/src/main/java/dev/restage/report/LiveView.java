package dev.restage.report;

import dev.restage.run.RunEvent;
import dev.restage.run.RunListener;
import java.io.PrintStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Shows a run on a terminal: at the bottom one moving line per running step, above them what has ended. The cursor
 * rests at the start of the line below and is never hidden, so whatever ends the process leaves a usable terminal.
 */
final class LiveView implements RunListener {

    private static final long PAUSE_MILLIS = 150;

    private static final String TO_END_OF_LINE = "\u001b[K";
    private static final String TO_END_OF_SCREEN = "\u001b[J";

    private final PrintStream out;
    private final Glyphs glyphs;
    private final Clock clock;
    private final Window window;
    private final RunsLines lines;

    /** The widths of the moving lines on the screen. */
    private List<Integer> shown = List.of();

    private long frame;
    private @Nullable Thread ticker;

    LiveView(PrintStream out, Glyphs glyphs, Clock clock, Window window) {
        this.out = out;
        this.glyphs = glyphs;
        this.clock = clock;
        this.window = window;
        this.lines = new RunsLines(glyphs);
    }

    @Override
    public void on(RunEvent event) {
        if (event instanceof RunEvent.Started started) {
            started(started);
        } else if (event instanceof RunEvent.Progressed progressed) {
            progressed(progressed);
        } else if (event instanceof RunEvent.Recorded recorded) {
            recorded(recorded);
        } else if (event instanceof RunEvent.Ended ended) {
            ended(ended);
        }
    }

    private synchronized void started(RunEvent.Started event) {
        draw(List.of(lines.opening(event)));
        startTicker();
    }

    /** Progress comes often; the next tick shows it. */
    private synchronized void progressed(RunEvent.Progressed event) {
        lines.progressed(event, clock.instant());
    }

    private synchronized void recorded(RunEvent.Recorded event) {
        int before = lines.moving().size();
        RunLines.Line line = lines.take(event.runId(), event.entry());
        if (!line.head().isEmpty()) {
            draw(List.of(line));
        } else if (lines.moving().size() != before) {
            draw(List.of());
        }
    }

    private void ended(RunEvent.Ended event) {
        boolean last;
        synchronized (this) {
            draw(List.of(lines.closing(event)));
            last = lines.over();
        }
        if (last) {
            stopTicker();
        }
    }

    /** Paints the moving lines anew. */
    synchronized void tick() {
        frame++;
        if (!lines.moving().isEmpty()) {
            draw(List.of());
        }
    }

    private synchronized void draw(List<RunLines.Line> staying) {
        // the last column stays free: some terminals wrap when it is written
        int columns = Math.max(20, window.columns() - 1);
        StringBuilder text = new StringBuilder("\r");
        int rows = shown.stream()
                .mapToInt(width -> 1 + Math.max(0, width - 1) / (columns + 1))
                .sum();
        if (rows > 0) {
            text.append("\u001b[").append(rows).append('A');
        }
        staying.forEach(line ->
                text.append(coloured(line, columns)).append(TO_END_OF_LINE).append('\n'));
        List<Integer> widths = new ArrayList<>();
        for (String line : moving(columns)) {
            text.append(line).append(TO_END_OF_LINE).append('\n');
            widths.add(Columns.width(line));
        }
        out.print(text.append(TO_END_OF_SCREEN));
        out.flush();
        shown = widths;
    }

    private List<String> moving(int columns) {
        List<RunsLines.Moving> steps = lines.moving();
        int fitting = Math.max(1, window.rows() - 2);
        int names = steps.stream()
                .mapToInt(moving -> moving.step().nameWidth())
                .max()
                .orElse(0);
        List<String> text = new ArrayList<>();
        for (RunsLines.Moving moving : steps.subList(0, Math.min(fitting, steps.size()))) {
            int room = Math.max(1, columns - moving.tag().length());
            text.add(moving.tag() + moving.step().line(room, names, glyphs, frame, clock.instant()));
        }
        if (steps.size() > fitting) {
            text.add("  and " + (steps.size() - fitting) + " more");
        }
        return text;
    }

    private String coloured(RunLines.Line line, int columns) {
        if (line.sign().isEmpty()) {
            return Columns.fit(line.head(), columns, glyphs.cut());
        }
        // what went wrong is never cut: it may take several rows, which nothing is painted over
        boolean whole = line.mark() == RunLines.Mark.FAILED || line.mark() == RunLines.Mark.WARNED;
        String text = line.in(whole ? Integer.MAX_VALUE : columns, glyphs);
        String colour = switch (line.mark()) {
            case DONE -> "32";
            case WARNED -> "33";
            case FAILED -> "31";
            case QUIET -> "2";
        };
        int sign = line.sign().length();
        return "\u001b[" + colour + "m" + text.substring(0, sign) + "\u001b[0m" + text.substring(sign);
    }

    private synchronized void startTicker() {
        if (ticker == null) {
            Thread started = new Thread(this::tickOn, "restage-terminal");
            started.setDaemon(true);
            started.start();
            ticker = started;
        }
    }

    private void tickOn() {
        try {
            while (true) {
                Thread.sleep(PAUSE_MILLIS);
                tick();
            }
        } catch (InterruptedException e) {
            // stopTicker asked for the end, and this thread is nobody else's
            Thread.currentThread().interrupt();
        }
    }

    private void stopTicker() {
        Thread stopping;
        synchronized (this) {
            stopping = ticker;
            ticker = null;
        }
        if (stopping == null) {
            return;
        }
        stopping.interrupt();
        try {
            stopping.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
