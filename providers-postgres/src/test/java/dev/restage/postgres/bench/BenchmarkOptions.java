package dev.restage.postgres.bench;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What to measure.
 *
 * @param megabytes of COPY text in the database
 * @param rounds how often each way goes
 * @param home the PostgreSQL installation with servers and client programs
 * @param ways those whose name it matches are gone
 */
record BenchmarkOptions(int megabytes, int rounds, String home, Pattern ways) {

    static BenchmarkOptions of(String[] arguments) {
        if (arguments.length != 4) {
            throw new IllegalArgumentException("arguments: megabytes rounds installation ways");
        }
        return new BenchmarkOptions(
                Integer.parseInt(arguments[0]),
                Integer.parseInt(arguments[1]),
                arguments[2],
                Pattern.compile(arguments[3]));
    }

    static String number(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%.0f" : "%.2f", value);
    }
}
