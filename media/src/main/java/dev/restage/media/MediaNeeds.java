package dev.restage.media;

import dev.restage.media.internal.listing.Listing;
import dev.restage.media.internal.listing.Scope;
import dev.restage.media.internal.listing.Selection;
import dev.restage.media.internal.transfer.Threads;
import dev.restage.media.internal.transfer.Trash;
import dev.restage.provider.media.KeyRange;
import dev.restage.provider.media.MediaReference;
import dev.restage.provider.media.MediaStore;
import java.util.List;
import java.util.function.Predicate;

/**
 * How the files that a database names and the objects of a store go together.
 *
 * @param files how many files are named
 * @param missing how many of them have no object
 * @param unmet these, at most {@value #LISTED}
 * @param unneeded objects that no row names
 * @param otherNames folders in which no named file has an object, although there are objects: their names were changed on
 *     one side only
 */
public record MediaNeeds(
        long files, long missing, List<MediaReference> unmet, MediaDifference.Part unneeded, List<String> otherNames) {

    /** So many files without an object are kept by name; the count is always exact. */
    public static final int LISTED = 10_000;

    /**
     * Copies the lists.
     *
     * @param files how many files are named
     * @param missing how many of them have no object
     * @param unmet these
     * @param unneeded objects that no row names
     * @param otherNames folders whose names were changed on one side only
     */
    public MediaNeeds {
        unmet = List.copyOf(unmet);
        otherNames = List.copyOf(otherNames);
    }

    /**
     * Compares needed files with what a store holds, in one listing. Memory does not grow with either.
     *
     * @param store the store to list
     * @param files the files
     * @param aside folders whose objects no row has to name, such as derived images, each ending in {@code /}; they are
     *     listed only if a needed file is to be there
     * @return what was found
     * @throws dev.restage.provider.ProviderException if the store cannot be read, or is not in order
     */
    public static MediaNeeds compare(MediaStore store, NeededFiles files, List<String> aside) {
        Scope scope = new Scope(List.of(), aside).passingOver(Trash.PREFIX + "**");
        Scope rest = new Scope(aside, List.of());
        NeedsTally tally = new NeedsTally();
        try (Threads threads = new Threads("restage-media-list")) {
            scope.ranges().forEach(range -> join(store, range, files, scope::contains, tally, threads));
            if (!aside.isEmpty()) {
                rest.ranges().stream().filter(files::anyIn).forEach(range -> {
                    NeedsTally named = new NeedsTally();
                    join(store, range, files, key -> true, named, threads);
                    tally.addFiles(named);
                });
            }
        }
        return tally.needs();
    }

    private static void join(
            MediaStore store,
            KeyRange range,
            NeededFiles files,
            Predicate<String> scope,
            NeedsTally tally,
            Threads threads) {
        try (Selection needed = new NeededKeys(files, range, scope, tally);
                Listing objects = Listing.of(store, range, scope, needed, threads)) {
            objects.advance();
            while (objects.current() != null) {
                objects.advance();
            }
            needed.finish();
        }
    }
}
