package dev.restage.postgres.internal.proof;

import java.nio.charset.StandardCharsets;

/** Values in COPY's text form. Source: PostgreSQL documentation, COPY, "Text Format". */
final class CopyText {

    private CopyText() {}

    static boolean isNull(byte[] row, int from, int to) {
        return to - from == 2 && row[from] == '\\' && row[from + 1] == 'N';
    }

    static String decoded(byte[] row, int from, int to) {
        byte[] value = new byte[to - from];
        int length = 0;
        for (int i = from; i < to; i++) {
            byte b = row[i];
            if (b == '\\' && i + 1 < to) {
                i++;
                b = meant(row[i]);
            }
            value[length++] = b;
        }
        return new String(value, 0, length, StandardCharsets.UTF_8);
    }

    /** The server writes only these escapes and the backslash's own. */
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
}
