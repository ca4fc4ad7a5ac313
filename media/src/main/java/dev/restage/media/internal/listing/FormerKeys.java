package dev.restage.media.internal.listing;

import dev.restage.provider.media.KeyOrder;
import dev.restage.provider.media.MediaObject;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Whether the source has an object of a key, asked in the order of keys. Lists the source when it is first asked. */
public final class FormerKeys implements Predicate<String>, AutoCloseable {

    private final Supplier<Listing> source;
    private @Nullable Listing listing;

    public FormerKeys(Supplier<Listing> source) {
        this.source = source;
    }

    @Override
    public boolean test(String key) {
        Listing all = listing;
        if (all == null) {
            all = source.get();
            listing = all;
            all.advance();
        }
        MediaObject at = all.current();
        while (at != null && KeyOrder.UTF_8.compare(at.key(), key) < 0) {
            all.advance();
            at = all.current();
        }
        return at != null && at.key().equals(key);
    }

    @Override
    public void close() {
        if (listing != null) {
            listing.close();
        }
    }
}
