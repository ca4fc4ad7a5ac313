package dev.restage.report;

import dev.restage.plan.RunEvent;
import dev.restage.provider.Progress.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A step that is under way, and the line that shows it. */
final class RunningStep {

    private static final int SHORTEST_BAR = 6;
    private static final int LONGEST_BAR = 40;

    /** A forecast before that jumps about. */
    private static final Duration FORECAST_AFTER = Duration.ofSeconds(3);

    private final String name;
    private final Instant startedAt;
    private @Nullable Instant measuredSince;
    private @Nullable Unit unit;
    private long first;
    private long done;
    private long total;

    RunningStep(String name, Instant startedAt) {
        this.name = Columns.clean(name);
        this.startedAt = startedAt;
    }

    void progressed(RunEvent.Progressed event, Instant now) {
        if (unit != event.unit()) {
            // the step goes on to another kind of work, so the speed so far says nothing
            unit = event.unit();
            measuredSince = now;
            first = event.done();
        }
        done = event.done();
        total = event.total();
    }

    /** The line for a window of that many columns; every part that has no room is left out, the least telling first. */
    String line(int columns, int nameColumns, Glyphs glyphs, long frame, Instant now) {
        int names = Math.max(8, Math.min(nameColumns, columns / 3));
        StringBuilder line = new StringBuilder(spinner(glyphs, frame)).append(' ');
        line.append(Columns.pad(Columns.fit(name, names, glyphs.cut()), names));
        int room = columns - Columns.width(line.toString());
        List<String> parts = new ArrayList<>();
        for (String part : List.of(percent(), amount(), elapsed(now), remaining(now))) {
            if (!part.isEmpty() && Columns.width(part) + 2 <= room) {
                parts.add(part);
                room -= Columns.width(part) + 2;
            }
        }
        int bar = Math.min(LONGEST_BAR, room - 2);
        if (total > 0 && bar >= SHORTEST_BAR) {
            int full = (int) Math.round(bar * share());
            line.append("  ")
                    .append(glyphs.full().repeat(full))
                    .append(glyphs.empty().repeat(bar - full));
        }
        parts.forEach(part -> line.append("  ").append(part));
        return Columns.fit(line.toString(), columns, "");
    }

    /** What a plain line says: how far, how long. */
    String plain(Instant now) {
        List<String> parts = new ArrayList<>(List.of(percent(), amount(), elapsed(now), remaining(now)));
        parts.removeIf(String::isEmpty);
        return String.join(", ", parts);
    }

    int nameWidth() {
        return Columns.width(name);
    }

    private static String spinner(Glyphs glyphs, long frame) {
        return glyphs.spinner()
                .get((int) Math.floorMod(frame, (long) glyphs.spinner().size()));
    }

    private double share() {
        return Math.min(1, (double) done / total);
    }

    private String percent() {
        // 100 % only when it is: the last per cent can take long
        return total <= 0 ? "" : "%3d %%".formatted(done >= total ? 100 : Math.min(99, (int) (share() * 100)));
    }

    private String amount() {
        Unit counted = unit;
        if (counted == null) {
            return "";
        }
        if (counted == Unit.BYTES) {
            return Figures.bytes(done) + (total > 0 ? " of " + Figures.bytes(total) : "");
        }
        return Figures.count(done) + (total > 0 ? " of " + Figures.count(total) : "") + " "
                + counted.name().toLowerCase(Locale.ROOT);
    }

    private String elapsed(Instant now) {
        return Figures.clock(Duration.between(startedAt, now));
    }

    private String remaining(Instant now) {
        Instant since = measuredSince;
        if (since == null || total <= 0 || done >= total || done <= first) {
            return "";
        }
        Duration measured = Duration.between(since, now);
        if (measured.compareTo(FORECAST_AFTER) < 0) {
            return "";
        }
        double seconds = measured.toMillis() / 1000.0 * (total - done) / (done - first);
        return "~" + Figures.clock(Duration.ofSeconds((long) Math.ceil(seconds))) + " left";
    }
}
