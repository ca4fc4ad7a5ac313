package dev.restage.media;

import com.google.common.collect.Iterables;
import dev.restage.media.internal.listing.Ahead;
import dev.restage.media.internal.listing.Scope;
import dev.restage.media.internal.transfer.Deletion;
import dev.restage.media.internal.transfer.Threads;
import dev.restage.media.internal.transfer.Trash;
import dev.restage.provider.GuardException;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.media.KeyCheck;
import dev.restage.provider.media.KeyRange;
import dev.restage.provider.media.MediaAttribute;
import dev.restage.provider.media.MediaCosts;
import dev.restage.provider.media.MediaFilter;
import dev.restage.provider.media.MediaObject;
import dev.restage.provider.media.MediaStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes one media store hold what another holds. Compares two sorted listings in constant memory, copies what differs in
 * parallel, and deletes last, if at all. Objects may have other keys at the target; what it holds of them under their
 * keys at the source is deleted with the surplus, and no cap counts it, as all of it is there under its new key.
 *
 * <p>Immutable; may be used by several threads.
 */
public final class MediaSync {

    private final MediaStore source;
    private final MediaStore target;
    private final MediaSyncOptions options;
    private final KeyNames names;
    private final MediaJournal journal;
    private final Cleaning cleaning;
    private final @Nullable NeededFiles needed;

    private record Cleaning(@Nullable MediaFilter filter, Consumer<FilterReport> failed) {

        static final Cleaning NONE = new Cleaning(null, report -> {});
    }

    private MediaSync(
            MediaStore source,
            MediaStore target,
            MediaSyncOptions options,
            KeyNames names,
            MediaJournal journal,
            Cleaning cleaning,
            @Nullable NeededFiles needed) {
        this.source = source;
        this.target = target;
        this.options = options;
        this.names = names;
        this.journal = journal;
        this.cleaning = cleaning;
        this.needed = needed;
    }

    /**
     * Plans a sync; changes nothing.
     *
     * @param source the store to read
     * @param target the store that is to be like it
     * @param options the scope, when two objects are the same, and what may be deleted
     * @return the sync
     */
    public static MediaSync between(MediaStore source, MediaStore target, MediaSyncOptions options) {
        return new MediaSync(source, target, options, KeyNames.SAME, MediaJournal.NONE, Cleaning.NONE, null);
    }

    /**
     * Gives objects other keys at the target.
     *
     * @param others which objects have other keys at the target
     * @return the sync with them
     */
    public MediaSync names(KeyNames others) {
        return new MediaSync(source, target, options, others, journal, cleaning, needed);
    }

    /**
     * Remembers what a later sync can spare.
     *
     * @param memory the journal of these two stores; stays open
     * @return the sync with it
     */
    public MediaSync journal(MediaJournal memory) {
        return new MediaSync(source, target, options, names, memory, cleaning, needed);
    }

    /**
     * Sends objects through a filter on their way. Those that it looks into pass through here, and are the same in a later
     * sync only if the journal remembers them: without a journal they are copied every time.
     *
     * @param filter decides what reaches the target
     * @return the sync with it
     */
    public MediaSync filter(MediaFilter filter) {
        return filter(filter, report -> {});
    }

    /**
     * Does the same, and tells also what it has done in a sync that fails.
     *
     * @param filter decides what reaches the target
     * @param failed told of what has reached the target, before a sync throws
     * @return the sync with it
     */
    public MediaSync filter(MediaFilter filter, Consumer<FilterReport> failed) {
        return new MediaSync(source, target, options, names, journal, new Cleaning(filter, failed), needed);
    }

    /**
     * Passes over objects of the source that are not needed, as if it did not have them.
     *
     * @param files the files that are needed, with their keys at the target; stay open
     * @return the sync with them
     */
    public MediaSync needing(NeededFiles files) {
        return new MediaSync(source, target, options, names, journal, cleaning, files);
    }

    /**
     * Compares the two stores; changes nothing. Costs their listings, two requests for each object of equal size whose
     * ETags say nothing about its content, and reading the files of a folder whose time differs.
     *
     * @return what differs
     * @throws ProviderException if a store refuses or cannot be reached, or does not list in order; {@code UNSUPPORTED} if
     *     the target cannot hold all keys and is not told to leave them out
     */
    public MediaDifference compare() {
        Filtering filtering = new Filtering(cleaning.filter(), journal);
        MediaCosts costs = target.costs(source).orElse(null);
        MediaDifference difference;
        try (RefusedKeys list = journal.refusedKeys()) {
            MediaDifference.Collector collector = new MediaDifference.Collector(filtering, costs, list.begin());
            new Comparison(source, target, options, names, journal, filtering, needed).walk(collector);
            difference = checked(collector.difference());
        }
        return costs == null || difference.holdsSource()
                ? difference
                : difference.costing(costs.sentences(
                        difference.sourceObjects(),
                        difference.targetObjects(),
                        options.surplus() == MediaSyncOptions.Surplus.KEEP
                                ? 0
                                : difference.surplus().objects()
                                        + difference.former().objects()));
    }

    private MediaDifference checked(MediaDifference difference) {
        if (difference.refused().objects() > 0 && target.keyCheck().outcome() == KeyCheck.Outcome.FAIL) {
            throw new ProviderException(
                    ProviderException.Kind.UNSUPPORTED,
                    "%d objects of %s cannot be held by %s under their keys; nothing was written; %s; they are: %s"
                            .formatted(
                                    difference.refused().objects(),
                                    source.identity(),
                                    target.identity(),
                                    target.keyCheck().remedy(),
                                    String.join("; ", difference.refused().samples())),
                    ProviderException.Effect.NONE,
                    null);
        }
        return difference;
    }

    /**
     * Copies what is missing or changed, then deletes surplus objects if the options say so. May be run again after a
     * failure: what has been copied is then the same. An object that vanishes from the source meanwhile counts as gone;
     * one that changes meanwhile is copied again.
     *
     * @param runId names the run in the trash, if there is one; the same when a run goes on
     * @param startedAt when the run began; the same when it goes on
     * @param progress told of objects and bytes copied; of the totals when both listings have ended
     * @return what was done
     * @throws GuardException if the two stores overlap; nothing was changed
     * @throws ProviderException if a listing or a copy failed, a file could not be cleaned, or a cap forbids the deletions;
     *     nothing was deleted then; {@code UNSUPPORTED} before anything is written if the target cannot hold all keys
     */
    public MediaSyncResult run(String runId, Instant startedAt, Progress progress) {
        if (source.identity().overlaps(target.identity())) {
            throw new GuardException(
                    "the source %s and the target %s overlap, so a sync would overwrite its own source: correct one of the addresses"
                            .formatted(source.identity(), target.identity()));
        }
        Trash trash = options.trashDays() == 0 ? null : new Trash(target, Trash.run(startedAt, runId), options.keep());
        Filtering filtering = new Filtering(cleaning.filter(), journal);
        try {
            return run(filtering, trash, runId, startedAt, progress);
        } catch (RuntimeException e) {
            cleaning.failed().accept(filtering.report());
            throw e;
        }
    }

    private MediaSyncResult run(
            Filtering filtering, @Nullable Trash trash, String runId, Instant startedAt, Progress progress) {
        if (trash != null) {
            journal.begin(trash.run());
        }
        Supplier<Comparison> comparisons =
                () -> new Comparison(source, target, options, names, journal, filtering, needed);
        Bulk.Done bulk = new Bulk(source, target, options, names, filtering, journal, trash, comparisons)
                .run(runId, progress)
                .orElse(null);
        try (RefusedKeys list = journal.refusedKeys();
                Copies copies = new Copies(source, target, options, names, journal, filtering, trash, progress)) {
            Walk walk = walk(
                    filtering,
                    () -> new Walk(
                            comparisons.get(),
                            new Mirror(
                                    target,
                                    options,
                                    copies,
                                    new MediaDifference.Collector(filtering, null, list.begin()),
                                    trash)),
                    bulk == null ? null : bulk.outcome().startedAt());
            MediaSyncResult result = walk.mirror().finish(walk.comparison());
            dropExpired(trash, startedAt);
            return bulk == null ? result : result.after(bulk);
        }
    }

    private record Walk(Comparison comparison, Mirror mirror) {}

    /** A target that takes only some keys gets nothing before all are known. */
    private Walk walk(Filtering filtering, Supplier<Walk> walks, @Nullable Instant copiedSince) {
        Walk walk = walks.get();
        if (copiedSince != null) {
            walk.comparison().trust(copiedSince);
        }
        if (target.keyCheck() == KeyCheck.NONE) {
            walk.comparison().walk(walk.mirror());
            return walk;
        }
        HeldCopies held = new HeldCopies(walk.mirror(), HeldCopies.MOST);
        walk.comparison().walk(held);
        checked(walk.mirror().seen());
        if (held.isWhole()) {
            held.release();
            return walk;
        }
        filtering.restart();
        Walk again = walks.get();
        again.comparison().walk(again.mirror());
        return again;
    }

    /**
     * The same for a run without a name and of now.
     *
     * @param progress told of objects and bytes copied
     * @return what was done
     * @throws GuardException if the two stores overlap; nothing was changed
     * @throws ProviderException if a listing or a copy failed, or a cap forbids the deletions; nothing was deleted then
     */
    public MediaSyncResult run(Progress progress) {
        return run(UUID.randomUUID().toString(), Instant.now(), progress);
    }

    private void dropExpired(@Nullable Trash trash, Instant now) {
        if (trash != null) {
            Deletion deletion = new Deletion(target, null, options.parallelCopies());
            trash.expired(now, Duration.ofDays(options.trashDays())).forEach(deletion::add);
            deletion.finish();
        }
    }

    /**
     * {@return whether {@link #undo} would know what the run has made where there was nothing}
     *
     * @param journal the run's journal; stays open
     * @param runId the run
     * @param startedAt when it began
     */
    public static boolean knowsNew(MediaJournal journal, String runId, Instant startedAt) {
        return journal.knows(Trash.run(startedAt, runId));
    }

    /**
     * Finds what {@link #undo} would overwrite or delete although somebody has made it anew since the run. The store's clock is
     * compared with this machine's.
     *
     * @param target the store that was changed
     * @param journal the run's journal; stays open
     * @param runId the run
     * @param startedAt when it began
     * @param endedAt when it had made its last change
     * @return the keys, in the order of the store
     * @throws ProviderException if the store cannot be listed
     */
    public static List<String> changedSince(
            MediaStore target, MediaJournal journal, String runId, Instant startedAt, Instant endedAt) {
        Trash trash = new Trash(target, Trash.run(startedAt, runId), EnumSet.noneOf(MediaAttribute.class));
        Set<String> undone = new HashSet<>(journal.added(trash.run()));
        trash.kept().forEach(kept -> undone.add(trash.place(kept)));
        List<String> changed = new ArrayList<>();
        for (KeyRange range : new Scope(List.of(), List.of(Trash.PREFIX)).ranges()) {
            target.list(range).forEachRemaining(object -> {
                if (undone.contains(object.key()) && object.modifiedAt().isAfter(endedAt)) {
                    changed.add(object.key());
                }
            });
        }
        return changed;
    }

    /**
     * Puts back what a run has deleted or replaced, from the trash, and deletes what it made where there was nothing, as
     * far as the journal remembers it. The source is not asked. May be called again.
     *
     * @param target the store that was changed
     * @param options what the run was done with
     * @param journal its journal; stays open
     * @param runId the run
     * @param startedAt when it began
     * @return how many objects were put back
     * @throws ProviderException if an object cannot be put back or deleted
     */
    public static long undo(
            MediaStore target, MediaSyncOptions options, MediaJournal journal, String runId, Instant startedAt) {
        Trash trash = new Trash(target, Trash.run(startedAt, runId), options.keep());
        long count = 0;
        try (Threads threads = new Threads("restage-media-undo")) {
            for (List<MediaObject> some : Iterables.partition(trash.kept(), Ahead.PAGE)) {
                List<Runnable> returns = new ArrayList<>();
                some.forEach(kept -> returns.add(() -> trash.putBack(kept)));
                threads.run(returns, options.parallelCopies());
                count += some.size();
            }
        }
        Deletion deletion = new Deletion(target, null, options.parallelCopies());
        journal.added(trash.run()).forEach(key -> deletion.add(new MediaObject(key, 0, "", startedAt)));
        trash.kept().forEach(deletion::add);
        deletion.finish();
        journal.forget(trash.run());
        return count;
    }
}
