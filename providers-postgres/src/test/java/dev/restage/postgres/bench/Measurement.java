package dev.restage.postgres.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What one go of a way took.
 *
 * @param wall seconds
 * @param client CPU seconds of all client processes
 * @param source CPU seconds of the source's server
 * @param target CPU seconds of the target's server
 * @param heap peak of the client's heap in megabytes; 0 for programs without one
 */
record Measurement(double wall, double client, double source, double target, double heap) {

    double cpu() {
        return client + source + target;
    }

    @Override
    public String toString() {
        return "%.2f s, CPU %.2f + %.2f + %.2f s, heap %.0f MB".formatted(wall, client, source, target, heap);
    }

    static double median(List<Measurement> measurements, ToDoubleFunction<Measurement> figure) {
        double[] sorted = measurements.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
