package dev.restage.media.internal.transfer;

import dev.restage.provider.Progress;
import dev.restage.provider.media.MediaObject;
import java.util.concurrent.TimeUnit;

/** Counts what has been copied. Where bytes pass through here, they count when they pass, else with their object. */
public final class CopyProgress {

    /** Bytes come more often than anybody looks. */
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(100);

    private final Progress listener;
    private final boolean passing;
    private long objects;
    private long bytes;
    private long passed;
    private long totalObjects;
    private long totalBytes;
    private long shown;
    private long reportedAt = System.nanoTime();

    public CopyProgress(Progress listener, boolean passing) {
        this.listener = listener;
        this.passing = passing;
    }

    public synchronized void total(long ofObjects, long ofBytes) {
        totalObjects = ofObjects;
        totalBytes = ofBytes;
        report();
    }

    public synchronized void done(MediaObject copied) {
        objects++;
        bytes += copied.sizeBytes();
        report();
    }

    public synchronized void passed(long count) {
        passed += count;
        if (System.nanoTime() - reportedAt > PAUSE) {
            report();
        }
    }

    public synchronized long objects() {
        return objects;
    }

    public synchronized long bytes() {
        return bytes;
    }

    private void report() {
        reportedAt = System.nanoTime();
        listener.report(Progress.Unit.OBJECTS, objects, totalObjects);
        long now = passing ? Math.max(passed, bytes) : bytes;
        // What is read a second time, after a failure, does not count twice.
        shown = Math.max(shown, totalBytes > 0 ? Math.min(now, totalBytes) : now);
        listener.report(Progress.Unit.BYTES, shown, totalBytes == 0 ? 0 : Math.max(shown, totalBytes));
    }
}
