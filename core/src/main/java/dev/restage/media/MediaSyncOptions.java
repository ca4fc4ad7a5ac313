package dev.restage.media;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a media sync looks at, when two objects count as the same, and what may be deleted. Prefixes are the beginning of
 * keys as text: write {@code images/}, since {@code images} also means {@code images_old/}.
 *
 * @param include the prefixes to look at; empty for all
 * @param exclude the prefixes to leave untouched on both sides, even below an included one
 * @param decision when two objects count as the same
 * @param surplus what becomes of objects that only the target has
 * @param emptySource what to do with a target that has objects when the source has none
 * @param maxDeletes the most objects that one run deletes; a run that would delete more deletes none and fails
 * @param maxDeleteShare the same as a share of the target's objects in scope, from 0 to 1
 * @param parallelCopies how many objects are copied at once
 */
public record MediaSyncOptions(
        List<String> include,
        List<String> exclude,
        Decision decision,
        Surplus surplus,
        EmptySource emptySource,
        long maxDeletes,
        double maxDeleteShare,
        int parallelCopies) {

    /** When two objects of one key count as the same. */
    public enum Decision {
        /**
         * Equal content as far as the stores can tell without a request per object: equal size and ETag. Where one side
         * has no ETag (a folder): equal size and time to the second, else equal size and MD5. Never "the target is newer".
         */
        EXACT,
        /** Equal size, and the target is not older than the source. Misses what was changed on the target. */
        SIZE_AND_TIME,
        /** Equal size. Misses changes that keep the size. */
        SIZE_ONLY
    }

    /** What becomes of objects that only the target has. */
    public enum Surplus {
        /** They stay. */
        KEEP,
        /** They are deleted, after everything else has succeeded. */
        DELETE
    }

    /** What to do with a target that has objects when the source has none. */
    public enum EmptySource {
        /** Delete nothing and fail: an empty source is nearly always a wrong address or a missing right. */
        REFUSE,
        /** Believe it, and delete as far as the caps allow. */
        ACCEPT
    }

    /**
     * Checks the values.
     *
     * @param include the prefixes to look at; empty for all
     * @param exclude the prefixes to leave untouched on both sides
     * @param decision when two objects count as the same
     * @param surplus what becomes of objects that only the target has
     * @param emptySource what to do with a target that has objects when the source has none
     * @param maxDeletes the most objects that one run deletes
     * @param maxDeleteShare the same as a share of the target's objects in scope
     * @param parallelCopies how many objects are copied at once
     */
    public MediaSyncOptions {
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
        if (exclude.contains("")) {
            throw new IllegalArgumentException("the prefix \"\" excludes everything: leave it out");
        }
        if (maxDeletes < 0 || !(maxDeleteShare >= 0 && maxDeleteShare <= 1)) {
            throw new IllegalArgumentException(
                    "maxDeletes must not be negative and maxDeleteShare be from 0 to 1: %d, %s"
                            .formatted(maxDeletes, maxDeleteShare));
        }
        if (parallelCopies < 1 || parallelCopies > 512) {
            throw new IllegalArgumentException("parallelCopies must be from 1 to 512: " + parallelCopies);
        }
    }

    /** {@return the options of a careful copy: everything, exact, nothing deleted} */
    public static MediaSyncOptions standard() {
        return builder().build();
    }

    /** {@return a builder that begins with {@link #standard()}} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return a builder that begins with these options} */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /**
     * Says why a run would refuse to delete what these options ask it to delete.
     *
     * @param difference the two stores as compared
     * @return the reason, as a sentence; empty if it would not refuse
     */
    public Optional<String> refusal(MediaDifference difference) {
        return refusal(difference, 0);
    }

    Optional<String> refusal(MediaDifference difference, long goneMeanwhile) {
        long deletes = difference.surplus().objects() + goneMeanwhile;
        if (surplus == Surplus.KEEP || deletes == 0) {
            return Optional.empty();
        }
        if (difference.sourceObjects() <= goneMeanwhile && emptySource == EmptySource.REFUSE) {
            return Optional.of(("the source has no objects in scope while the target has %d: check the source's address"
                            + " and rights, or set emptySource to ACCEPT")
                    .formatted(difference.targetObjects()));
        }
        if (deletes > maxDeletes) {
            return Optional.of("%d objects would be deleted, but maxDeletes is %d: check them, or raise it"
                    .formatted(deletes, maxDeletes));
        }
        if (deletes > maxDeleteShare * difference.targetObjects()) {
            return Optional.of(
                    "%d of the target's %d objects would be deleted, but maxDeleteShare is %s: check them, or raise it"
                            .formatted(deletes, difference.targetObjects(), maxDeleteShare));
        }
        return Optional.empty();
    }

    /** Reads hand-written options, in which everything may be left out. */
    @JsonCreator
    static MediaSyncOptions of(
            @Nullable List<String> include,
            @Nullable List<String> exclude,
            @Nullable Decision decision,
            @Nullable Surplus surplus,
            @Nullable EmptySource emptySource,
            @Nullable Long maxDeletes,
            @Nullable Double maxDeleteShare,
            @Nullable Integer parallelCopies) {
        MediaSyncOptions standard = standard();
        return new MediaSyncOptions(
                Objects.requireNonNullElse(include, standard.include),
                Objects.requireNonNullElse(exclude, standard.exclude),
                Objects.requireNonNullElse(decision, standard.decision),
                Objects.requireNonNullElse(surplus, standard.surplus),
                Objects.requireNonNullElse(emptySource, standard.emptySource),
                Objects.requireNonNullElse(maxDeletes, standard.maxDeletes),
                Objects.requireNonNullElse(maxDeleteShare, standard.maxDeleteShare),
                Objects.requireNonNullElse(parallelCopies, standard.parallelCopies));
    }

    /** Builds options. Not for several threads. */
    public static final class Builder {

        private List<String> include = List.of();
        private List<String> exclude = List.of();
        private Decision decision = Decision.EXACT;
        private Surplus surplus = Surplus.KEEP;
        private EmptySource emptySource = EmptySource.REFUSE;
        private long maxDeletes = 10_000;
        private double maxDeleteShare = 0.5;
        private int parallelCopies = 32;

        private Builder() {}

        private Builder(MediaSyncOptions options) {
            include = options.include;
            exclude = options.exclude;
            decision = options.decision;
            surplus = options.surplus;
            emptySource = options.emptySource;
            maxDeletes = options.maxDeletes;
            maxDeleteShare = options.maxDeleteShare;
            parallelCopies = options.parallelCopies;
        }

        /**
         * Looks only at keys below these prefixes.
         *
         * @param prefixes such as {@code original_images/}; none for all
         * @return this builder
         */
        public Builder include(String... prefixes) {
            include = List.of(prefixes);
            return this;
        }

        /**
         * Leaves keys below these prefixes untouched on both sides.
         *
         * @param prefixes such as {@code wagtail_uploads/}
         * @return this builder
         */
        public Builder exclude(String... prefixes) {
            exclude = List.of(prefixes);
            return this;
        }

        /**
         * Sets when two objects count as the same; {@code EXACT} unless set.
         *
         * @param rule the rule
         * @return this builder
         */
        public Builder decision(Decision rule) {
            decision = rule;
            return this;
        }

        /**
         * Sets what becomes of objects that only the target has; {@code KEEP} unless set.
         *
         * @param fate keep or delete
         * @return this builder
         */
        public Builder surplus(Surplus fate) {
            surplus = fate;
            return this;
        }

        /**
         * Sets what to do when the source is empty and the target is not; {@code REFUSE} unless set.
         *
         * @param rule refuse or accept
         * @return this builder
         */
        public Builder emptySource(EmptySource rule) {
            emptySource = rule;
            return this;
        }

        /**
         * Caps the number of deletions; 10,000 unless set.
         *
         * @param objects the most objects that one run deletes
         * @return this builder
         */
        public Builder maxDeletes(long objects) {
            maxDeletes = objects;
            return this;
        }

        /**
         * Caps the deletions as a share of the target's objects; 0.5 unless set.
         *
         * @param share from 0 to 1
         * @return this builder
         */
        public Builder maxDeleteShare(double share) {
            maxDeleteShare = share;
            return this;
        }

        /**
         * Sets how many objects are copied at once; 32 unless set.
         *
         * @param copies from 1 to 512
         * @return this builder
         */
        public Builder parallelCopies(int copies) {
            parallelCopies = copies;
            return this;
        }

        /** {@return the options} */
        public MediaSyncOptions build() {
            return new MediaSyncOptions(
                    include, exclude, decision, surplus, emptySource, maxDeletes, maxDeleteShare, parallelCopies);
        }
    }
}
