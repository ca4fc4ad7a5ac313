package dev.restage.postgres.internal.content;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The escapes of values in COPY's text form. A tab or line feed never occurs inside a value. Source: PostgreSQL
 * documentation, COPY, "Text Format".
 */
public final class CopyText {

    private byte[] bytes = new byte[256];

    /** The value of a slice that is not {@code \N}. */
    String decoded(byte[] buffer, int from, int to) {
        int i = from;
        while (i < to && buffer[i] != '\\') {
            i++;
        }
        if (i == to) {
            return new String(buffer, from, to - from, StandardCharsets.UTF_8);
        }
        int size = i - from;
        if (bytes.length < to - from) {
            bytes = new byte[Math.max(to - from, bytes.length * 2)];
        }
        System.arraycopy(buffer, from, bytes, 0, size);
        while (i < to) {
            byte b = buffer[i++];
            if (b != '\\' || i == to) {
                bytes[size++] = b;
                continue;
            }
            b = buffer[i++];
            int digits = b == 'x' ? digits(buffer, i, to, 16, 2) : digits(buffer, i - 1, to, 8, 3);
            if (digits == 0) {
                bytes[size++] = meant(b);
            } else {
                int start = b == 'x' ? i : i - 1;
                bytes[size++] = (byte) Integer.parseInt(
                        new String(buffer, start, digits, StandardCharsets.US_ASCII), b == 'x' ? 16 : 8);
                i = start + digits;
            }
        }
        return new String(bytes, 0, size, StandardCharsets.UTF_8);
    }

    /** The bytes of a value, as they stand in a row. */
    public static byte[] encoded(String text) {
        byte[] plain = text.getBytes(StandardCharsets.UTF_8);
        int more = 0;
        for (byte b : plain) {
            more += escape(b) == 0 ? 0 : 1;
        }
        if (more == 0) {
            return plain;
        }
        byte[] escaped = Arrays.copyOf(plain, plain.length + more);
        int size = 0;
        for (byte b : plain) {
            byte escape = escape(b);
            if (escape != 0) {
                escaped[size++] = '\\';
            }
            escaped[size++] = escape == 0 ? b : escape;
        }
        return escaped;
    }

    private static int digits(byte[] buffer, int from, int to, int radix, int most) {
        int count = 0;
        while (count < most && from + count < to && Character.digit(buffer[from + count], radix) >= 0) {
            count++;
        }
        return count;
    }

    private static byte meant(byte escape) {
        return switch (escape) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> 0x0b;
            default -> escape;
        };
    }

    private static byte escape(byte b) {
        return switch (b) {
            case '\\' -> '\\';
            case '\n' -> 'n';
            case '\r' -> 'r';
            case '\t' -> 't';
            default -> 0;
        };
    }
}
