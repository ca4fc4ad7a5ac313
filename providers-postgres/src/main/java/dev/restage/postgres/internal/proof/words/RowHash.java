package dev.restage.postgres.internal.proof.words;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * 64 bits that stand for bytes, eight bytes at a step. Strong enough that a changed row shows, made to be fast, and of
 * no use against somebody who chooses the rows: the seed is drawn anew for each run.
 */
public final class RowHash {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** Odd numbers whose bits look random. Source: the fractions of the golden ratio and of the root of 3. */
    private static final long STEP = 0x9E3779B97F4A7C15L;

    private static final long SPREAD = 0xBB67AE8584CAA73BL;

    private RowHash() {}

    /** Goes on from a seed, or from the hash of the bytes before. */
    public static long of(byte[] bytes, int from, int to, long seed) {
        long hash = seed + (to - from) * STEP;
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            hash = step(hash, (long) LONGS.get(bytes, at));
        }
        long rest = 0;
        for (int shift = 0; at < to; at++, shift += Byte.SIZE) {
            rest |= (bytes[at] & 0xFFL) << shift;
        }
        return mixed(step(hash, rest));
    }

    public static long step(long hash, long word) {
        long mixed = hash ^ word;
        return mixed * SPREAD ^ Math.multiplyHigh(mixed, SPREAD);
    }

    /** Spreads every bit over all others. Source: Stafford, "Better bit mixing", variant 13. */
    static long mixed(long hash) {
        long mixed = (hash ^ hash >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }
}
