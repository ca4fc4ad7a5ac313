package dev.restage.postgres.internal.proof.words;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A set of numbers that grows without growing the heap: beyond a few thousand it lies in a temporary file that is mapped
 * into memory and has no name any more. For one thread at a time.
 */
final class LongTable {

    private static final int FIRST_SLOTS = 1 << 10;

    /** Up to here the slots are on the heap: half a megabyte. */
    private static final int HEAP_SLOTS = 1 << 16;

    private LongBuffer slots = LongBuffer.allocate(FIRST_SLOTS);
    private int mask = FIRST_SLOTS - 1;
    private int size;

    int size() {
        return size;
    }

    /** Adds a number other than 0. */
    void add(long number) {
        if (insert(number) && ++size > (mask + 1L) * 5 / 8) {
            grow();
        }
    }

    boolean contains(long number) {
        for (int at = slot(number); ; at = at + 1 & mask) {
            long there = slots.get(at);
            if (there == number) {
                return true;
            }
            if (there == 0) {
                return false;
            }
        }
    }

    private boolean insert(long number) {
        for (int at = slot(number); ; at = at + 1 & mask) {
            long there = slots.get(at);
            if (there == number) {
                return false;
            }
            if (there == 0) {
                slots.put(at, number);
                return true;
            }
        }
    }

    /** The numbers are hashes already; their upper bits have chosen this table among others. */
    private int slot(long number) {
        return (int) number & mask;
    }

    private void grow() {
        LongBuffer before = slots;
        int length = mask + 1;
        slots = length * 2 <= HEAP_SLOTS ? LongBuffer.allocate(length * 2) : mapped(length * 2);
        mask = length * 2 - 1;
        for (int i = 0; i < length; i++) {
            long number = before.get(i);
            if (number != 0) {
                insert(number);
            }
        }
    }

    private static LongBuffer mapped(int length) {
        try {
            Path file = Files.createTempFile("restage-", ".fingerprints");
            try (FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE)) {
                ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_WRITE, 0, (long) length * Long.BYTES);
                return bytes.asLongBuffer();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot keep fingerprints of masked values in %s; free space there, or set java.io.tmpdir to another place"
                            .formatted(System.getProperty("java.io.tmpdir")),
                    e);
        }
    }
}
