package dev.restage.postgres.internal.proof.words;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * Fingerprints of what was masked: 64 bits each under a salt that is drawn for each run and never leaves it, so they
 * say nothing to whoever finds them. A billion look-ups among thirty million of them find one by chance in six hundred
 * runs. May be used by several threads.
 */
public final class Fingerprints {

    /** What a fingerprint stands for; each kind has its own. */
    public enum Kind {
        /** An e-mail address. */
        ADDRESS,
        /** The last nine digits of a telephone number, which are the same with and without the country's. */
        NUMBER,
        /** All digits of a telephone number or an id, as a column of numbers holds it. */
        DIGITS,
        /** Up to five words by which a person is known whatever their order: a full name, a login with digits. */
        NAME,
        /** The stems of a name's words, as a full-text index holds them. */
        STEMS,
        /** Two words with capitals in a masked text: a name perhaps. */
        CAPITALS,
        /** A whole text of some words. */
        TEXT,
        /** A word of a name or an address; says something only where a column is full of such. */
        WORD,
        /** An address or a number of somebody unknown. */
        SHAPE;

        private final long apart = RowHash.mixed(name().hashCode());
    }

    /** Numbers with more digits are not told apart by their length. */
    public static final int LONGEST_NUMBER = 20;

    private static final int TABLES = 64;

    /** One for each word that some name or pair of words has, by its hash: 128 KB, so that it stays near a processor. */
    private static final int PART_BITS = 1 << 20;

    private final AtomicLongArray parts = new AtomicLongArray(PART_BITS / Long.SIZE);
    private final LongTable[] tables = new LongTable[TABLES];
    private final LongAdder[] numbers = new LongAdder[LONGEST_NUMBER + 1];
    private final long salt = new SecureRandom().nextLong();

    public Fingerprints() {
        Arrays.setAll(tables, i -> new LongTable());
        Arrays.setAll(numbers, i -> new LongAdder());
    }

    /** The fingerprint of something that was hashed with {@link #word}. */
    public long of(Kind kind, long hash) {
        long print = RowHash.mixed(hash ^ kind.apart);
        return print == 0 ? 1 : print;
    }

    /** Hashes a part of a text; salted, as short words could be guessed. */
    public long word(CharSequence text, int from, int to) {
        long hash = salt;
        for (int i = from; i < to; i++) {
            hash = RowHash.step(hash, text.charAt(i));
        }
        return RowHash.mixed(hash);
    }

    /** Remembers that a word is part of something of several words. */
    public void addPart(long word) {
        int at = (int) (word >>> 6 & parts.length() - 1);
        long bit = 1L << word;
        if ((parts.get(at) & bit) == 0) {
            parts.accumulateAndGet(at, bit, (before, more) -> before | more);
        }
    }

    /** Whether a word may be such a part; if not, nothing with it needs to be looked up. */
    public boolean isPart(long word) {
        return (parts.getPlain((int) (word >>> 6 & parts.length() - 1)) & 1L << word) != 0;
    }

    /** Counts a number to be looked for in columns of numbers. */
    public void addDigits(int length) {
        numbers[Math.min(length, LONGEST_NUMBER)].increment();
    }

    public boolean hasDigits() {
        return Arrays.stream(numbers).anyMatch(each -> each.sum() > 0);
    }

    /** How likely any number of so many digits is one of those that are looked for; to be asked when all is added. */
    public double chance(int length) {
        return numbers[length].sum() / (9 * Math.pow(10, length - 1.0));
    }

    public void add(long print) {
        LongTable table = table(print);
        synchronized (table) {
            table.add(print);
        }
    }

    /** To be asked when all is added. */
    public boolean contains(long print) {
        return table(print).contains(print);
    }

    public long size() {
        long size = 0;
        for (LongTable table : tables) {
            size += table.size();
        }
        return size;
    }

    private LongTable table(long print) {
        return tables[(int) (print >>> 58)];
    }
}
