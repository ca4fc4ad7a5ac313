package dev.restage.media.folder;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Writes segments of keys as file names from which they can be read again: {@code %3A} for a colon. A safe name stays as
 * it is, but for a percent sign before two upper-case hex digits, which would be read as an escape. An empty segment is
 * {@code %}.
 *
 * @param windows whether the names must be legal on Windows
 */
record KeyEscape(boolean windows) {

    private static final String EMPTY = "%";

    /** Source: Microsoft, "Naming files, paths, and namespaces", read 2026-11. */
    private static final Pattern WINDOWS_DEVICE =
            Pattern.compile("(?is)(con|prn|aux|nul|conin\\$|conout\\$|(com|lpt)[0-9¹²³])(\\..*)?");

    private static final String WINDOWS_FORBIDDEN = "\\:*?\"<>|";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    /** Whether the segment is a file name as it is, apart from its length. */
    boolean isSafe(String segment) {
        return !segment.isEmpty()
                && !isDots(segment)
                && !isSpecial(segment)
                && segment.chars().noneMatch(this::isForbidden)
                && !isForbiddenEnd(segment.charAt(segment.length() - 1));
    }

    String escape(String segment) {
        if (segment.isEmpty()) {
            return EMPTY;
        }
        boolean all = isDots(segment);
        boolean first = isSpecial(segment) || segment.equals(EMPTY);
        // A disk may give back the other form of composed letters, which would be another key.
        boolean foreign = !Normalizer.isNormalized(segment, Normalizer.Form.NFC);
        StringBuilder name = new StringBuilder();
        for (int at = 0, next; at < segment.length(); at = next) {
            int c = segment.codePointAt(at);
            next = at + Character.charCount(c);
            if (all
                    || (first && at == 0)
                    || (foreign && c > 0x7F)
                    || isForbidden(c)
                    || (c == '%' && isHex(segment, next))
                    || (next == segment.length() && isForbiddenEnd(c))) {
                for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                    name.append('%').append(HEX.toHexDigits(b));
                }
            } else {
                name.appendCodePoint(c);
            }
        }
        return name.toString();
    }

    /** Another name for the same segment, for a file where its first name is a directory's: its last letter is escaped too. */
    String aside(String segment) {
        int last = segment.offsetByCodePoints(segment.length(), -1);
        StringBuilder name = new StringBuilder(last == 0 ? "" : escape(segment.substring(0, last)));
        for (byte b : segment.substring(last).getBytes(StandardCharsets.UTF_8)) {
            name.append('%').append(HEX.toHexDigits(b));
        }
        return name.toString();
    }

    /** What {@link #escape} made into this name. It makes no other one if escaping the answer gives another name. */
    String unescape(String name) {
        if (name.equals(EMPTY)) {
            return "";
        }
        if (name.indexOf('%') < 0) {
            return name;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int at = 0, next; at < name.length(); at = next) {
            int c = name.codePointAt(at);
            next = at + Character.charCount(c);
            if (c == '%' && isHex(name, next)) {
                bytes.write(HexFormat.fromHexDigits(name, next, next + 2));
                next += 2;
            } else {
                bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static boolean isDots(String segment) {
        return segment.equals(".") || segment.equals("..");
    }

    /** Names that mean something, whatever their letters are. */
    private boolean isSpecial(String segment) {
        return (segment.startsWith(".") && FolderDisk.withoutCase(segment).startsWith(FolderKeys.OWN))
                || (windows && WINDOWS_DEVICE.matcher(segment).matches());
    }

    private boolean isForbidden(int c) {
        return c == 0 || c == '/' || (windows && (c < ' ' || WINDOWS_FORBIDDEN.indexOf(c) >= 0));
    }

    private boolean isForbiddenEnd(int c) {
        return windows && (c == '.' || c == ' ');
    }

    private static boolean isHex(String text, int at) {
        return at + 2 <= text.length() && isHexDigit(text.charAt(at)) && isHexDigit(text.charAt(at + 1));
    }

    private static boolean isHexDigit(char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F');
    }
}
