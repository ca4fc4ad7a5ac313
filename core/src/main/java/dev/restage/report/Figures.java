package dev.restage.report;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/** Numbers, sizes and times as people write them. */
final class Figures {

    /** Last words of facts whose digits name something and count nothing. */
    private static final Set<String> NAMES = Set.of("id", "oid", "pid", "number", "port", "version", "release", "run");

    private static final String[] SIZES = {"B", "kB", "MB", "GB", "TB", "PB"};

    private Figures() {}

    static String count(long number) {
        String digits = Long.toString(number);
        // a year or a port stays as it is; from five digits on groups help
        if (digits.length() < 5) {
            return digits;
        }
        return String.format(Locale.ROOT, "%,d", number).replace(',', ' ');
    }

    static String bytes(long bytes) {
        double size = bytes;
        int unit = 0;
        while (size >= 1000 && unit < SIZES.length - 1) {
            size /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 || size >= 100 ? "%.0f %s" : "%.1f %s", size, SIZES[unit]);
    }

    static String duration(Duration time) {
        long seconds = Math.max(0, time.toSeconds());
        if (seconds < 1) {
            return Math.max(0, time.toMillis()) + " ms";
        }
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return "%d min %02d s".formatted(seconds / 60, seconds % 60);
        }
        return "%d h %02d min".formatted(seconds / 3600, seconds % 3600 / 60);
    }

    /** A clock that runs, as narrow as it gets: {@code 1:05}, {@code 2:01:05}. */
    static String clock(Duration time) {
        long seconds = Math.max(0, time.toSeconds());
        return seconds < 3600
                ? "%d:%02d".formatted(seconds / 60, seconds % 60)
                : "%d:%02d:%02d".formatted(seconds / 3600, seconds % 3600 / 60, seconds % 60);
    }

    /** A fact's value for people: digits are grouped, bytes are a size; anything else stays as it is. */
    static String fact(String name, String value) {
        if (!isNumber(value) || NAMES.contains(lastWord(name))) {
            return value;
        }
        long number = Long.parseLong(value);
        return lastWord(stem(name)).equals("bytes") ? bytes(number) : count(number);
    }

    static boolean isNumber(String value) {
        return value.matches("0|[1-9][0-9]{0,17}");
    }

    /** A fact's name without a closing {@code before} or {@code after}. */
    static String stem(String name) {
        return name.replaceFirst("(^|[.-])(before|after)$", "");
    }

    private static String lastWord(String name) {
        return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('-')) + 1);
    }
}
