package dev.restage.report;

import dev.restage.run.Entry;
import dev.restage.run.RunEvent;
import dev.restage.run.RunListener;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Shows a run as lines, for logs and for terminals that can do no more. Long lines are whole: a log does not wrap. */
final class PlainView implements RunListener {

    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final PrintStream out;
    private final Glyphs glyphs;
    private final Clock clock;
    private final RunsLines lines;
    private final Map<List<String>, Instant> lastShown = new HashMap<>();

    PlainView(PrintStream out, Glyphs glyphs, Clock clock) {
        this.out = out;
        this.glyphs = glyphs;
        this.clock = clock;
        this.lines = new RunsLines(glyphs);
    }

    @Override
    public synchronized void on(RunEvent event) {
        if (event instanceof RunEvent.Started started) {
            out.println(lines.opening(started).head());
        } else if (event instanceof RunEvent.Recorded recorded) {
            recorded(recorded.runId(), recorded.entry());
        } else if (event instanceof RunEvent.Progressed progressed) {
            progressed(progressed);
        } else if (event instanceof RunEvent.Ended ended) {
            lastShown.keySet().removeIf(shown -> shown.get(0).equals(ended.runId()));
            out.println(lines.closing(ended).in(Integer.MAX_VALUE, glyphs));
        }
        out.flush();
    }

    private void recorded(String runId, Entry entry) {
        RunLines.Line line = lines.take(runId, entry);
        if (entry.kind() == Entry.Kind.STEP_STARTED) {
            lastShown.put(List.of(runId, entry.step()), clock.instant());
            out.println("> " + lines.tag(runId) + Columns.clean(entry.step()));
        } else if (!line.head().isEmpty()) {
            out.println(line.in(Integer.MAX_VALUE, glyphs));
        }
    }

    private void progressed(RunEvent.Progressed event) {
        Instant now = clock.instant();
        lines.progressed(event, now).ifPresent(step -> {
            List<String> place = List.of(event.runId(), event.step());
            if (lastShown.getOrDefault(place, Instant.MIN).isBefore(now.minus(PAUSE))) {
                lastShown.put(place, now);
                out.println("  " + lines.tag(event.runId()) + Columns.clean(event.step()) + ": " + step.plain(now));
            }
        });
    }
}
