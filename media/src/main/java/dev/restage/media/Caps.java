package dev.restage.media;

import java.util.Optional;

/** What a run may delete at most. */
record Caps(MediaSyncOptions options, MediaDifference difference) {

    /** Why a run would refuse to delete, as a sentence; empty if it would not. */
    Optional<String> refusal(long goneMeanwhile) {
        long deletes = difference.surplus().objects() + goneMeanwhile;
        if (deletes == 0) {
            return Optional.empty();
        }
        if (difference.sourceObjects() <= goneMeanwhile
                && options.emptySource() == MediaSyncOptions.EmptySource.REFUSE) {
            return Optional.of(("the source has no objects in scope while the target has %d: check the source's address"
                            + " and rights, or set emptySource to ACCEPT")
                    .formatted(difference.targetObjects()));
        }
        if (deletes > options.maxDeletes()) {
            return Optional.of("%d objects would be deleted, but maxDeletes is %d: check them, or raise it"
                    .formatted(deletes, options.maxDeletes()));
        }
        if (deletes > options.maxDeleteShare() * difference.targetObjects()) {
            return Optional.of(
                    "%d of the target's %d objects would be deleted, but maxDeleteShare is %s: check them, or raise it"
                            .formatted(deletes, difference.targetObjects(), options.maxDeleteShare()));
        }
        return Optional.empty();
    }
}
