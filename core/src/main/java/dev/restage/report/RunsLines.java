package dev.restage.report;

import dev.restage.run.Entry;
import dev.restage.run.RunEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Follows runs that go on side by side. As long as there are several, what is told of one has the end of its id before it. */
final class RunsLines {

    private static final int TAG = 4;

    private final Map<String, RunLines> runs = new LinkedHashMap<>();
    private final Glyphs glyphs;

    RunsLines(Glyphs glyphs) {
        this.glyphs = glyphs;
    }

    /** A step under way, and what stands before it. */
    record Moving(String tag, RunningStep step) {}

    RunLines.Line opening(RunEvent.Started started) {
        of(started.runId());
        return new RunLines.Line(RunLines.Mark.QUIET, "", RunLines.opening(started.plan(), started.runId()), "");
    }

    RunLines.Line take(String runId, Entry entry) {
        return tagged(runId, of(runId).take(entry));
    }

    /** The step is past its beginning, and this is how far it is. */
    Optional<RunningStep> progressed(RunEvent.Progressed event, Instant now) {
        Optional<RunningStep> step =
                Optional.ofNullable(of(event.runId()).running().get(event.step()));
        step.ifPresent(running -> running.progressed(event, now));
        return step;
    }

    RunLines.Line closing(RunEvent.Ended ended) {
        RunLines.Line line = of(ended.runId()).closing(ended.receipt());
        runs.remove(ended.runId());
        return line;
    }

    /** {@return whether no run is going on} */
    boolean over() {
        return runs.isEmpty();
    }

    List<Moving> moving() {
        List<Moving> moving = new ArrayList<>();
        runs.forEach((id, lines) -> lines.running().values().forEach(step -> moving.add(new Moving(tag(id), step))));
        return moving;
    }

    String tag(String runId) {
        return runs.size() < 2 ? "" : runId.substring(Math.max(0, runId.length() - TAG)) + " ";
    }

    private RunLines of(String runId) {
        return runs.computeIfAbsent(runId, id -> new RunLines(glyphs));
    }

    private RunLines.Line tagged(String runId, RunLines.Line line) {
        return line.head().isEmpty()
                ? line
                : new RunLines.Line(line.mark(), line.sign(), tag(runId) + line.head(), line.rest());
    }
}
