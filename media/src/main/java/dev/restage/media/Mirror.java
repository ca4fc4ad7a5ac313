package dev.restage.media;

import dev.restage.media.internal.transfer.Deletion;
import dev.restage.media.internal.transfer.Trash;
import dev.restage.provider.ProviderException;
import dev.restage.provider.media.MediaObject;
import dev.restage.provider.media.MediaStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Copies while the listings are joined, and deletes when they have ended and all copies have succeeded. */
final class Mirror extends PassingOn {

    private final MediaStore target;
    private final MediaSyncOptions options;
    private final Copies copies;
    private final @Nullable Trash trash;
    private final MediaDifference.Collector seen;
    private final List<MediaObject> surplus = Collections.synchronizedList(new ArrayList<>());

    Mirror(
            MediaStore target,
            MediaSyncOptions options,
            Copies copies,
            MediaDifference.Collector seen,
            @Nullable Trash trash) {
        super(seen);
        this.seen = seen;
        this.target = target;
        this.options = options;
        this.copies = copies;
        this.trash = trash;
    }

    @Override
    public void same(MediaObject source) {
        super.same(source);
        copies.same(source);
    }

    @Override
    public void missing(MediaObject source) {
        super.missing(source);
        copies.submit(source, null);
    }

    @Override
    public void changed(MediaObject source, MediaObject before) {
        super.changed(source, before);
        copies.submit(source, before);
    }

    @Override
    public void surplus(MediaObject object) {
        super.surplus(object);
        // Beyond the cap nothing will be deleted, so the objects need no memory.
        if (options.surplus() == MediaSyncOptions.Surplus.DELETE && surplus.size() < options.maxDeletes()) {
            surplus.add(object);
        }
    }

    /** What it has heard of until now. */
    MediaDifference seen() {
        return seen.difference();
    }

    MediaSyncResult finish(Comparison comparison) {
        MediaDifference difference = seen.difference();
        copies.await(
                difference.missing().objects() + difference.changed().objects(),
                difference.missing().bytes() + difference.changed().bytes());
        List<MediaObject> gone = copies.goneButAtTarget();
        options.refusal(difference, gone.size()).ifPresent(reason -> {
            throw new ProviderException(
                    ProviderException.Kind.FAILED,
                    "%s: %d objects were copied and nothing was deleted, because %s"
                            .formatted(target.identity(), copies.objects(), reason),
                    copies.effect(),
                    null);
        });
        long deleted = 0;
        if (options.surplus() == MediaSyncOptions.Surplus.DELETE) {
            Deletion deletion = new Deletion(target, trash, options.parallelCopies());
            surplus.forEach(deletion::add);
            gone.forEach(deletion::add);
            deletion.finish();
            // All of it is there under names that tell nobody's; the trash would keep those that do.
            Deletion former = new Deletion(target, null, options.parallelCopies());
            if (difference.former().objects() > 0) {
                comparison.walkRenamed(new FormerDeletion(former));
            }
            former.finish();
            deleted = deletion.objects() + former.objects();
            copies.copyBlocked();
        }
        return new MediaSyncResult(
                difference,
                copies.objects(),
                copies.bytes(),
                deleted,
                copies.gone(),
                copies.filtered(),
                comparison.needs(),
                List.of());
    }

    /** Deletes while it walks, as the keys may be more than memory should hold. */
    private record FormerDeletion(Deletion deletion) implements Comparison.Visitor {
        @Override
        public void same(MediaObject source) {}

        @Override
        public void missing(MediaObject source) {}

        @Override
        public void changed(MediaObject source, MediaObject target) {}

        @Override
        public void archived(MediaObject source, @Nullable MediaObject target) {}

        @Override
        public void refused(MediaObject source, @Nullable MediaObject target, String why) {}

        @Override
        public void marker(MediaObject source) {}

        @Override
        public void surplus(MediaObject object) {}

        @Override
        public void former(MediaObject object) {
            deletion.add(object);
        }
    }
}
