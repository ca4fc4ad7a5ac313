package dev.restage.report;

import dev.restage.run.Entry;
import dev.restage.run.RunEvent;
import dev.restage.run.RunListener;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Shows a run as lines, for logs and for terminals that can do no more. Long lines are whole: a log does not wrap. */
final class PlainView implements RunListener {

    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final PrintStream out;
    private final Glyphs glyphs;
    private final Clock clock;
    private final RunLines lines;
    private final Map<String, Instant> lastShown = new HashMap<>();

    PlainView(PrintStream out, Glyphs glyphs, Clock clock) {
        this.out = out;
        this.glyphs = glyphs;
        this.clock = clock;
        this.lines = new RunLines(glyphs);
    }

    @Override
    public synchronized void on(RunEvent event) {
        if (event instanceof RunEvent.Started started) {
            out.println(RunLines.opening(started.plan(), started.runId()));
        } else if (event instanceof RunEvent.Recorded recorded) {
            recorded(recorded.entry());
        } else if (event instanceof RunEvent.Progressed progressed) {
            progressed(progressed);
        } else if (event instanceof RunEvent.Ended ended) {
            out.println(lines.closing(ended.receipt()).in(Integer.MAX_VALUE, glyphs));
        }
        out.flush();
    }

    private void recorded(Entry entry) {
        RunLines.Line line = lines.take(entry);
        if (entry.kind() == Entry.Kind.STEP_STARTED) {
            lastShown.put(entry.step(), clock.instant());
            out.println("> " + Columns.clean(entry.step()));
        } else if (!line.head().isEmpty()) {
            out.println(line.in(Integer.MAX_VALUE, glyphs));
        }
    }

    private void progressed(RunEvent.Progressed event) {
        RunningStep step = lines.running().get(event.step());
        Instant now = clock.instant();
        if (step == null) {
            return;
        }
        step.progressed(event, now);
        Instant last = lastShown.getOrDefault(event.step(), Instant.MIN);
        if (last.isBefore(now.minus(PAUSE))) {
            lastShown.put(event.step(), now);
            out.println("  " + Columns.clean(event.step()) + ": " + step.plain(now));
        }
    }
}
