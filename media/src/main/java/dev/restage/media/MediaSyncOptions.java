package dev.restage.media;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.restage.media.internal.listing.Scope;
import dev.restage.media.internal.transfer.Trash;
import dev.restage.provider.media.MediaAttribute;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a media sync looks at, when two objects count as the same, what a copy keeps, and what may be deleted. What is
 * included or excluded is said as the beginning of keys, as text ({@code images/}, since {@code images} also means
 * {@code images_old/}), or as a pattern of whole keys: {@code glob:documents/**.pdf}, where {@code *} stands for any text
 * without a slash, {@code **} for any text, {@code ?} for one character, {@code [a-z]} and {@code {jpg,png}} for a choice.
 *
 * @param include the prefixes and patterns to look at; empty for all
 * @param exclude the prefixes and patterns to leave untouched on both sides, even among included ones
 * @param decision when two objects count as the same
 * @param keep what copies keep of their source beside the content
 * @param surplus what becomes of objects that only the target has
 * @param trashDays how many days the target keeps, below {@code restage-trash/}, what was deleted or replaced, from where
 *     an undo puts it back; 0 for no trash
 * @param emptySource what to do with a target that has objects when the source has none
 * @param maxDeletes the most objects that one run deletes; a run that would delete more deletes none and fails
 * @param maxDeleteShare the same as a share of the target's objects in scope, from 0 to 1
 * @param parallelCopies how many objects are copied at once
 * @param requestsPerSecond how many copies may begin in a second; 0 for no limit
 * @param bytesPerSecond how many bytes may pass through here in a second; 0 for no limit; copies that are made inside a
 *     store pass nothing
 * @param bulkFrom from how many objects on the target copies them by a job of its own, if it can, and no filter looks
 *     into them; 0 for never
 */
public record MediaSyncOptions(
        List<String> include,
        List<String> exclude,
        Decision decision,
        Set<MediaAttribute> keep,
        Surplus surplus,
        int trashDays,
        EmptySource emptySource,
        long maxDeletes,
        double maxDeleteShare,
        int parallelCopies,
        double requestsPerSecond,
        double bytesPerSecond,
        long bulkFrom) {

    /** When two objects of one key count as the same. */
    public enum Decision {
        /**
         * Equal content: equal size, and an equal ETag, or a pair of ETags that an earlier copy has given, or equal
         * checksums where an ETag is no hash of the content. Where one side has no ETag (a folder): equal size and time to
         * the second, else equal size and MD5. Never "the target is newer".
         */
        CONTENT,
        /** Equal size, and the target is not older than the source. Misses what was changed on the target. */
        SIZE_AND_TIME,
        /** Equal size. Misses changes that keep the size. */
        SIZE;

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
        }
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
     * @param include the prefixes and patterns to look at; empty for all
     * @param exclude the prefixes and patterns to leave untouched on both sides
     * @param decision when two objects count as the same
     * @param keep what copies keep of their source beside the content
     * @param surplus what becomes of objects that only the target has
     * @param trashDays how many days the target keeps what was deleted or replaced; 0 for no trash
     * @param emptySource what to do with a target that has objects when the source has none
     * @param maxDeletes the most objects that one run deletes
     * @param maxDeleteShare the same as a share of the target's objects in scope
     * @param parallelCopies how many objects are copied at once
     * @param requestsPerSecond how many copies may begin in a second; 0 for no limit
     * @param bytesPerSecond how many bytes may pass through here in a second; 0 for no limit
     * @param bulkFrom from how many objects on the target copies them by a job of its own; 0 for never
     */
    public MediaSyncOptions {
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
        // In one order in every process, as a plan's digest shows it.
        keep = Collections.unmodifiableSortedSet(new TreeSet<>(keep));
        Scope.checkPatterns(include);
        Scope.checkPatterns(exclude);
        if (exclude.contains("")) {
            throw new IllegalArgumentException("the prefix \"\" excludes everything: leave it out");
        }
        if (maxDeletes < 0 || !(maxDeleteShare >= 0 && maxDeleteShare <= 1)) {
            throw new IllegalArgumentException(
                    "maxDeletes must not be negative and maxDeleteShare be from 0 to 1: %d, %s"
                            .formatted(maxDeletes, maxDeleteShare));
        }
        if (trashDays < 0 || !(requestsPerSecond >= 0) || !(bytesPerSecond >= 0)) {
            throw new IllegalArgumentException(
                    "trashDays, requestsPerSecond and bytesPerSecond must not be negative: %d, %s, %s"
                            .formatted(trashDays, requestsPerSecond, bytesPerSecond));
        }
        if (bulkFrom < 0 || (bulkFrom > 0 && !keep.equals(MediaAttribute.USUAL))) {
            throw new IllegalArgumentException(
                    "bulkFrom must not be negative, and such a job keeps metadata and tags, no more and no less: %d, %s"
                            .formatted(bulkFrom, keep));
        }
        if (parallelCopies < 1 || parallelCopies > 512) {
            throw new IllegalArgumentException("parallelCopies must be from 1 to 512: " + parallelCopies);
        }
    }

    /** {@return the options of a careful copy: everything, by content, nothing deleted} */
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

    Scope scope() {
        Scope scope = new Scope(include, exclude);
        return trashDays > 0 ? scope.without(List.of(Trash.PREFIX)) : scope.passingOver(Trash.PREFIX + "**");
    }

    Optional<String> refusal(MediaDifference difference, long goneMeanwhile) {
        return surplus == Surplus.KEEP ? Optional.empty() : new Caps(this, difference).refusal(goneMeanwhile);
    }

    /** Reads hand-written options, in which everything may be left out. */
    @JsonCreator
    static MediaSyncOptions of(
            @Nullable List<String> include,
            @Nullable List<String> exclude,
            @Nullable Decision decision,
            @Nullable Set<MediaAttribute> keep,
            @Nullable Surplus surplus,
            @Nullable Integer trashDays,
            @Nullable EmptySource emptySource,
            @Nullable Long maxDeletes,
            @Nullable Double maxDeleteShare,
            @Nullable Integer parallelCopies,
            @Nullable Double requestsPerSecond,
            @Nullable Double bytesPerSecond,
            @Nullable Long bulkFrom) {
        MediaSyncOptions standard = standard();
        return new MediaSyncOptions(
                Objects.requireNonNullElse(include, standard.include),
                Objects.requireNonNullElse(exclude, standard.exclude),
                Objects.requireNonNullElse(decision, standard.decision),
                Objects.requireNonNullElse(keep, standard.keep),
                Objects.requireNonNullElse(surplus, standard.surplus),
                Objects.requireNonNullElse(trashDays, standard.trashDays),
                Objects.requireNonNullElse(emptySource, standard.emptySource),
                Objects.requireNonNullElse(maxDeletes, standard.maxDeletes),
                Objects.requireNonNullElse(maxDeleteShare, standard.maxDeleteShare),
                Objects.requireNonNullElse(parallelCopies, standard.parallelCopies),
                Objects.requireNonNullElse(requestsPerSecond, standard.requestsPerSecond),
                Objects.requireNonNullElse(bytesPerSecond, standard.bytesPerSecond),
                Objects.requireNonNullElse(bulkFrom, standard.bulkFrom));
    }

    /** Builds options. Not for several threads. */
    public static final class Builder {

        private List<String> include = List.of();
        private List<String> exclude = List.of();
        private Decision decision = Decision.CONTENT;
        private Set<MediaAttribute> keep = MediaAttribute.USUAL;
        private Surplus surplus = Surplus.KEEP;
        private int trashDays;
        private EmptySource emptySource = EmptySource.REFUSE;
        private long maxDeletes = 10_000;
        private double maxDeleteShare = 0.5;
        private int parallelCopies = 64;
        private double requestsPerSecond;
        private double bytesPerSecond;
        private long bulkFrom;

        private Builder() {}

        private Builder(MediaSyncOptions options) {
            include = options.include;
            exclude = options.exclude;
            decision = options.decision;
            keep = options.keep;
            surplus = options.surplus;
            trashDays = options.trashDays;
            emptySource = options.emptySource;
            maxDeletes = options.maxDeletes;
            maxDeleteShare = options.maxDeleteShare;
            parallelCopies = options.parallelCopies;
            requestsPerSecond = options.requestsPerSecond;
            bytesPerSecond = options.bytesPerSecond;
            bulkFrom = options.bulkFrom;
        }

        /**
         * Looks only at some keys.
         *
         * @param prefixes such as {@code original_images/} or {@code glob:documents/**.pdf}; none for all
         * @return this builder
         */
        public Builder include(String... prefixes) {
            include = List.of(prefixes);
            return this;
        }

        /**
         * Leaves some keys untouched on both sides.
         *
         * @param prefixes such as {@code wagtail_uploads/} or {@code glob:**.tmp}
         * @return this builder
         */
        public Builder exclude(String... prefixes) {
            exclude = List.of(prefixes);
            return this;
        }

        /**
         * Sets when two objects count as the same; {@code CONTENT} unless set.
         *
         * @param rule the rule
         * @return this builder
         */
        public Builder decision(Decision rule) {
            decision = rule;
            return this;
        }

        /**
         * Sets what copies keep of their source; metadata and tags unless set. Of the rest they get what the target gives
         * to new objects.
         *
         * @param attributes all that is kept
         * @return this builder
         */
        public Builder keep(MediaAttribute... attributes) {
            keep = Set.of(attributes);
            return this;
        }

        /**
         * Lets the target keep, below {@code restage-trash/}, what is deleted or replaced, so that an undo can put it back.
         *
         * @param days for how long; a later run deletes it then
         * @return this builder
         */
        public Builder trashDays(int days) {
            trashDays = days;
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
         * Sets how many objects are copied at once; 64 unless set.
         *
         * @param copies from 1 to 512
         * @return this builder
         */
        public Builder parallelCopies(int copies) {
            parallelCopies = copies;
            return this;
        }

        /**
         * Limits how many copies begin in a second; no limit unless set.
         *
         * @param copies how many
         * @return this builder
         */
        public Builder requestsPerSecond(double copies) {
            requestsPerSecond = copies;
            return this;
        }

        /**
         * Limits how many bytes pass through here in a second; no limit unless set.
         *
         * @param bytes how many
         * @return this builder
         */
        public Builder bytesPerSecond(double bytes) {
            bytesPerSecond = bytes;
            return this;
        }

        /**
         * Lets the target copy by a job of its own where many objects are to be copied; never unless set. The preview says
         * what that costs.
         *
         * @param objects from how many on
         * @return this builder
         */
        public Builder bulkFrom(long objects) {
            bulkFrom = objects;
            return this;
        }

        /** {@return the options} */
        public MediaSyncOptions build() {
            return new MediaSyncOptions(
                    include,
                    exclude,
                    decision,
                    keep,
                    surplus,
                    trashDays,
                    emptySource,
                    maxDeletes,
                    maxDeleteShare,
                    parallelCopies,
                    requestsPerSecond,
                    bytesPerSecond,
                    bulkFrom);
        }
    }
}
