package dev.restage.media;

import dev.restage.provider.KeyOrder;
import dev.restage.provider.MediaObject;
import dev.restage.provider.MediaStore;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Whether the source has an object of a key, asked in the order of keys. Lists the source when it is first asked. */
final class FormerKeys implements Predicate<String> {

    private final MediaStore source;
    private final MediaSyncOptions scope;
    private @Nullable Listing listing;

    FormerKeys(MediaStore source, MediaSyncOptions scope) {
        this.source = source;
        this.scope = scope;
    }

    @Override
    public boolean test(String key) {
        Listing all = listing;
        if (all == null) {
            all = new Listing(source, scope, KeyNames.SAME);
            listing = all;
        }
        MediaObject at = all.current();
        while (at != null && KeyOrder.UTF_8.compare(at.key(), key) < 0) {
            all.advance();
            at = all.current();
        }
        return at != null && at.key().equals(key);
    }
}
