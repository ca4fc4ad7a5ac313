package dev.restage.postgres.internal.archive;

import java.io.IOException;
import java.io.OutputStream;

/** Writes one chunk stream. Closing it writes its end mark and leaves the archive open. */
final class ChunkOutput extends OutputStream {

    private final ArchiveOutput out;
    private final byte[] buffer = new byte[1 << 16];
    private int filled;
    private boolean closed;

    ChunkOutput(ArchiveOutput out) {
        this.out = out;
    }

    @Override
    public void write(int value) throws IOException {
        if (filled == buffer.length) {
            chunk();
        }
        buffer[filled++] = (byte) value;
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        int at = from;
        int left = length;
        while (left > 0) {
            if (filled == buffer.length) {
                chunk();
            }
            int part = Math.min(left, buffer.length - filled);
            System.arraycopy(bytes, at, buffer, filled, part);
            filled += part;
            at += part;
            left -= part;
        }
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            chunk();
            out.number(0);
        }
    }

    /** A chunk without bytes would be the end mark. */
    private void chunk() throws IOException {
        if (filled > 0) {
            out.number(filled);
            out.bytes(buffer, 0, filled);
            filled = 0;
        }
    }
}
