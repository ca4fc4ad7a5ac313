package dev.restage.media;

import dev.restage.provider.GuardException;
import dev.restage.provider.MediaStore;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;

/**
 * Makes one media store hold what another holds. Compares two sorted listings in constant memory, copies what differs in
 * parallel, and deletes last, if at all. Objects may have other keys at the target; what it holds of them under their
 * keys at the source is deleted with the surplus, and no cap counts it, as all of it is there under its new key.
 */
public final class MediaSync {

    private MediaSync() {}

    /**
     * Compares two stores; changes nothing. Costs their listings, and reading the files of a folder whose time differs.
     *
     * @param source the store to be copied
     * @param target the store that is to be like it
     * @param options the scope and when two objects are the same
     * @param names which objects have other keys at the target
     * @return what differs
     * @throws ProviderException if a store refuses or cannot be reached, or does not list in order
     */
    public static MediaDifference compare(
            MediaStore source, MediaStore target, MediaSyncOptions options, KeyNames names) {
        MediaDifference.Collector collector = new MediaDifference.Collector();
        new Comparison(source, target, options, names).walk(collector);
        return collector.difference();
    }

    /**
     * Copies what is missing or changed, then deletes surplus objects if the options say so. May be run again after a
     * failure: what has been copied is then the same. An object that vanishes from the source meanwhile counts as gone;
     * one that changes meanwhile is copied again, once.
     *
     * @param source the store to read
     * @param target the store to change
     * @param options the scope, when two objects are the same, and what may be deleted
     * @param names which objects have other keys at the target
     * @param progress told of objects and bytes copied; of the totals when both listings have ended
     * @return what was done
     * @throws GuardException if the two stores overlap; nothing was changed
     * @throws ProviderException if a listing or a copy failed, or a cap forbids the deletions; nothing was deleted then
     */
    public static MediaSyncResult run(
            MediaStore source, MediaStore target, MediaSyncOptions options, KeyNames names, Progress progress) {
        if (source.identity().overlaps(target.identity())) {
            throw new GuardException(
                    "the source %s and the target %s overlap, so a sync would overwrite its own source: correct one of the addresses"
                            .formatted(source.identity(), target.identity()));
        }
        try (Copies copies = new Copies(source, target, names, options.parallelCopies(), progress)) {
            Mirror mirror = new Mirror(target, options, copies);
            Comparison comparison = new Comparison(source, target, options, names);
            comparison.walk(mirror);
            return mirror.finish(comparison);
        }
    }
}
