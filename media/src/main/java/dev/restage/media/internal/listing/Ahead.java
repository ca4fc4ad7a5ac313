package dev.restage.media.internal.listing;

import dev.restage.provider.ProviderException;
import dev.restage.provider.media.MediaObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads a listing in a thread of its own, a few pages ahead of who uses it, so that waiting for the store and comparing
 * happen side by side. To be closed: the thread ends then.
 */
public final class Ahead implements Iterator<MediaObject>, AutoCloseable {

    /** As many objects as S3 puts on a page, so that a page is handed over when it has come. */
    public static final int PAGE = 1000;

    private static final int PAGES = 3;

    private static final long LOOK_AGAIN_MS = 200;

    private record Page(List<MediaObject> objects, @Nullable RuntimeException failure, boolean last) {}

    private final BlockingQueue<Page> pages = new ArrayBlockingQueue<>(PAGES);
    private Iterator<MediaObject> page = Collections.emptyIterator();
    private boolean last;
    private volatile boolean closed;

    Ahead(Supplier<Iterator<MediaObject>> listing, Executor threads) {
        threads.execute(() -> read(listing));
    }

    @Override
    public boolean hasNext() {
        while (!page.hasNext() && !last) {
            Page next = take();
            if (next.failure() != null) {
                last = true;
                throw next.failure();
            }
            last = next.last();
            page = next.objects().iterator();
        }
        return page.hasNext();
    }

    @Override
    public MediaObject next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return page.next();
    }

    @Override
    public void close() {
        closed = true;
        pages.clear();
    }

    private void read(Supplier<Iterator<MediaObject>> listing) {
        try {
            Iterator<MediaObject> objects = listing.get();
            boolean more;
            do {
                List<MediaObject> next = new ArrayList<>(PAGE);
                while (next.size() < PAGE && objects.hasNext()) {
                    next.add(objects.next());
                }
                // A full page goes on before the next one is asked for.
                more = next.size() == PAGE;
                put(new Page(next, null, !more));
            } while (more && !closed);
        } catch (RuntimeException e) {
            put(new Page(List.of(), e, true));
        }
    }

    private void put(Page next) {
        try {
            while (!closed && !pages.offer(next, LOOK_AGAIN_MS, TimeUnit.MILLISECONDS)) {}
        } catch (InterruptedException e) {
            // Who waits for the page is interrupted too.
            Thread.currentThread().interrupt();
            closed = true;
        }
    }

    private Page take() {
        try {
            Page next = null;
            while (next == null) {
                if (closed) {
                    throw new IllegalStateException("the listing is closed");
                }
                next = pages.poll(LOOK_AGAIN_MS, TimeUnit.MILLISECONDS);
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProviderException(ProviderException.Kind.FAILED, "the comparison was interrupted; run again", e);
        }
    }
}
