package dev.restage.media;

import dev.restage.provider.media.KeyOrder;
import dev.restage.provider.media.MediaObject;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/** Counts objects and keeps the first few of their keys, whoever comes first. Used by several threads at once. */
final class Tally {

    private static final int FEW = 5;

    private final int most;
    private long objects;
    private long bytes;
    private final NavigableSet<String> samples = new TreeSet<>(KeyOrder.UTF_8);

    Tally() {
        this(FEW);
    }

    /** @param most how many keys are kept */
    Tally(int most) {
        this.most = most;
    }

    void add(MediaObject object) {
        add(object.key(), object.sizeBytes());
    }

    synchronized void add(String sample, long sizeBytes) {
        objects++;
        bytes += sizeBytes;
        if (samples.size() < most || KeyOrder.UTF_8.compare(sample, samples.last()) < 0) {
            samples.add(sample);
            if (samples.size() > most) {
                samples.pollLast();
            }
        }
    }

    synchronized long objects() {
        return objects;
    }

    synchronized MediaDifference.Part part() {
        return new MediaDifference.Part(objects, bytes, List.copyOf(samples));
    }
}
