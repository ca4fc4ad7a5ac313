package dev.restage.media;

import dev.restage.media.internal.transfer.ReadStore;
import dev.restage.provider.Identity;
import dev.restage.provider.media.KeyRange;
import dev.restage.provider.media.MediaContent;
import dev.restage.provider.media.MediaObject;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
import java.util.stream.LongStream;

/** The process whose memory {@link HugeListingTest} limits. */
final class HugeListing {

    private HugeListing() {}

    /** Arguments: objects, folder of the journal. Prints what a comparison finds, twice. */
    public static void main(String[] arguments) {
        Endless source = new Endless("source", Long.parseLong(arguments[0]), 0);
        Endless target = new Endless("target", Long.parseLong(arguments[0]), 1000);
        for (int i = 0; i < 2; i++) {
            try (MediaJournal journal =
                    MediaJournal.open(Path.of(arguments[1]), source.identity(), target.identity())) {
                MediaDifference difference = MediaSync.between(source, target, MediaSyncOptions.standard())
                        .journal(journal)
                        .compare();
                System.out.println(
                        difference.same().objects() + " " + difference.changed().objects());
            }
        }
    }

    /** Makes its objects while it lists them; one of so many is another one. */
    private record Endless(String name, long count, int changed) implements ReadStore {

        @Override
        public Identity identity() {
            return Identity.of("endless", name);
        }

        @Override
        public Iterator<MediaObject> list(KeyRange range) {
            long first = range.after().isEmpty() ? 0 : number(range.after()) + 1;
            return LongStream.range(first, count)
                    .mapToObj(this::object)
                    .takeWhile(object -> !range.ends(object.key()))
                    .iterator();
        }

        private static long number(String key) {
            String digits = key.substring("original_images/".length());
            return Long.parseLong(digits.substring(0, 9));
        }

        private MediaObject object(long number) {
            String digits = Long.toString(1_000_000_000 + number).substring(1);
            boolean other = changed > 0 && number % changed == 0;
            return new MediaObject(
                    "original_images/" + digits + ".jpg", 1000, (other ? "x" : "") + digits, Instant.EPOCH);
        }

        @Override
        public MediaContent open(MediaObject object) {
            throw new UnsupportedOperationException();
        }
    }
}
