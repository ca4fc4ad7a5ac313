package dev.restage.media;

import dev.restage.provider.KeyOrder;
import dev.restage.provider.MediaObject;
import dev.restage.provider.MediaStore;
import dev.restage.provider.ProviderException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a store holds in scope, one object at a time, in the order of keys at the target. An object out of order fails the walk: a
 * merge-join over a wrongly sorted listing would take live objects for surplus.
 */
final class Listing {

    private final MediaStore store;
    private final KeyNames names;
    private final Iterator<String> prefixes;
    private final List<String> excluded;
    private Iterator<MediaObject> objects = Collections.emptyIterator();
    private @Nullable MediaObject current;
    private String last = "";

    Listing(MediaStore store, MediaSyncOptions options, KeyNames names) {
        this.store = store;
        this.names = names;
        this.excluded = options.exclude();
        this.prefixes = prefixesToList(options).iterator();
        advance();
    }

    /** The object that the walk stands at; null behind the last one. */
    @Nullable MediaObject current() {
        return current;
    }

    /** The key at the target of the object that the walk stands at, or last stood at. */
    String key() {
        return last;
    }

    void advance() {
        current = null;
        while (current == null && (objects.hasNext() || prefixes.hasNext())) {
            if (!objects.hasNext()) {
                objects = list(prefixes.next());
                continue;
            }
            MediaObject next = objects.next();
            String key = names.at(next.key());
            if (!last.isEmpty() && KeyOrder.UTF_8.compare(last, key) >= 0) {
                throw outOfOrder(key);
            }
            last = key;
            if (!isFolderMarker(next) && excluded.stream().noneMatch(next.key()::startsWith)) {
                current = next;
            }
        }
    }

    private Iterator<MediaObject> list(String prefix) {
        return names.folders().isEmpty()
                ? store.list(prefix)
                : new RenamedObjects(() -> store.list(prefix), names, RenamedObjects.HELD);
    }

    /** Consoles write such objects to show an empty folder. They hold nothing, and a folder on a disk cannot hold them. */
    private static boolean isFolderMarker(MediaObject object) {
        return object.sizeBytes() == 0 && object.key().endsWith("/");
    }

    /** Sorted, without those inside another one or inside an excluded one, so that the listings follow each other in order. */
    private static List<String> prefixesToList(MediaSyncOptions options) {
        List<String> sorted = options.include().isEmpty()
                ? List.of("")
                : options.include().stream().sorted(KeyOrder.UTF_8).toList();
        List<String> kept = new ArrayList<>();
        for (String prefix : sorted) {
            if (kept.stream().noneMatch(prefix::startsWith)
                    && options.exclude().stream().noneMatch(prefix::startsWith)) {
                kept.add(prefix);
            }
        }
        return kept;
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
