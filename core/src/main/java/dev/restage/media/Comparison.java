package dev.restage.media;

import dev.restage.provider.MediaObject;
import dev.restage.provider.MediaStore;
import org.jspecify.annotations.Nullable;

/** Joins the listings of two stores, holding one object of each. */
final class Comparison {

    /** Hears of each key once, in the order of keys. */
    interface Visitor {
        void same(MediaObject source);

        void missing(MediaObject source);

        void changed(MediaObject source);

        void surplus(MediaObject target);
    }

    private final Listing source;
    private final Listing target;
    private final Sameness sameness;

    Comparison(MediaStore source, MediaStore target, MediaSyncOptions options) {
        this.source = new Listing(source, options);
        this.target = new Listing(target, options);
        this.sameness = new Sameness(source, target, options.decision());
    }

    /** Returns only after both listings have ended cleanly. */
    void walk(Visitor visitor) {
        while (step(source.current(), target.current(), visitor)) {}
    }

    private boolean step(@Nullable MediaObject ours, @Nullable MediaObject theirs, Visitor visitor) {
        if (ours == null && theirs == null) {
            return false;
        }
        if (ours != null && (theirs == null || KeyOrder.UTF_8.compare(ours.key(), theirs.key()) < 0)) {
            visitor.missing(ours);
            source.advance();
        } else if (theirs != null && (ours == null || !ours.key().equals(theirs.key()))) {
            visitor.surplus(theirs);
            target.advance();
        } else if (ours != null && theirs != null) {
            if (sameness.holds(ours, theirs)) {
                visitor.same(ours);
            } else {
                visitor.changed(ours);
            }
            source.advance();
            target.advance();
        }
        return true;
    }
}
