package dev.restage.postgres.bench;

import dev.restage.sandbox.server.PostgresDatabase;
import java.util.Map;

/**
 * One way from a source to a target.
 *
 * @param name as the report shows it
 * @param work goes it, and returns the client's peak heap in megabytes, or 0
 * @param goals the most that its wall time may be, as a ratio to that of another way, by the other's name
 */
record Way(String name, Work work, Map<String, Double> goals) {

    /** Copies, restores or reads. */
    @FunctionalInterface
    interface Work {
        double go(PostgresDatabase source, PostgresDatabase target) throws Exception;
    }
}
