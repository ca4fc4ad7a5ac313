package dev.restage.media.internal.transfer;

import dev.restage.provider.ProviderException;
import dev.restage.provider.RestageException;
import dev.restage.provider.media.MediaObject;
import dev.restage.provider.media.MediaStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Deletes in batches, into the trash if there is one, and says at the end what could not be deleted. */
public final class Deletion {

    /** The most keys of one DeleteObjects call. Source: S3 API reference, read 2026-11. */
    private static final int BATCH = 1000;

    private final MediaStore store;
    private final @Nullable Trash trash;
    private final int parallel;
    private final List<MediaObject> batch = new ArrayList<>();
    private final Map<String, String> failures = new TreeMap<>();
    private long objects;

    public Deletion(MediaStore store, @Nullable Trash trash, int parallel) {
        this.store = store;
        this.trash = trash;
        this.parallel = parallel;
    }

    public void add(MediaObject object) {
        batch.add(object);
        objects++;
        if (batch.size() == BATCH) {
            flush();
        }
    }

    public long objects() {
        return objects;
    }

    public void finish() {
        flush();
        if (!failures.isEmpty()) {
            Map.Entry<String, String> first = failures.entrySet().iterator().next();
            throw new ProviderException(
                    ProviderException.Kind.FAILED,
                    "%d of %d surplus objects of %s could not be deleted, for example %s: %s; all copies are done; run again"
                            .formatted(failures.size(), objects, store.identity(), first.getKey(), first.getValue()),
                    RestageException.Effect.SOME,
                    null);
        }
    }

    private void flush() {
        if (batch.isEmpty()) {
            return;
        }
        if (trash != null) {
            List<Runnable> moves = new ArrayList<>();
            batch.forEach(object -> moves.add(() -> trash.keep(object)));
            try (Threads threads = new Threads("restage-media-trash")) {
                threads.run(moves, parallel);
            }
        }
        failures.putAll(store.delete(batch.stream().map(MediaObject::key).toList()));
        batch.clear();
    }
}
