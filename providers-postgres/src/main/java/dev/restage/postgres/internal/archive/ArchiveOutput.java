package dev.restage.postgres.internal.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/** Writes the values that an archive is made of. */
final class ArchiveOutput {

    static final int INT_SIZE = Integer.BYTES;
    static final int OFFSET_SIZE = Long.BYTES;

    private final OutputStream out;
    private final Charset charset;
    private long position;

    ArchiveOutput(OutputStream out, Charset charset) {
        this.out = out;
        this.charset = charset;
    }

    long position() {
        return position;
    }

    void octet(int value) throws IOException {
        out.write(value);
        position++;
    }

    void bytes(byte[] buffer, int from, int length) throws IOException {
        out.write(buffer, from, length);
        position += length;
    }

    void number(int value) throws IOException {
        octet(value < 0 ? 1 : 0);
        littleEndian(Math.abs(value), INT_SIZE);
    }

    void text(@Nullable String text) throws IOException {
        if (text == null) {
            number(-1);
            return;
        }
        byte[] bytes = text.getBytes(charset);
        number(bytes.length);
        bytes(bytes, 0, bytes.length);
    }

    void offset(int state, long offset) throws IOException {
        octet(state);
        littleEndian(offset, OFFSET_SIZE);
    }

    private void littleEndian(long value, int size) throws IOException {
        for (int i = 0; i < size; i++) {
            octet((int) (value >>> (8 * i)) & 0xff);
        }
    }
}
