package dev.restage.postgres.internal.archive;

import io.airlift.compress.lz4.Lz4Compressor;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes one LZ4 frame of independent blocks. Commons Compress could do so too, but takes minutes for a megabyte of rows.
 * Source: LZ4 Frame Format Description 1.6.
 */
final class Lz4Output extends OutputStream {

    private static final int BLOCK = 1 << 16;

    /** Magic; version 1 with independent blocks and no checksums; blocks of 64 KiB; checksum of the last two. */
    private static final byte[] HEADER = {0x04, 0x22, 0x4d, 0x18, 0x60, 0x40, (byte) 0x82};

    private static final int STORED = 1 << 31;

    private final Lz4Compressor compressor = new Lz4Compressor();
    private final OutputStream out;
    private final byte[] block = new byte[BLOCK];
    private final byte[] compressed = new byte[compressor.maxCompressedLength(BLOCK)];
    private int filled;
    private boolean closed;

    Lz4Output(OutputStream out) throws IOException {
        this.out = out;
        out.write(HEADER);
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        int at = from;
        int left = length;
        while (left > 0) {
            int part = Math.min(left, BLOCK - filled);
            System.arraycopy(bytes, at, block, filled, part);
            filled += part;
            at += part;
            left -= part;
            if (filled == BLOCK) {
                block();
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            block();
            size(0);
            out.close();
        }
    }

    private void block() throws IOException {
        if (filled == 0) {
            return;
        }
        int length = compressor.compress(block, 0, filled, compressed, 0, compressed.length);
        if (length < filled) {
            size(length);
            out.write(compressed, 0, length);
        } else {
            size(filled | STORED);
            out.write(block, 0, filled);
        }
        filled = 0;
    }

    private void size(int value) throws IOException {
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            out.write(value >>> shift);
        }
    }
}
