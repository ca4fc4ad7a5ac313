package dev.restage.masking;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Turns values into tokens that stand for them: equal values have equal tokens under one key, and nothing leads back
 * from a token. Whoever has the key can test guesses of a value, so it is a secret. May be used by several threads,
 * which do not wait for each other.
 */
public final class MaskKey {

    /** Characters of a token: 60 bits, so among ten million values two with one token are not to be expected. */
    static final int TOKEN_LENGTH = 12;

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final String ALGORITHM = "HmacSHA256";

    private final ThreadLocal<Mac> macs;

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
        StringBuilder token = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            if (i > 0 && i % digest.length == 0) {
                digest = digest(purpose + i, value);
            }
            token.append(ALPHABET.charAt(digest[i % digest.length] & 31));
        }
        return token.toString();
    }

    String token(String value) {
        return token("", value, TOKEN_LENGTH);
    }

    /** A number from 0 to {@code Long.MAX_VALUE} that stands for a value. */
    long number(String purpose, String value) {
        return ByteBuffer.wrap(digest(purpose, value)).getLong() & Long.MAX_VALUE;
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
