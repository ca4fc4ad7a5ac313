package dev.restage.files.internal.picture;

import dev.restage.files.internal.file.UncleanException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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

    /** Fields that say where those parts are, and those with their lengths. */
    private static final Map<Integer, Integer> OFFSETS = Map.of(273, 279, 324, 325, 513, 514);

    /** Fields of the older way to hold a JPEG, which say where tables are and not how long. */
    private static final Set<Integer> OLD_TABLES = Set.of(519, 520, 521);

    private static final int HEAD_BYTES = 8;

    private final ByteBuffer file;
    private final Set<Integer> seen = new HashSet<>();
    private final Deque<Integer> todo = new ArrayDeque<>();

    private final BitSet claimedBytes = new BitSet();

    private long claimed;
    private boolean allTold = true;

    private TiffClaims(byte[] file) {
        this.file = ByteBuffer.wrap(file);
        this.claimedBytes.set(0, HEAD_BYTES);
    }

    /**
     * Looks at what parts claim. What is broken otherwise is left to the library to find.
     *
     * @throws UncleanException if they claim far more than there is
     */
    static TiffClaims of(byte[] file) throws UncleanException {
        TiffClaims claims = new TiffClaims(file);
        try {
            claims.walk();
            return claims;
        } catch (IndexOutOfBoundsException e) {
            throw new UncleanException("is a broken TIFF: a directory goes beyond its end", e);
        }
    }

    /** {@return whether there are bytes that no part claims, other than zeros} */
    boolean leaveSomething() {
        for (int at = claimedBytes.nextClearBit(0); at < file.limit(); at = claimedBytes.nextClearBit(at + 1)) {
            if (file.get(at) != 0) {
                return allTold;
            }
        }
        return false;
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
        range(at, 2L + FIELD_BYTES * (long) fields + 4);
        Map<Integer, Values> parts = new HashMap<>();
        for (int i = 0; i < fields; i++) {
            field(at + 2 + FIELD_BYTES * i, parts);
        }
        OFFSETS.forEach((offsets, lengths) -> {
            Values begins = parts.getOrDefault(offsets, Values.NONE);
            Values sizes = parts.getOrDefault(lengths, Values.NONE);
            allTold &= begins.count == sizes.count;
            for (int i = 0; i < Math.min(begins.count, sizes.count); i++) {
                range(begins.get(file, i), sizes.get(file, i) & 0xFFFFFFFFL);
            }
        });
        todo.push(file.getInt(at + 2 + FIELD_BYTES * fields));
    }

    private void field(int at, Map<Integer, Values> parts) throws UncleanException {
        int tag = file.getShort(at) & 0xFFFF;
        int type = file.getShort(at + 2) & 0xFFFF;
        long count = file.getInt(at + 4) & 0xFFFFFFFFL;
        int bytes = type < TYPE_BYTES.size() ? TYPE_BYTES.get(type) : 0;
        claim(bytes * count);
        Values values = new Values(bytes * count <= 4 ? at + 8 : file.getInt(at + 8), bytes > 0 ? count : 0, type);
        range(values.at, bytes * count);
        allTold &= !OLD_TABLES.contains(tag);
        parts.put(tag, values);
        if (LENGTHS.contains(tag) || DIRECTORIES.contains(tag)) {
            for (int i = 0; i < values.count; i++) {
                if (DIRECTORIES.contains(tag)) {
                    todo.push(values.get(file, i));
                } else {
                    claim(values.get(file, i) & 0xFFFFFFFFL);
                }
            }
        }
    }

    /** The numbers that a field holds, wherever they are. */
    private record Values(int at, long count, int type) {

        private static final Values NONE = new Values(0, 0, 0);

        private int get(ByteBuffer file, int index) {
            return type == SHORT ? file.getShort(at + 2 * index) & 0xFFFF : file.getInt(at + 4 * index);
        }
    }

    private void range(int begin, long bytes) {
        if (begin >= 0 && begin < file.limit()) {
            claimedBytes.set(begin, (int) Math.min(file.limit(), begin + bytes));
        }
    }

    private void claim(long bytes) throws UncleanException {
        claimed += bytes;
        if (claimed > HARMLESS + MOST_TIMES * (long) file.limit()) {
            throw new UncleanException("is a TIFF whose parts claim the same bytes many times");
        }
    }
}
