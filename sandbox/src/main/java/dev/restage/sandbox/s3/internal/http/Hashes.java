package dev.restage.sandbox.s3.internal.http;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Digests that every JDK has. */
public final class Hashes {

    private Hashes() {}

    public static byte[] digest(String algorithm, byte[] bytes) {
        return digest(algorithm, bytes, 0, bytes.length);
    }

    public static byte[] digest(String algorithm, byte[] bytes, int from, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            digest.update(bytes, from, length);
            return digest.digest();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has no " + algorithm, e);
        }
    }

    public static String md5(byte[] bytes) {
        return hex(digest("MD5", bytes));
    }

    public static String sha256(byte[] bytes) {
        return hex(digest("SHA-256", bytes));
    }

    public static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has no HMAC", e);
        }
    }

    public static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
