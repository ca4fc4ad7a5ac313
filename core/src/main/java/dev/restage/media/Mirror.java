package dev.restage.media;

import dev.restage.provider.MediaObject;
import dev.restage.provider.MediaStore;
import dev.restage.provider.ProviderException;
import dev.restage.provider.RestageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Copies while the listings are joined, and deletes when they have ended and all copies have succeeded. */
final class Mirror implements Comparison.Visitor {

    /** The most keys of one DeleteObjects call. Source: S3 API reference, read 2026-11. */
    private static final int DELETE_BATCH = 1000;

    private final MediaStore target;
    private final MediaSyncOptions options;
    private final Copies copies;
    private final MediaDifference.Collector seen = new MediaDifference.Collector();
    private final List<String> surplus = new ArrayList<>();
    private final Deletion deletion = new Deletion();

    Mirror(MediaStore target, MediaSyncOptions options, Copies copies) {
        this.target = target;
        this.options = options;
        this.copies = copies;
    }

    @Override
    public void same(MediaObject source) {
        seen.same(source);
    }

    @Override
    public void missing(MediaObject source) {
        seen.missing(source);
        copies.submit(source, Copies.Before.ABSENT);
    }

    @Override
    public void changed(MediaObject source) {
        seen.changed(source);
        copies.submit(source, Copies.Before.PRESENT);
    }

    @Override
    public void surplus(MediaObject object) {
        seen.surplus(object);
        // Beyond the cap nothing will be deleted, so the keys need no memory.
        if (options.surplus() == MediaSyncOptions.Surplus.DELETE && surplus.size() < options.maxDeletes()) {
            surplus.add(object.key());
        }
    }

    @Override
    public void former(MediaObject object) {
        seen.former(object);
    }

    MediaSyncResult finish(Comparison comparison) {
        MediaDifference difference = seen.difference();
        copies.await(
                difference.missing().objects() + difference.changed().objects(),
                difference.missing().bytes() + difference.changed().bytes());
        List<String> gone = copies.goneButAtTarget();
        options.refusal(difference, gone.size()).ifPresent(reason -> {
            throw new ProviderException(
                    ProviderException.Kind.FAILED,
                    "%s: %d objects were copied and nothing was deleted, because %s"
                            .formatted(target.identity(), copies.objects(), reason),
                    copies.effect(),
                    null);
        });
        if (options.surplus() == MediaSyncOptions.Surplus.DELETE) {
            surplus.addAll(gone);
            surplus.forEach(deletion::add);
            if (difference.former().objects() > 0) {
                comparison.walkRenamed(new FormerDeletion());
            }
            deletion.finish();
        }
        return new MediaSyncResult(difference, copies.objects(), copies.bytes(), deletion.objects, copies.gone());
    }

    /** Deletes while it walks, as the keys may be more than memory should hold. */
    private final class FormerDeletion implements Comparison.Visitor {
        @Override
        public void same(MediaObject source) {}

        @Override
        public void missing(MediaObject source) {}

        @Override
        public void changed(MediaObject source) {}

        @Override
        public void surplus(MediaObject object) {}

        @Override
        public void former(MediaObject object) {
            deletion.add(object.key());
        }
    }

    /** Deletes in batches, and says at the end what could not be deleted. */
    private final class Deletion {

        private final List<String> batch = new ArrayList<>();
        private final Map<String, String> failures = new TreeMap<>();
        private long objects;

        private void add(String key) {
            batch.add(key);
            objects++;
            if (batch.size() == DELETE_BATCH) {
                flush();
            }
        }

        private void flush() {
            if (!batch.isEmpty()) {
                failures.putAll(target.delete(List.copyOf(batch)));
                batch.clear();
            }
        }

        private void finish() {
            flush();
            if (!failures.isEmpty()) {
                Map.Entry<String, String> first = failures.entrySet().iterator().next();
                throw new ProviderException(
                        ProviderException.Kind.FAILED,
                        "%d of %d surplus objects of %s could not be deleted, for example %s: %s; all copies are done; run again"
                                .formatted(
                                        failures.size(), objects, target.identity(), first.getKey(), first.getValue()),
                        RestageException.Effect.SOME,
                        null);
            }
        }
    }
}
