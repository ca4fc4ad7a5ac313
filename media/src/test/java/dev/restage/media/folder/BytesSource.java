package dev.restage.media.folder;

import dev.restage.media.internal.transfer.ReadStore;
import dev.restage.provider.Identity;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.media.KeyRange;
import dev.restage.provider.media.MediaContent;
import dev.restage.provider.media.MediaObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * One object that is read in pieces: each opening gives as many bytes as told, and then breaks off; the last gives all. It
 * cannot be opened where a negative number is told.
 */
final class BytesSource implements ReadStore {

    static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");

    private final byte[] bytes;
    private final String etag;
    private final Deque<Integer> breaks = new ArrayDeque<>();
    final List<Long> opened = new ArrayList<>();

    BytesSource(byte[] bytes, String etag, Integer... breaks) {
        this.bytes = bytes;
        this.etag = etag;
        this.breaks.addAll(List.of(breaks));
    }

    MediaObject object() {
        return new MediaObject("big.tif", bytes.length, etag, TIME);
    }

    @Override
    public Identity identity() {
        return Identity.of("bytes", "source");
    }

    @Override
    public Iterator<MediaObject> list(KeyRange range) {
        return List.of(object()).iterator();
    }

    @Override
    public MediaContent open(MediaObject object) {
        return open(object, 0);
    }

    @Override
    public MediaContent open(MediaObject object, long from) {
        if (!object.etag().equals(etag)) {
            throw new ProviderException(Kind.CONFLICT, object.key() + " has changed", null);
        }
        opened.add(from);
        byte[] rest = Arrays.copyOfRange(bytes, (int) from, bytes.length);
        Integer most = breaks.poll();
        if (most != null && most < 0) {
            throw new ProviderException(Kind.UNAVAILABLE, "the source is away; run again to go on", null);
        }
        InputStream stream = new ByteArrayInputStream(rest);
        return new MediaContent(most == null ? stream : new Breaking(stream, most), rest.length, "", Map.of());
    }

    private static final class Breaking extends InputStream {

        private final InputStream stream;
        private int left;

        private Breaking(InputStream stream, int left) {
            this.stream = stream;
            this.left = left;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] buffer, int from, int length) throws IOException {
            if (left == 0) {
                throw new IOException("Connection reset");
            }
            int read = stream.read(buffer, from, Math.min(left, length));
            left -= Math.max(read, 0);
            return read;
        }
    }
}
