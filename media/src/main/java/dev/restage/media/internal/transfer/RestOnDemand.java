package dev.restage.media.internal.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The beginning of an object, and the rest of it, which is asked for only when somebody reads as far. */
public final class RestOnDemand extends InputStream {

    private final InputStream beginning;
    private final Supplier<InputStream> rest;
    private @Nullable InputStream opened;
    private long left;

    /** @param bytes how many bytes the beginning has */
    public RestOnDemand(InputStream beginning, long bytes, Supplier<InputStream> rest) {
        this.beginning = beginning;
        this.left = bytes;
        this.rest = rest;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (left > 0) {
            int read = beginning.read(buffer, from, (int) Math.min(length, left));
            left -= Math.max(0, read);
            return read;
        }
        InputStream stream = opened;
        if (stream == null) {
            stream = rest.get();
            opened = stream;
        }
        return stream.read(buffer, from, length);
    }

    @Override
    public void close() throws IOException {
        InputStream stream = opened;
        try {
            beginning.close();
        } finally {
            if (stream != null) {
                stream.close();
            }
        }
    }
}
