package dev.restage.media.internal.listing;

import dev.restage.provider.media.KeyOrder;
import dev.restage.provider.media.MediaObject;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A listing in the order of the keys at the target, which is not the order in which the source lists. Holds so many
 * objects at a time, about 350 bytes each, and lists again for the next ones: memory does not grow with the store.
 */
final class RenamedObjects implements Iterator<MediaObject> {

    /** About 70 MB. */
    static final int HELD = 200_000;

    private record Named(String key, MediaObject object) {}

    private static final Comparator<Named> ORDER = Comparator.comparing(Named::key, KeyOrder.UTF_8);

    private final Supplier<Iterator<MediaObject>> listing;
    private final UnaryOperator<String> naming;
    private final int most;
    private final Deque<Named> next = new ArrayDeque<>();
    private String last = "";
    private boolean ended;

    RenamedObjects(Supplier<Iterator<MediaObject>> listing, UnaryOperator<String> naming, int most) {
        this.listing = listing;
        this.naming = naming;
        this.most = most;
    }

    @Override
    public boolean hasNext() {
        if (next.isEmpty() && !ended) {
            fill();
        }
        return !next.isEmpty();
    }

    @Override
    public MediaObject next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Named first = next.removeFirst();
        last = first.key();
        return first.object();
    }

    /** Keeps the first ones of those that come after the last. */
    private void fill() {
        PriorityQueue<Named> first = new PriorityQueue<>(ORDER.reversed());
        ended = true;
        for (Iterator<MediaObject> objects = listing.get(); objects.hasNext(); ) {
            MediaObject object = objects.next();
            String key = naming.apply(object.key());
            if (KeyOrder.UTF_8.compare(key, last) > 0) {
                first.add(new Named(key, object));
                if (first.size() > most) {
                    first.remove();
                    ended = false;
                }
            }
        }
        while (!first.isEmpty()) {
            next.addFirst(first.remove());
        }
    }
}
