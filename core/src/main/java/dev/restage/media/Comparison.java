package dev.restage.media;

import dev.restage.provider.KeyOrder;
import dev.restage.provider.MediaObject;
import dev.restage.provider.MediaStore;
import java.util.function.Predicate;

/**
 * Joins the listings of two stores, holding one object of each; where keys differ, what {@link RenamedObjects} holds.
 */
final class Comparison {

    /** Hears of each object once, as it is called where it is; of those that have other keys at the target, last. */
    interface Visitor {
        void same(MediaObject source);

        void missing(MediaObject source);

        void changed(MediaObject source);

        void surplus(MediaObject target);

        /** The target holds it under the key that it has at the source, and not at the target. */
        void former(MediaObject target);
    }

    private final MediaStore source;
    private final MediaStore target;
    private final MediaSyncOptions options;
    private final KeyNames names;
    private final Sameness sameness;

    Comparison(MediaStore source, MediaStore target, MediaSyncOptions options, KeyNames names) {
        this.source = source;
        this.target = target;
        this.options = options;
        this.names = names;
        this.sameness = new Sameness(source, target, options.decision());
    }

    /** Returns only after all listings have ended cleanly. */
    void walk(Visitor visitor) {
        MediaSyncOptions kept = names.kept(options);
        join(new Listing(source, kept, KeyNames.SAME), new Listing(target, kept, KeyNames.SAME), key -> false, visitor);
        walkRenamed(visitor);
    }

    /** Walks only where objects have other keys at the target. */
    void walkRenamed(Visitor visitor) {
        for (MediaSyncOptions part : names.changed(options)) {
            join(
                    new Listing(source, part, names),
                    new Listing(target, part, KeyNames.SAME),
                    new FormerKeys(source, part),
                    visitor);
        }
    }

    private void join(Listing source, Listing target, Predicate<String> former, Visitor visitor) {
        while (step(source, target, former, visitor)) {}
    }

    private boolean step(Listing source, Listing target, Predicate<String> former, Visitor visitor) {
        MediaObject ours = source.current();
        MediaObject theirs = target.current();
        if (ours == null && theirs == null) {
            return false;
        }
        if (ours != null && (theirs == null || KeyOrder.UTF_8.compare(source.key(), theirs.key()) < 0)) {
            visitor.missing(ours);
            source.advance();
        } else if (theirs != null && (ours == null || !source.key().equals(theirs.key()))) {
            if (former.test(theirs.key())) {
                visitor.former(theirs);
            } else {
                visitor.surplus(theirs);
            }
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
