package dev.restage.media;

import dev.restage.provider.media.MediaObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds copies back until all keys are known to fit into the target. Of more than it can hold it keeps none: then the
 * stores are compared once more, which costs one request more for each thousand copies.
 */
final class HeldCopies extends PassingOn {

    /** About 30 MB. */
    static final int MOST = 100_000;

    private record Copy(MediaObject source, @Nullable MediaObject target) {}

    private final int most;
    private final List<Copy> copies = new ArrayList<>();
    private boolean whole = true;

    HeldCopies(Comparison.Visitor visitor, int most) {
        super(visitor);
        this.most = most;
    }

    /** Whether all are held. */
    synchronized boolean isWhole() {
        return whole;
    }

    synchronized void release() {
        for (Copy copy : copies) {
            if (copy.target() == null) {
                super.missing(copy.source());
            } else {
                super.changed(copy.source(), copy.target());
            }
        }
        copies.clear();
    }

    @Override
    public void missing(MediaObject source) {
        hold(new Copy(source, null));
    }

    @Override
    public void changed(MediaObject source, MediaObject target) {
        hold(new Copy(source, target));
    }

    private synchronized void hold(Copy copy) {
        if (copies.size() == most) {
            whole = false;
            copies.clear();
        }
        if (whole) {
            copies.add(copy);
        }
    }
}
