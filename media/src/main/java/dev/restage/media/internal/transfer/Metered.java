package dev.restage.media.internal.transfer;

import com.google.common.util.concurrent.RateLimiter;
import dev.restage.provider.Identity;
import dev.restage.provider.media.KeyRange;
import dev.restage.provider.media.MediaContent;
import dev.restage.provider.media.MediaObject;
import dev.restage.provider.media.MediaStore;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A store whose bytes are counted, and slowed down to a limit, while they pass through here. Not for copies inside a store,
 * which it would hide.
 */
public record Metered(MediaStore store, @Nullable RateLimiter bytesPerSecond, LongConsumer counter)
        implements ReadStore {

    /** So little that a limit of a few kB a second is kept too. */
    private static final int AT_ONCE = 16 << 10;

    @Override
    public Identity identity() {
        return store.identity();
    }

    @Override
    public Iterator<MediaObject> list(KeyRange range) {
        return store.list(range);
    }

    @Override
    public MediaContent open(MediaObject object) {
        return metered(store.open(object));
    }

    @Override
    public MediaContent open(MediaObject object, long from) {
        return metered(store.open(object, from));
    }

    @Override
    public MediaContent open(MediaObject object, long from, long length) {
        return metered(store.open(object, from, length));
    }

    @Override
    public Map<String, String> tags(MediaObject object) {
        return store.tags(object);
    }

    private MediaContent metered(MediaContent content) {
        return new MediaContent(
                new Stream(content.stream()), content.sizeBytes(), content.contentType(), content.headers());
    }

    private final class Stream extends FilterInputStream {

        private Stream(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] buffer, int from, int length) throws IOException {
            int read = super.read(buffer, from, bytesPerSecond == null ? length : Math.min(length, AT_ONCE));
            if (read > 0) {
                if (bytesPerSecond != null) {
                    bytesPerSecond.acquire(read);
                }
                counter.accept(read);
            }
            return read;
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
