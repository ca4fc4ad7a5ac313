package dev.restage.postgres.bench;

import java.util.Locale;

/**
 * What to measure.
 *
 * @param megabytes of COPY text in the database
 * @param rounds how often each way goes
 * @param home the PostgreSQL installation with servers and client programs
 */
record BenchmarkOptions(int megabytes, int rounds, String home) {

    static BenchmarkOptions of(String[] arguments) {
        if (arguments.length != 3) {
            throw new IllegalArgumentException("arguments: megabytes rounds installation");
        }
        return new BenchmarkOptions(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]), arguments[2]);
    }

    static String number(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%.0f" : "%.2f", value);
    }
}
