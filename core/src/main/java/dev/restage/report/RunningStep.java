package dev.restage.report;

import dev.restage.provider.Progress.Unit;
import dev.restage.run.RunEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A step that is under way, and the line that shows it. */
final class RunningStep {

    private static final int SHORTEST_BAR = 6;
    private static final int LONGEST_BAR = 40;

    /** A forecast before that jumps about. */
    private static final Duration FORECAST_AFTER = Duration.ofSeconds(3);

    /** After so many reports of one unit alone, what was counted beside it is over. */
    private static final int BESIDE = 4;

    private final String name;
    private final Instant startedAt;
    private final Map<Unit, Count> counts = new EnumMap<>(Unit.class);
    private @Nullable Unit unit;
    private int inARow;

    RunningStep(String name, Instant startedAt) {
        this.name = Columns.clean(name);
        this.startedAt = startedAt;
    }

    void progressed(RunEvent.Progressed event, Instant now) {
        inARow = unit == event.unit() ? inARow + 1 : 1;
        unit = event.unit();
        if (inARow > BESIDE) {
            counts.keySet().retainAll(Set.of(unit));
        }
        Count count = counts.get(unit);
        if (count == null || event.done() < count.done) {
            // the step goes on to another piece of work, so the speed so far says nothing
            count = new Count(event, now);
            counts.put(unit, count);
        }
        count.done = event.done();
        count.total = event.total();
    }

    /** What tells best how far the work is: bytes, if it is known how many there are. */
    private @Nullable Count leading() {
        Count bytes = counts.get(Unit.BYTES);
        if (bytes != null && bytes.total > 0) {
            return bytes;
        }
        return counts.values().stream()
                .filter(count -> count.total > 0)
                .findFirst()
                .orElse(unit == null ? null : counts.get(unit));
    }

    /** The line for a window of that many columns; every part that has no room is left out, the least telling first. */
    String line(int columns, int nameColumns, Glyphs glyphs, long frame, Instant now) {
        int names = Math.max(8, Math.min(nameColumns, columns / 3));
        StringBuilder line = new StringBuilder(spinner(glyphs, frame)).append(' ');
        line.append(Columns.pad(Columns.fit(name, names, glyphs.cut()), names));
        int room = columns - Columns.width(line.toString());
        List<String> parts = new ArrayList<>();
        Count leading = leading();
        for (String part : parts(leading, now)) {
            if (!part.isEmpty() && Columns.width(part) + 2 <= room) {
                parts.add(part);
                room -= Columns.width(part) + 2;
            }
        }
        int bar = Math.min(LONGEST_BAR, room - 2);
        if (leading != null && leading.total > 0 && bar >= SHORTEST_BAR) {
            int full = (int) Math.round(bar * leading.share());
            line.append("  ")
                    .append(glyphs.full().repeat(full))
                    .append(glyphs.empty().repeat(bar - full));
        }
        parts.forEach(part -> line.append("  ").append(part));
        return Columns.fit(line.toString(), columns, "");
    }

    /** What a plain line says: how far, how long. */
    String plain(Instant now) {
        List<String> parts = new ArrayList<>(parts(leading(), now));
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

    private List<String> parts(@Nullable Count leading, Instant now) {
        String elapsed = Figures.clock(Duration.between(startedAt, now));
        if (leading == null) {
            return List.of(elapsed);
        }
        StringBuilder amount = new StringBuilder(leading.amount(leading.total));
        counts.values().stream()
                .filter(count -> count != leading)
                .forEach(count -> amount.append(", ").append(count.amount(0)));
        return List.of(leading.percent(), amount.toString(), elapsed, leading.remaining(now), leading.rate(now));
    }

    /** How much of one unit is done. */
    private static final class Count {

        private final Unit unit;
        private final long first;
        private final Instant measuredSince;
        private long done;
        private long total;

        Count(RunEvent.Progressed event, Instant now) {
            this.unit = event.unit();
            this.first = event.done();
            this.measuredSince = now;
        }

        double share() {
            return Math.min(1, (double) done / total);
        }

        String percent() {
            // 100 % only when it is: the last per cent can take long
            return total <= 0 ? "" : "%3d %%".formatted(done >= total ? 100 : Math.min(99, (int) (share() * 100)));
        }

        String amount(long of) {
            if (unit == Unit.BYTES) {
                return Figures.bytes(done) + (of > 0 ? " of " + Figures.bytes(of) : "");
            }
            return Figures.count(done) + (of > 0 ? " of " + Figures.count(of) : "") + " "
                    + unit.name().toLowerCase(Locale.ROOT);
        }

        String remaining(Instant now) {
            double perSecond = perSecond(now);
            return total <= 0 || done >= total || perSecond == 0
                    ? ""
                    : "~" + Figures.clock(Duration.ofSeconds((long) Math.ceil((total - done) / perSecond))) + " left";
        }

        String rate(Instant now) {
            double perSecond = perSecond(now);
            if (perSecond < 1) {
                return "";
            }
            return unit == Unit.BYTES
                    ? Figures.bytes((long) perSecond) + "/s"
                    : Figures.count((long) perSecond) + " " + unit.name().toLowerCase(Locale.ROOT) + "/s";
        }

        /** 0 as long as that is not known. */
        private double perSecond(Instant now) {
            Duration measured = Duration.between(measuredSince, now);
            return done <= first || measured.compareTo(FORECAST_AFTER) < 0
                    ? 0
                    : (done - first) * 1000.0 / measured.toMillis();
        }
    }
}
