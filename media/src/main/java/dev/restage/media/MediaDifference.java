package dev.restage.media;

import dev.restage.provider.media.MediaCosts;
import dev.restage.provider.media.MediaObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * How two media stores differ, within the scope of the options they were compared with.
 *
 * @param same what is the same on both sides
 * @param missing what only the source has
 * @param changed what both have, with different content; bytes are the source's
 * @param surplus what only the target has
 * @param former what the target has under the key of the source, where it should have another
 * @param archived what the target lacks, or has with different content, and the source has in an archive: it cannot be
 *     copied until it is restored there
 * @param refused what the target cannot hold under its key, as a disk cannot hold {@code ..}; both sides are left as they
 *     are; the samples say why, and the last one where all of them are, if they are more
 * @param markers the objects without content that a console has made to show a folder, where the target cannot hold such
 * @param lookedInto what of the missing and changed a filter will look into; bytes are those that it is sure to read
 * @param targetObjects how many objects the target has
 * @param costs what it costs to make the target like the source, in sentences; none if unknown, or nothing
 */
public record MediaDifference(
        Part same,
        Part missing,
        Part changed,
        Part surplus,
        Part former,
        Part archived,
        Part refused,
        Part markers,
        Part lookedInto,
        long targetObjects,
        List<String> costs) {

    /**
     * Copies the sentences.
     *
     * @param same what is the same on both sides
     * @param missing what only the source has
     * @param changed what both have, with different content
     * @param surplus what only the target has
     * @param former what the target has under the key of the source
     * @param archived what the source has in an archive
     * @param refused what the target cannot hold under its key
     * @param markers what only shows a folder, and the target cannot hold
     * @param lookedInto what a filter will look into
     * @param targetObjects how many objects the target has
     * @param costs what it costs to make the target like the source
     */
    public MediaDifference {
        costs = List.copyOf(costs);
    }

    MediaDifference costing(List<String> sentences) {
        return new MediaDifference(
                same,
                missing,
                changed,
                surplus,
                former,
                archived,
                refused,
                markers,
                lookedInto,
                targetObjects,
                sentences);
    }

    /**
     * Some of the objects.
     *
     * @param objects how many there are
     * @param bytes their size in all
     * @param samples the first few keys
     */
    public record Part(long objects, long bytes, List<String> samples) {

        /**
         * Copies the samples.
         *
         * @param objects how many there are
         * @param bytes their size in all
         * @param samples the first few keys
         */
        public Part {
            samples = List.copyOf(samples);
        }
    }

    /** {@return whether the target holds all of the source, unchanged, and nothing else} */
    public boolean isEmpty() {
        return holdsSource() && surplus.objects + former.objects == 0;
    }

    /** {@return whether the target holds all of the source that can be read and held, unchanged; it may hold more} */
    public boolean holdsSource() {
        return missing.objects + changed.objects == 0;
    }

    /** {@return how many objects the source has} */
    public long sourceObjects() {
        return same.objects + changed.objects + missing.objects + archived.objects + refused.objects + markers.objects;
    }

    /** Counts while two listings are joined, by several threads. */
    static final class Collector implements Comparison.Visitor {

        private final Tally same = new Tally();
        private final Tally missing = new Tally();
        private final Tally changed = new Tally();
        private final Tally surplus = new Tally();
        private final Tally former = new Tally();
        private final Tally archived = new Tally();
        private final Tally refused = new Tally();
        private final Tally lookedInto = new Tally();
        private final Tally markers = new Tally();
        private final RefusedKeys list;
        private final Filtering filtering;
        private final AtomicLong leftAtTarget = new AtomicLong();
        private final @Nullable MediaCosts costs;

        Collector(Filtering filtering) {
            this(filtering, null, new RefusedKeys(null));
        }

        /**
         * @param list told of each key that is refused
         * @param costs told of each copy; null if nobody asks what they cost
         */
        Collector(Filtering filtering, @Nullable MediaCosts costs, RefusedKeys list) {
            this.list = list;
            this.filtering = filtering;
            this.costs = costs;
        }

        @Override
        public void same(MediaObject source) {
            same.add(source);
        }

        @Override
        public void missing(MediaObject source) {
            missing.add(source);
            look(source);
        }

        @Override
        public void changed(MediaObject source, MediaObject target) {
            changed.add(source);
            look(source);
        }

        private void look(MediaObject source) {
            long read = filtering.readsBytes(source);
            if (read > 0) {
                lookedInto.add(source.key(), read);
            }
            if (costs == null) {
                return;
            }
            if (read == 0) {
                costs.copy(source);
            } else if (read == source.sizeBytes()) {
                costs.pass(source);
            } else {
                costs.look(source, read);
            }
        }

        @Override
        public void archived(MediaObject source, @Nullable MediaObject target) {
            archived.add(source);
            if (target != null) {
                leftAtTarget.incrementAndGet();
            }
        }

        @Override
        public void refused(MediaObject source, @Nullable MediaObject target, String why) {
            refused.add("\"%s\": %s".formatted(MediaObject.shown(source.key()), why), source.sizeBytes());
            list.add(source.key(), why);
            if (target != null) {
                leftAtTarget.incrementAndGet();
            }
        }

        @Override
        public void marker(MediaObject source) {
            markers.add(source);
        }

        @Override
        public void surplus(MediaObject target) {
            surplus.add(target);
        }

        @Override
        public void former(MediaObject target) {
            former.add(target);
        }

        MediaDifference difference() {
            return new MediaDifference(
                    same.part(),
                    missing.part(),
                    changed.part(),
                    surplus.part(),
                    former.part(),
                    archived.part(),
                    refusedPart(),
                    markers.part(),
                    lookedInto.part(),
                    same.objects() + changed.objects() + surplus.objects() + former.objects() + leftAtTarget.get(),
                    List.of());
        }

        private Part refusedPart() {
            Part part = refused.part();
            List<String> some = new ArrayList<>(part.samples());
            if (part.objects() > some.size()) {
                list.written()
                        .ifPresent(file -> some.add("and %d more, all in %s"
                                .formatted(part.objects() - part.samples().size(), file)));
            }
            return new Part(part.objects(), part.bytes(), some);
        }
    }
}
