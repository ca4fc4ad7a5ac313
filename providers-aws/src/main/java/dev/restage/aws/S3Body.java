package dev.restage.aws;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The content of an answer, which may be closed before its end. The HTTP client would read all the rest then, to use the
 * connection again: of a large object it is cheaper to give the connection up.
 */
final class S3Body extends FilterInputStream {

    /** About what arrives while a new connection is made. */
    private static final long CHEAP_BYTES = 256 << 10;

    private final Runnable abort;
    private long left;

    /**
     * @param length of the content in bytes
     * @param abort gives the connection up
     */
    S3Body(InputStream in, long length, Runnable abort) {
        super(in);
        this.left = length;
        this.abort = abort;
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        left -= read < 0 ? 0 : 1;
        return read;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
        int read = super.read(buffer, from, length);
        left -= Math.max(0, read);
        return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
        long skipped = super.skip(bytes);
        left -= skipped;
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    @Override
    public void close() throws IOException {
        if (left > CHEAP_BYTES) {
            abort.run();
        } else {
            super.close();
        }
    }
}
