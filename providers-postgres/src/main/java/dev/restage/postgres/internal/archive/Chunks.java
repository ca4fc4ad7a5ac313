package dev.restage.postgres.internal.archive;

import java.io.InputStream;

/** The bytes of one chunk stream, without the lengths between them. Closing it leaves the archive open. */
final class Chunks extends InputStream {

    private final ArchiveInput input;
    private int left;
    private boolean ended;

    Chunks(ArchiveInput input) {
        this.input = input;
        next();
    }

    /** Whether nothing is left. */
    boolean ended() {
        return ended;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int from, int length) {
        if (ended) {
            return -1;
        }
        int read = input.read(buffer, from, Math.min(length, left));
        left -= read;
        if (left == 0) {
            next();
        }
        return read;
    }

    /** Goes to the end without reading what is between. */
    void skipAll() {
        while (!ended) {
            input.skip(left);
            next();
        }
    }

    private void next() {
        left = input.number();
        if (left < 0) {
            throw input.damaged("a piece of %d bytes is announced".formatted(left));
        }
        ended = left == 0;
    }
}
