package dev.restage.step.media;

import dev.restage.plan.Access;
import dev.restage.plan.Change;
import dev.restage.plan.Decision;
import dev.restage.plan.Holds;
import dev.restage.plan.Step;
import dev.restage.plan.StepContext;
import dev.restage.provider.Address;
import dev.restage.provider.ProviderException;
import dev.restage.provider.media.MediaObject;
import dev.restage.provider.media.MediaStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Deletes media objects that no row of a copied database names, such as images that are made again on demand. What has
 * come since the run began stays: the site may have made it already. There is no way back, and none is needed.
 *
 * @param media the store to change
 * @param folders the folders to empty: {@code images/}
 */
public record EmptyMedia(Address media, List<String> folders) implements Step {

    private static final int BATCH = 1000;

    /**
     * Checks the folders.
     *
     * @param media the store to change
     * @param folders the folders to empty
     */
    public EmptyMedia {
        folders = List.copyOf(folders);
        if (folders.stream().anyMatch(folder -> folder.length() < 2 || !folder.endsWith("/"))) {
            throw new IllegalArgumentException(
                    "%s are not all folders: write each with a / at its end, and none that means the whole store"
                            .formatted(folders));
        }
    }

    @Override
    public Access access() {
        return Access.NONE.writing(media);
    }

    @Override
    public Decision decide(StepContext context) {
        Count count = count(context);
        return count.objects == 0
                ? Decision.NOTHING
                : Decision.of(new Change(
                                media,
                                "lose %d objects (%.1f MB) in %s, which the copied database does not name"
                                        .formatted(count.objects, count.bytes / 1e6, String.join(", ", folders)))
                        .counting(Change.Effect.LOST, count.objects, "objects"));
    }

    @Override
    public void execute(StepContext context, Decision decision) {
        MediaStore store = context.use(media, MediaStore.class);
        Map<String, String> failures = new TreeMap<>();
        List<String> batch = new ArrayList<>();
        Count count = new Count();
        forEach(context, object -> {
            count.add(object);
            batch.add(object.key());
            if (batch.size() == BATCH) {
                failures.putAll(store.delete(List.copyOf(batch)));
                batch.clear();
            }
        });
        if (!batch.isEmpty()) {
            failures.putAll(store.delete(batch));
        }
        if (!failures.isEmpty()) {
            Map.Entry<String, String> first = failures.entrySet().iterator().next();
            throw new ProviderException(
                    ProviderException.Kind.FAILED,
                    "%d of %d objects of %s could not be deleted, for example %s: %s; run again"
                            .formatted(failures.size(), count.objects, media, first.getKey(), first.getValue()),
                    ProviderException.Effect.SOME,
                    null);
        }
        context.fact("objects.deleted", Long.toString(count.objects));
    }

    @Override
    public Holds holds(StepContext context, Decision decision) {
        return Holds.when(count(context).objects == 0);
    }

    private Count count(StepContext context) {
        Count count = new Count();
        forEach(context, count::add);
        return count;
    }

    private void forEach(StepContext context, Consumer<MediaObject> consumer) {
        MediaStore store = context.use(media, MediaStore.class);
        Instant begun = context.startedAt();
        for (String folder : folders) {
            for (Iterator<MediaObject> objects = store.list(folder); objects.hasNext(); ) {
                MediaObject object = objects.next();
                if (object.modifiedAt().isBefore(begun)) {
                    consumer.accept(object);
                }
            }
        }
    }

    private static final class Count {

        private long objects;
        private long bytes;

        private void add(MediaObject object) {
            objects++;
            bytes += object.sizeBytes();
        }
    }
}
