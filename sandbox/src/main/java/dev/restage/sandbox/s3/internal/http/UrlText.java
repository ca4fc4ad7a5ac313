package dev.restage.sandbox.s3.internal.http;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Percent-encoding in the three ways that S3 has. */
public final class UrlText {

    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    private static final BitSet COMPONENT = set(UNRESERVED);
    private static final BitSet PATH = set(UNRESERVED + "/");
    private static final BitSet LISTING = set(UNRESERVED.replace("~", "") + "/*");
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private UrlText() {}

    /** As the canonical query of a signature has it. */
    public static String component(String text) {
        return encode(text, COMPONENT, null);
    }

    /** As the canonical path of a signature has it, and as manifests have keys. */
    public static String path(String text) {
        return encode(text, PATH, null);
    }

    /** As listings have keys that were asked for with {@code encoding-type=url}: a space is a plus. */
    public static String listing(String text) {
        return encode(text, LISTING, "+");
    }

    /** {@return what percent-encoded UTF-8 says; null if it says nothing} */
    public static @Nullable String decode(String encoded, boolean plusIsSpace) {
        if (encoded.indexOf('%') < 0 && !(plusIsSpace && encoded.indexOf('+') >= 0) && ascii(encoded)) {
            return encoded;
        }
        byte[] bytes = new byte[encoded.length()];
        int length = 0;
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '%') {
                int high = i + 2 < encoded.length() ? Character.digit(encoded.charAt(i + 1), 16) : -1;
                int low = i + 2 < encoded.length() ? Character.digit(encoded.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    return null;
                }
                bytes[length++] = (byte) (high << 4 | low);
                i += 2;
            } else {
                bytes[length++] = (byte) (c == '+' && plusIsSpace ? ' ' : c);
            }
        }
        return utf8(Arrays.copyOf(bytes, length));
    }

    private static @Nullable String utf8(byte[] bytes) {
        try {
            CharBuffer chars = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return chars.toString();
        } catch (CharacterCodingException notUtf8) {
            return null;
        }
    }

    private static boolean ascii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static String encode(String text, BitSet plain, @Nullable String space) {
        int first = 0;
        while (first < text.length() && plain.get(text.charAt(first))) {
            first++;
        }
        if (first == text.length()) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 16).append(text, 0, first);
        for (byte b : text.substring(first).getBytes(StandardCharsets.UTF_8)) {
            int value = b & 0xff;
            if (plain.get(value)) {
                out.append((char) value);
            } else if (value == ' ' && space != null) {
                out.append(space);
            } else {
                out.append('%').append(HEX[value >> 4]).append(HEX[value & 15]);
            }
        }
        return out.toString();
    }

    private static BitSet set(String characters) {
        BitSet set = new BitSet(128);
        characters.chars().forEach(set::set);
        return set;
    }
}
