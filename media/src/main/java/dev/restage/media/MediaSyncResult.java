package dev.restage.media;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a media sync has done.
 *
 * @param difference the two stores as they were listed, before
 * @param copiedObjects how many objects were copied, and checked
 * @param copiedBytes their size in all, as far as known after a job
 * @param deletedObjects how many objects were deleted at the target
 * @param goneObjects how many objects had gone from the source when it was their turn; not an error
 * @param filtered what the filter did; nothing if there was none
 * @param needs how needed files and objects of the source went together; null if all objects were wanted
 * @param bulkFailures the first few objects that a job of the target could not copy, with the reason; they were copied
 *     one by one afterwards
 */
public record MediaSyncResult(
        MediaDifference difference,
        long copiedObjects,
        long copiedBytes,
        long deletedObjects,
        long goneObjects,
        FilterReport filtered,
        @Nullable MediaNeeds needs,
        List<String> bulkFailures) {

    /**
     * Copies the samples.
     *
     * @param difference the two stores as they were listed, before
     * @param copiedObjects how many objects were copied
     * @param copiedBytes their size in all
     * @param deletedObjects how many objects were deleted at the target
     * @param goneObjects how many objects had gone from the source
     * @param filtered what the filter did
     * @param needs how needed files and objects went together
     * @param bulkFailures what a job of the target could not copy
     */
    public MediaSyncResult {
        bulkFailures = List.copyOf(bulkFailures);
    }

    /** With what a job of the target did before. */
    MediaSyncResult after(Bulk.Done bulk) {
        return new MediaSyncResult(
                Objects.requireNonNullElse(bulk.before(), difference),
                copiedObjects + bulk.outcome().copied(),
                copiedBytes + bulk.bytes(),
                deletedObjects,
                goneObjects,
                filtered,
                needs,
                bulk.outcome().samples());
    }
}
