package dev.restage.media;

import com.google.common.hash.Hashing;
import dev.restage.media.internal.transfer.Trash;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.media.BulkCopier;
import dev.restage.provider.media.MediaObject;
import dev.restage.provider.media.MediaStore;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The part of a sync that the target does by a job of its own. The sync then compares the stores once more, and copies what
 * the job has not: so it need not trust the job's report.
 */
final class Bulk {

    private final MediaStore source;
    private final MediaStore target;
    private final MediaSyncOptions options;
    private final KeyNames names;
    private final Filtering filtering;
    private final MediaJournal journal;
    private final @Nullable Trash trash;
    private final Supplier<Comparison> comparisons;

    /**
     * @param journal told of each key that a job is to make where there was nothing, if there is a trash
     * @param comparisons a new one for each walk
     */
    Bulk(
            MediaStore source,
            MediaStore target,
            MediaSyncOptions options,
            KeyNames names,
            Filtering filtering,
            MediaJournal journal,
            @Nullable Trash trash,
            Supplier<Comparison> comparisons) {
        this.source = source;
        this.target = target;
        this.options = options;
        this.names = names;
        this.filtering = filtering;
        this.journal = journal;
        this.trash = trash;
        this.comparisons = comparisons;
    }

    /** What a job did, and how the stores differed before it, if this run has compared them. */
    record Done(
            BulkCopier.Outcome outcome,
            long bytes,
            @Nullable MediaDifference before) {}

    /** Empty if too few objects are to be copied. */
    Optional<Done> run(String runId, Progress progress) {
        if (options.bulkFrom() == 0) {
            return Optional.empty();
        }
        BulkCopier copier = target.bulk(source)
                .orElseThrow(() -> new ProviderException(
                        ProviderException.Kind.UNSUPPORTED,
                        "%s cannot copy objects of %s by a job of its own; set bulkFrom to 0"
                                .formatted(target.identity(), source.identity()),
                        ProviderException.Effect.NONE,
                        null));
        String token = token(runId);
        MediaDifference before = null;
        long bytes = 0;
        if (!copier.begun(token)) {
            Plan plan = new Plan(copier, new MediaDifference.Collector(filtering), object -> {});
            comparisons.get().walk(plan);
            before = plan.seen.difference();
            bytes = plan.bytes;
            if (plan.objects < options.bulkFrom()) {
                return Optional.empty();
            }
        }
        return Optional.of(new Done(copier.copy(token, objects -> hand(copier, objects), progress), bytes, before));
    }

    private void hand(BulkCopier copier, Consumer<MediaObject> objects) {
        comparisons.get().walk(new Plan(copier, new MediaDifference.Collector(filtering), object -> {
            if (trash != null) {
                journal.willAdd(trash.run(), object.key());
            }
            objects.accept(object);
        }));
        journal.write();
    }

    /** The same for one run, and another one for each pair of stores in it. */
    private String token(String runId) {
        String hash = Hashing.sha256()
                .hashString(runId + '\n' + source.identity() + '\n' + target.identity(), StandardCharsets.UTF_8)
                .toString();
        String readable = runId.replaceAll("[^A-Za-z0-9-]", "-");
        return readable.substring(0, Math.min(readable.length(), 40)) + "-" + hash.substring(0, 16);
    }

    /**
     * Finds what a job can do: not what gets another key or passes a filter, nor what is replaced and must go to the trash
     * before.
     */
    private final class Plan extends PassingOn {

        private final BulkCopier copier;
        private final Consumer<MediaObject> objectsOfJob;
        private final MediaDifference.Collector seen;
        private long objects;
        private long bytes;

        private Plan(BulkCopier copier, MediaDifference.Collector seen, Consumer<MediaObject> objectsOfJob) {
            super(seen);
            this.seen = seen;
            this.copier = copier;
            this.objectsOfJob = objectsOfJob;
        }

        private synchronized void plan(MediaObject source) {
            if (names.at(source.key()).equals(source.key())
                    && filtering.treatment(source).isEmpty()
                    && copier.takes(source)) {
                objects++;
                bytes += source.sizeBytes();
                objectsOfJob.accept(source);
            }
        }

        @Override
        public void missing(MediaObject source) {
            super.missing(source);
            plan(source);
        }

        @Override
        public void changed(MediaObject source, MediaObject target) {
            super.changed(source, target);
            if (trash == null) {
                plan(source);
            }
        }
    }
}
