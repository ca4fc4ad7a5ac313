package dev.restage.media;

import org.jspecify.annotations.Nullable;

/**
 * What a media sync has done.
 *
 * @param difference the two stores as they were listed, before
 * @param copiedObjects how many objects were copied, and checked
 * @param copiedBytes their size in all
 * @param deletedObjects how many objects were deleted at the target
 * @param goneObjects how many objects had gone from the source when it was their turn; not an error
 * @param filtered what the filter did; nothing if there was none
 * @param needs how needed files and objects of the source went together; null if all objects were wanted
 */
public record MediaSyncResult(
        MediaDifference difference,
        long copiedObjects,
        long copiedBytes,
        long deletedObjects,
        long goneObjects,
        FilterReport filtered,
        @Nullable MediaNeeds needs) {}
