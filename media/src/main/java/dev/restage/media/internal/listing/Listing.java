package dev.restage.media.internal.listing;

import dev.restage.provider.ProviderException;
import dev.restage.provider.media.KeyOrder;
import dev.restage.provider.media.KeyRange;
import dev.restage.provider.media.MediaObject;
import dev.restage.provider.media.MediaStore;
import java.util.Iterator;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a store holds of a range of keys, one object at a time, in the order of keys at the target. An object out of order
 * fails the walk: a merge-join over a wrongly sorted listing would take live objects for surplus.
 */
public final class Listing implements AutoCloseable {

    private final MediaStore store;
    private final Predicate<String> wanted;
    private final UnaryOperator<String> naming;
    private final Selection needed;
    private final Ahead objects;
    private @Nullable MediaObject current;
    private String last = "";

    private Listing(
            MediaStore store,
            Supplier<Iterator<MediaObject>> objects,
            Predicate<String> wanted,
            UnaryOperator<String> naming,
            Selection needed,
            Executor threads) {
        this.store = store;
        this.wanted = wanted;
        this.naming = naming;
        this.needed = needed;
        this.objects = new Ahead(objects, threads);
    }

    /**
     * Objects that have the same keys at the target.
     *
     * @param wanted whether a key belongs to the listing
     * @param needed which of these objects are needed
     * @param threads where the store is read, one listing a thread
     */
    public static Listing of(
            MediaStore store, KeyRange range, Predicate<String> wanted, Selection needed, Executor threads) {
        return new Listing(store, () -> store.list(range), wanted, UnaryOperator.identity(), needed, threads);
    }

    /**
     * Objects that have other keys at the target.
     *
     * @param wanted whether a key, as it is in the store, belongs to the listing
     * @param naming gives the key at the target
     */
    public static Listing renamed(
            MediaStore store,
            KeyRange range,
            Predicate<String> wanted,
            UnaryOperator<String> naming,
            Selection needed,
            Executor threads) {
        return new Listing(
                store,
                () -> new RenamedObjects(() -> store.list(range), naming, RenamedObjects.HELD),
                wanted,
                naming,
                needed,
                threads);
    }

    /** The object that the walk stands at; null before the first {@link #advance} and behind the last one. */
    public @Nullable MediaObject current() {
        return current;
    }

    /** The key at the target of the object that the walk stands at, or last stood at. */
    public String key() {
        return last;
    }

    public void advance() {
        current = null;
        while (current == null && objects.hasNext()) {
            MediaObject next = objects.next();
            String key = naming.apply(next.key());
            if (!last.isEmpty() && KeyOrder.UTF_8.compare(last, key) >= 0) {
                throw outOfOrder(key);
            }
            last = key;
            if (wanted.test(next.key()) && needed.test(next, key)) {
                current = next;
            }
        }
    }

    @Override
    public void close() {
        objects.close();
    }

    private ProviderException outOfOrder(String key) {
        return new ProviderException(
                ProviderException.Kind.UNSUPPORTED,
                ("%s does not list its keys in the order of their UTF-8 bytes (\"%s\" after \"%s\"), so it cannot be compared"
                                + " safely; nothing is deleted; exclude these keys or use another store")
                        .formatted(store.identity(), key, last),
                null);
    }
}
