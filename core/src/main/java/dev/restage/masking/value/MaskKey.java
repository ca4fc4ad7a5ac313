package dev.restage.masking.value;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Turns values into tokens that stand for them: equal values have equal tokens under one key, and nothing leads back
 * from a token. Whoever has the key can test guesses of a value, so it is a secret. May be used by several threads,
 * which do not wait for each other.
 */
public final class MaskKey {

    /** Characters of a token: 60 bits, so among ten million values two with one token are not to be expected. */
    static final int TOKEN_LENGTH = 12;

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    /** A power of two; enough for the names of a town. */
    private static final int RECURRING = 1 << 13;

    private static final String ALGORITHM = "HmacSHA256";

    private final ThreadLocal<Mac> macs;

    private final ThreadLocal<@Nullable Recurring[]> memories =
            ThreadLocal.withInitial(() -> new @Nullable Recurring[RECURRING]);

    private record Recurring(String purpose, String value, long number) {}

    private MaskKey(SecretKeySpec secret) {
        this.macs = ThreadLocal.withInitial(() -> mac(secret));
    }

    /**
     * Makes a key.
     *
     * @param secret any text, not empty; the longer, the harder to guess
     * @return the key
     */
    public static MaskKey of(String secret) {
        return new MaskKey(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
    }

    /** Letters and digits that stand for a value; purposes keep the tokens of one value apart. */
    String token(String purpose, String value, int length) {
        byte[] digest = digest(purpose, value);
        char[] token = new char[length];
        for (int i = 0; i < length; i++) {
            if (i > 0 && i % digest.length == 0) {
                digest = digest(purpose + i, value);
            }
            token[i] = ALPHABET.charAt(digest[i % digest.length] & 31);
        }
        return new String(token);
    }

    String token(String value) {
        return token("", value, TOKEN_LENGTH);
    }

    /**
     * Writes what stands for a value that was read in small letters: in small letters again if the value was, else with
     * capitals by which spellings of one value can be told from each other.
     */
    String spelled(String text, String value, String folded) {
        if (value.equals(folded)) {
            return text;
        }
        byte[] digest = digest("case", value);
        StringBuilder spelled = new StringBuilder(text);
        boolean capitals = false;
        for (int i = text.length() - 1; i >= 0; i--) {
            if ((digest[i % digest.length] & 1) != 0 || (i == 0 && !capitals)) {
                spelled.setCharAt(i, Character.toUpperCase(text.charAt(i)));
                capitals |= Character.isUpperCase(spelled.charAt(i));
            }
        }
        return spelled.toString();
    }

    /** A number from 0 to {@code Long.MAX_VALUE} that stands for a value. */
    long number(String purpose, String value) {
        return ByteBuffer.wrap(digest(purpose, value)).getLong() & Long.MAX_VALUE;
    }

    /** The same for values that come again and again, such as names: the last ones are remembered. */
    long recurringNumber(String purpose, String value) {
        @Nullable Recurring[] memory = memories.get();
        int at = (value.hashCode() * 31 + purpose.hashCode()) & memory.length - 1;
        Recurring known = memory[at];
        if (known == null || !known.value.equals(value) || !known.purpose.equals(purpose)) {
            known = new Recurring(purpose, value, number(purpose, value));
            memory[at] = known;
        }
        return known.number;
    }

    /** 32 bytes that stand for a value. */
    byte[] digest(String purpose, String value) {
        Mac mac = macs.get();
        mac.update(purpose.getBytes(StandardCharsets.UTF_8));
        mac.update((byte) 0);
        return mac.doFinal(value.getBytes(StandardCharsets.UTF_8));
    }

    private static Mac mac(SecretKeySpec secret) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    /** Shows nothing of the key. */
    @Override
    public String toString() {
        return "***";
    }
}
