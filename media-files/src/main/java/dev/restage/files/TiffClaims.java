package dev.restage.files;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Adds up what the directories of a TIFF claim as theirs, before a library reads it: pages that share their bytes with many others
 * would become far larger than the file, and directories within directories would be read without an end.
 *
 * <p>Source: TIFF 6.0, section 2.
 */
final class TiffClaims {

    private static final int MOST_DIRECTORIES = 10_000;

    /** Pages may share a colour profile or a palette. */
    private static final int MOST_TIMES = 4;

    private static final long HARMLESS = 1 << 20;

    private static final int FIELD_BYTES = 12;

    /** The bytes of a value of each type, by its number. */
    private static final List<Integer> TYPE_BYTES = List.of(0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4);

    private static final int SHORT = 3;

    /** Fields that say where other directories are: pages of a page, EXIF, GPS, interoperability. */
    private static final Set<Integer> DIRECTORIES = Set.of(330, 34665, 34853, 40965);

    /** Fields that say how long parts of the picture are: strips, tiles, an embedded JPEG. */
    private static final Set<Integer> LENGTHS = Set.of(279, 325, 514);

    private final ByteBuffer file;
    private final Set<Integer> seen = new HashSet<>();
    private final Deque<Integer> todo = new ArrayDeque<>();
    private long claimed;

    private TiffClaims(byte[] file) {
        this.file = ByteBuffer.wrap(file);
    }

    /** What is broken otherwise is left to the library to find. */
    static void check(byte[] file) throws UncleanException {
        TiffClaims claims = new TiffClaims(file);
        try {
            claims.walk();
        } catch (IndexOutOfBoundsException e) {
            throw new UncleanException("is a broken TIFF: a directory goes beyond its end", e);
        }
    }

    private void walk() throws UncleanException {
        file.order(file.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        todo.add(file.getInt(4));
        while (!todo.isEmpty()) {
            int at = todo.pop();
            if (at != 0 && !seen.add(at)) {
                throw new UncleanException("is a broken TIFF: its directories lead back to themselves");
            }
            if (seen.size() > MOST_DIRECTORIES) {
                throw new UncleanException("is a TIFF of more than %d pages".formatted(MOST_DIRECTORIES));
            }
            if (at != 0) {
                directory(at);
            }
        }
    }

    private void directory(int at) throws UncleanException {
        int fields = file.getShort(at) & 0xFFFF;
        claim(2L + FIELD_BYTES * (long) fields + 4);
        for (int i = 0; i < fields; i++) {
            field(at + 2 + FIELD_BYTES * i);
        }
        todo.push(file.getInt(at + 2 + FIELD_BYTES * fields));
    }

    private void field(int at) throws UncleanException {
        int tag = file.getShort(at) & 0xFFFF;
        int type = file.getShort(at + 2) & 0xFFFF;
        long count = file.getInt(at + 4) & 0xFFFFFFFFL;
        int bytes = type < TYPE_BYTES.size() ? TYPE_BYTES.get(type) : 0;
        claim(bytes * count);
        if (LENGTHS.contains(tag) || DIRECTORIES.contains(tag)) {
            int values = bytes * count <= 4 ? at + 8 : file.getInt(at + 8);
            for (int i = 0; i < count && bytes > 0; i++) {
                int value = type == SHORT ? file.getShort(values + 2 * i) & 0xFFFF : file.getInt(values + 4 * i);
                if (DIRECTORIES.contains(tag)) {
                    todo.push(value);
                } else {
                    claim(value & 0xFFFFFFFFL);
                }
            }
        }
    }

    private void claim(long bytes) throws UncleanException {
        claimed += bytes;
        if (claimed > HARMLESS + MOST_TIMES * (long) file.limit()) {
            throw new UncleanException("is a TIFF whose parts claim the same bytes many times");
        }
    }
}
