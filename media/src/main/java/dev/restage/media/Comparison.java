package dev.restage.media;

import dev.restage.media.internal.listing.FormerKeys;
import dev.restage.media.internal.listing.KeyMarks;
import dev.restage.media.internal.listing.Listing;
import dev.restage.media.internal.listing.Scope;
import dev.restage.media.internal.listing.Selection;
import dev.restage.media.internal.transfer.Threads;
import dev.restage.provider.media.KeyCheck;
import dev.restage.provider.media.KeyOrder;
import dev.restage.provider.media.KeyRange;
import dev.restage.provider.media.MediaObject;
import dev.restage.provider.media.MediaStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Joins the listings of two stores, range by range, several ranges at once. Holds a few pages of each range; where keys
 * differ, what {@link Listing#renamed} holds.
 */
final class Comparison {

    /** Hears of each object once, as it is called where it is; from several threads. */
    interface Visitor {
        void same(MediaObject source);

        void missing(MediaObject source);

        void changed(MediaObject source, MediaObject target);

        /** It must be restored before it can be copied. */
        void archived(MediaObject source, @Nullable MediaObject target);

        /** The target cannot hold it under its key; what it has there stays as it is. */
        void refused(MediaObject source, @Nullable MediaObject target, String why);

        /** A console has made it to show a folder, and the target cannot hold such. */
        void marker(MediaObject source);

        void surplus(MediaObject target);

        /** The target holds it under the key that it has at the source, and not at the target. */
        void former(MediaObject target);
    }

    /** Ranges that are listed at once: two connections each, and about 2 MB of memory. */
    private static final int RANGES_AT_ONCE = 8;

    private final MediaStore source;
    private final MediaStore target;
    private final KeyNames names;
    private final Scope scope;
    private Sameness sameness;
    private final MediaJournal journal;
    private final @Nullable NeededFiles needed;
    private final NeedsTally tally = new NeedsTally();

    /** @param needed the files without which an object of the source is passed over; null if all objects are wanted */
    Comparison(
            MediaStore source,
            MediaStore target,
            MediaSyncOptions options,
            KeyNames names,
            MediaJournal journal,
            Filtering filtering,
            @Nullable NeededFiles needed) {
        this.source = source;
        this.target = target;
        this.names = names;
        this.scope = options.scope();
        this.sameness = new Sameness(source, target, options.decision(), journal, filtering, null);
        this.journal = journal;
        this.needed = needed;
        scope.check(names.folders());
    }

    /** Takes for copied what a job inside the store has written since, if it fits. */
    void trust(Instant copiedSince) {
        sameness = sameness.after(copiedSince);
    }

    /**
     * Returns only after all listings have ended cleanly; for once. A target that cannot hold every key is walked in order,
     * since one key may rule out another.
     */
    void walk(Visitor visitor) {
        KeyCheck check = target.keyCheck();
        boolean takesAll = check == KeyCheck.NONE;
        Scope kept = scope.without(names.folders());
        KeyMarks.Collector marks = new KeyMarks.Collector();
        try (Threads threads = new Threads("restage-media-list")) {
            List<Runnable> joins = new ArrayList<>();
            for (KeyRange range : takesAll ? journal.marks().split(kept.ranges()) : kept.ranges()) {
                joins.add(() -> join(range, kept, check, threads, visitor, marks.range(range)));
            }
            joins.addAll(renamed(check, range -> select(range, scope::contains), threads, visitor));
            threads.run(joins, takesAll ? RANGES_AT_ONCE : 1);
        }
        journal.remember(marks.marks());
    }

    /** Walks only where objects have other keys at the target. */
    void walkRenamed(Visitor visitor) {
        try (Threads threads = new Threads("restage-media-list")) {
            threads.run(renamed(KeyCheck.NONE, range -> Selection.ALL, threads, visitor), 1);
        }
    }

    /** How needed files and objects of the source went together; null if all objects are wanted. */
    @Nullable MediaNeeds needs() {
        return needed == null ? null : tally.needs();
    }

    private Selection select(KeyRange range, Predicate<String> within) {
        return needed == null ? Selection.ALL : new NeededKeys(needed, range, within, tally);
    }

    private List<Runnable> renamed(
            KeyCheck check, Function<KeyRange, Selection> selections, Threads threads, Visitor visitor) {
        List<Runnable> joins = new ArrayList<>();
        for (String folder : names.folders()) {
            for (KeyRange range : scope.ranges(folder)) {
                joins.add(() -> joinRenamed(range, check, selections.apply(range), threads, visitor));
            }
        }
        return joins;
    }

    private void join(
            KeyRange range, Scope kept, KeyCheck check, Threads threads, Visitor visitor, KeyMarks.Counter marks) {
        try (Selection selection = select(range, kept::contains);
                Listing ours = Listing.of(source, range, kept::contains, selection, threads);
                Listing theirs = Listing.of(target, range, kept::contains, Selection.ALL, threads)) {
            join(ours, theirs, key -> false, check, threads, visitor, marks);
            selection.finish();
        }
    }

    private void joinRenamed(KeyRange range, KeyCheck check, Selection selected, Threads threads, Visitor visitor) {
        try (Selection selection = selected;
                Listing ours = Listing.renamed(source, range, scope::contains, names::at, selection, threads);
                Listing theirs = Listing.of(target, range, scope::contains, Selection.ALL, threads);
                FormerKeys former =
                        new FormerKeys(() -> Listing.of(source, range, scope::contains, Selection.ALL, threads))) {
            join(ours, theirs, former, check, threads, visitor, KeyMarks.Counter.NONE);
            selection.finish();
        }
    }

    private void join(
            Listing source,
            Listing target,
            Predicate<String> former,
            KeyCheck check,
            Threads threads,
            Visitor visitor,
            KeyMarks.Counter marks) {
        source.advance();
        target.advance();
        MediaObject ours = source.current();
        MediaObject theirs = target.current();
        while (ours != null || theirs != null) {
            int order = ours == null ? 1 : theirs == null ? -1 : KeyOrder.UTF_8.compare(source.key(), target.key());
            if (order <= 0 && ours != null) {
                marks.count(ours.key());
            }
            boolean marker = order <= 0 && ours != null && check != KeyCheck.NONE && isFolderMarker(ours);
            Optional<String> problem = order <= 0 && !marker ? check.problem(source.key()) : Optional.empty();
            if (marker && ours != null) {
                visitor.marker(ours);
            } else if (problem.isPresent() && ours != null) {
                visitor.refused(ours, order == 0 ? theirs : null, problem.get());
            } else if (order < 0 && ours != null) {
                missing(ours, visitor);
            } else if (order > 0 && theirs != null) {
                surplus(theirs, former, visitor);
            } else if (ours != null && theirs != null) {
                match(ours, theirs, threads, visitor);
            }
            if (order <= 0) {
                source.advance();
                ours = source.current();
            }
            if (order >= 0) {
                target.advance();
                theirs = target.current();
            }
        }
    }

    /** Consoles write such objects to show an empty folder. A bucket holds them as any other, a folder on a disk does not. */
    private static boolean isFolderMarker(MediaObject object) {
        return object.sizeBytes() == 0 && object.key().endsWith("/");
    }

    private static void missing(MediaObject ours, Visitor visitor) {
        if (ours.archived()) {
            visitor.archived(ours, null);
        } else {
            visitor.missing(ours);
        }
    }

    private void match(MediaObject ours, MediaObject theirs, Threads threads, Visitor visitor) {
        if (sameness.isDoubtful(ours, theirs)) {
            threads.aside(() -> decide(ours, theirs, visitor));
        } else {
            decide(ours, theirs, visitor);
        }
    }

    private void decide(MediaObject ours, MediaObject theirs, Visitor visitor) {
        if (sameness.holds(ours, theirs)) {
            visitor.same(ours);
        } else if (ours.archived()) {
            visitor.archived(ours, theirs);
        } else {
            visitor.changed(ours, theirs);
        }
    }

    private static void surplus(MediaObject theirs, Predicate<String> former, Visitor visitor) {
        if (former.test(theirs.key())) {
            visitor.former(theirs);
        } else {
            visitor.surplus(theirs);
        }
    }
}
