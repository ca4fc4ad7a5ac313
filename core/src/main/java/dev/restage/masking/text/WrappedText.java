package dev.restage.masking.text;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/**
 * Reads texts through what they are wrapped in: escapes of JSON, of JSON in JSON and so on, encodings of URLs and HTML,
 * tags, hexadecimal bytes, base64, zlib and gzip.
 */
public final class WrappedText {

    /** Deeper wrappings are given up. */
    private static final int DEEPEST = 4;

    /** Escapes of escapes of escapes: a link in HTML in a form's body. */
    private static final int ROUNDS = 3;

    /** Shorter runs of letters are taken for words. */
    private static final int SHORTEST_BASE64 = 24;

    /** Shorter lines are not broken by who wrote them. */
    private static final int BASE64_LINE = 60;

    private static final int MOST_BYTES = 16 << 20;

    private static final Pattern ESCAPE =
            Pattern.compile("\\\\+(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([nrtbf\"'/])|)");
    private static final Pattern PERCENT = Pattern.compile("(?:%[0-9a-fA-F]{2})+");
    private static final Pattern ENTITY =
            Pattern.compile("&(?:#(\\d{2,6})|#[xX]([0-9a-fA-F]{2,5})|([a-zA-Z])[a-z]{2,5}|[a-z0-9]{2,8});");
    private static final Pattern NAMED_LETTER =
            Pattern.compile("&.(acute|grave|circ|uml|tilde|cedil|ring|slash|caron|z?lig);");

    /** A tag of HTML or XML; an address in angle brackets is none. */
    private static final Pattern TAG = Pattern.compile("</?[a-zA-Z][^<>@]*>");

    private WrappedText() {}

    /**
     * Reads a text.
     *
     * @param text the text
     * @param reader takes the text as a person would read it, and every text that is wrapped in it
     */
    public static void read(String text, Consumer<String> reader) {
        read(text, 0, reader);
    }

    /**
     * Reads bytes that are a text, or wrap one.
     *
     * @param bytes the bytes
     * @param reader takes every text found
     */
    public static void read(byte[] bytes, Consumer<String> reader) {
        read(bytes, 0, true, reader);
    }

    private static void read(String text, int depth, Consumer<String> reader) {
        if (text.startsWith("\\x") && text.length() % 2 == 0) {
            try {
                read(HexFormat.of().parseHex(text, 2, text.length()), depth, true, reader);
                return;
            } catch (IllegalArgumentException e) {
                // not bytes as the server writes them, but a text that begins like these
            }
        }
        String plain = plain(text);
        reader.accept(plain);
        if (plain.indexOf('<') >= 0 && TAG.matcher(plain).find()) {
            reader.accept(TAG.matcher(plain).replaceAll(""));
        }
        if (depth < DEEPEST) {
            base64Runs(plain, depth + 1, reader);
        }
    }

    private static void base64Runs(String text, int depth, Consumer<String> reader) {
        int at = 0;
        while (at <= text.length() - SHORTEST_BASE64) {
            int end = base64End(text, at);
            if (end - at >= SHORTEST_BASE64) {
                end = lastLineEnd(text, at, end);
                base64(text.substring(at, end), depth, reader);
            }
            at = end + 1;
        }
    }

    /** Goes on to further lines while they are as long as mail has them. */
    private static int lastLineEnd(String text, int from, int firstEnd) {
        int line = from;
        int end = firstEnd;
        while (end - line >= BASE64_LINE) {
            line = text.startsWith("\r\n", end) ? end + 2 : end + 1;
            int next = line <= text.length() && text.charAt(line - 1) == '\n' ? base64End(text, line) : line;
            if (next == line) {
                break;
            }
            end = next;
        }
        return end;
    }

    private static int base64End(String text, int from) {
        int end = from;
        while (end < text.length() && isBase64(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isBase64(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '+'
                || c == '/'
                || c == '_'
                || c == '-';
    }

    private static void base64(String run, int depth, Consumer<String> reader) {
        String letters = run.replaceAll("\\s", "").replace('+', '-').replace('/', '_');
        int surplus = letters.length() % 4 == 1 ? 1 : 0;
        byte[] bytes = Base64.getUrlDecoder().decode(letters.substring(0, letters.length() - surplus));
        read(bytes, depth, false, reader);
    }

    private static void read(byte[] bytes, int depth, boolean certain, Consumer<String> reader) {
        byte[] inflated = depth < DEEPEST ? inflated(bytes) : new byte[0];
        if (inflated.length > 0) {
            read(inflated, depth + 1, true, reader);
            return;
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        long strange = text.chars().filter(WrappedText::isStrange).count();
        if (certain || strange * 4 < text.length()) {
            read(text, depth + 1, reader);
        }
        if (certain && strange > 0) {
            reader.accept(new String(bytes, StandardCharsets.ISO_8859_1));
        }
    }

    /** What no text has: controls, and what stands for bytes that are no UTF-8. */
    private static boolean isStrange(int c) {
        return c == '\ufffd' || (c < ' ' && c != '\n' && c != '\r' && c != '\t');
    }

    /** Empty if it is not compressed; what could be read if it is cut off. Source of the first bytes: RFC 1950, 1952. */
    private static byte[] inflated(byte[] bytes) {
        if (bytes.length < 8) {
            return new byte[0];
        }
        int head = (bytes[0] & 0xFF) << 8 | (bytes[1] & 0xFF);
        boolean zlib = (bytes[0] & 0x0F) == 8 && head % 31 == 0;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (zlib || head == 0x1F8B) {
            try (InputStream in = zlib
                    ? new InflaterInputStream(new ByteArrayInputStream(bytes))
                    : new GZIPInputStream(new ByteArrayInputStream(bytes))) {
                byte[] buffer = new byte[8192];
                for (int n = in.read(buffer); n >= 0 && out.size() < MOST_BYTES; n = in.read(buffer)) {
                    out.write(buffer, 0, n);
                }
            } catch (IOException e) {
                // cut off, or not compressed after all: what could be read is all there is
                return out.toByteArray();
            }
        }
        return out.toByteArray();
    }

    private static String plain(String text) {
        String plain = text;
        for (int round = 0; round < ROUNDS; round++) {
            String next = plain;
            if (next.indexOf('\\') >= 0) {
                next = ESCAPE.matcher(next).replaceAll(match -> Matcher.quoteReplacement(escaped(match)));
            }
            if (next.indexOf('%') >= 0) {
                next = PERCENT.matcher(next)
                        .replaceAll(match -> Matcher.quoteReplacement(new String(
                                HexFormat.of().parseHex(match.group().replace("%", "")), StandardCharsets.UTF_8)));
            }
            if (next.indexOf('&') >= 0) {
                next = ENTITY.matcher(next).replaceAll(match -> Matcher.quoteReplacement(entity(match)));
            }
            if (next.equals(plain)) {
                return plain;
            }
            plain = next;
        }
        return plain;
    }

    private static String escaped(MatchResult match) {
        String hex = match.group(1) != null ? match.group(1) : match.group(2);
        if (hex != null) {
            return Character.toString(Integer.parseInt(hex, 16));
        }
        String letter = match.group(3);
        if (letter == null) {
            return " ";
        }
        return "nrtbf".contains(letter) ? "\n" : letter;
    }

    /** The letter without its accent, which reading does not look at. */
    private static String entity(MatchResult match) {
        if (match.group(1) != null) {
            return letter(Integer.parseInt(match.group(1)));
        }
        if (match.group(2) != null) {
            return letter(Integer.parseInt(match.group(2), 16));
        }
        if (NAMED_LETTER.matcher(match.group()).matches()) {
            return match.group(3);
        }
        return switch (match.group()) {
            case "&amp;" -> "&";
            case "&quot;" -> "\"";
            case "&apos;" -> "'";
            default -> " ";
        };
    }

    private static String letter(int codePoint) {
        return Character.isValidCodePoint(codePoint) ? Character.toString(codePoint) : " ";
    }
}
