package dev.restage.sandbox.server;

import java.security.SecureRandom;
import java.util.HexFormat;
import org.postgresql.util.PasswordUtil;

/** Passwords that nobody has to remember. */
final class Passwords {

    private static final SecureRandom RANDOM = new SecureRandom();

    private Passwords() {}

    static String next() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /**
     * {@return what PostgreSQL keeps of one} Hashed once and not 4,096 times, which is for passwords that can be
     * guessed: every connection would spend most of its time on it.
     *
     * @param password one of {@link #next}
     */
    static String scram(String password) {
        byte[] salt = new byte[16];
        RANDOM.nextBytes(salt);
        return PasswordUtil.encodeScramSha256(password.toCharArray(), 1, salt);
    }
}
