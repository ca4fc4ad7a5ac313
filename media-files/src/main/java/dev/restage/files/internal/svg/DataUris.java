package dev.restage.files.internal.svg;

import dev.restage.files.internal.file.FilesWithin;
import dev.restage.files.internal.file.MachinePath;
import dev.restage.files.internal.file.Scrubber.Found;
import dev.restage.files.internal.file.Spool;
import dev.restage.files.internal.file.UncleanException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cleans pictures that are written into a text as addresses, in every spelling that browsers read: blanks before them and within,
 * capitals, percent signs or base64.
 *
 * <p>Source: RFC 2397; URL Standard, 4.4, and Fetch Standard, 6, whatwg.org, read 2026-11.
 */
final class DataUris {

    private static final String SCHEME = "data:";
    private static final String BASE_64 = ";base64";
    private static final int MOST_DEPTH = 4;

    /** No picture is smaller, and a style sheet may have very many that are. */
    private static final int FEWEST_BYTES = 24;

    /**
     * A part of an address behind it names an element or a part of the picture, or is something else that nobody needs.
     *
     * <p>Source: SVG 2, 16.1.2; Media Fragments URI 1.0, 4.2, w3.org.
     */
    private static final Pattern FRAGMENT =
            Pattern.compile("#(?:[\\w.:-]{0,100}|xywh=(?:pixel:|percent:)?[\\d.,]{1,100}"
                    + "|svgView\\((?:(?:viewBox|preserveAspectRatio|transform|zoomAndPan)"
                    + "\\((?:[\\d.,;%e +-]|x(?:Min|Mid|Max)Y(?:Min|Mid|Max)|none|meet|slice|defer|disable|magnify"
                    + "|(?:matrix|translate|scale|rotate|skewX|skewY)\\([\\d.,%e +-]*+\\))*+\\);?)*+\\))");

    /** What a script or a text of another kind holds, as far as it can be told where it ends. */
    private static final Pattern WITHIN_TEXT = Pattern.compile("(?i)data:[a-z0-9.+/;=_-]{0,100};base64,[a-z0-9+/=%]*+");

    /** What could be a picture with somebody in it. */
    private static final Pattern PACKED = Pattern.compile("[A-Za-z0-9+/\\\\]{100,}+={0,2}");

    private final FilesWithin others;
    private final int depth;

    DataUris(FilesWithin others) {
        this(others, 0);
    }

    private DataUris(FilesWithin others, int depth) {
        this.others = others;
        this.depth = depth;
    }

    /** {@return what takes the place of an address; the same text if there is nothing to remove} A path on a machine is none. */
    String clean(String url) throws UncleanException, IOException {
        String plain = plain(url);
        int comma = plain.indexOf(',');
        if (!plain.regionMatches(true, 0, SCHEME, 0, SCHEME.length()) || comma < 0) {
            return MachinePath.without(url);
        }
        String head = plain.substring(SCHEME.length(), comma).strip().toLowerCase(Locale.ROOT);
        String plainHead = head.replace(" ", "");
        boolean packed = plainHead.endsWith(BASE_64);
        int hash = plain.indexOf('#', comma);
        String fragment = hash < 0 ? "" : plain.substring(hash);
        byte[] body = unescaped(plain.substring(comma + 1, hash < 0 ? plain.length() : hash));
        byte[] bytes = packed ? unpacked(body) : body;
        String type = type(packed ? plainHead.substring(0, plainHead.length() - BASE_64.length()) : plainHead);
        byte[] cleaned = cleaned(type, bytes);
        String kept = FRAGMENT.matcher(fragment).matches() ? fragment : "";
        if (cleaned == bytes && kept.equals(fragment) && isPlain(plainHead, type)) {
            return url;
        }
        return SCHEME + type + BASE_64 + "," + Base64.getEncoder().encodeToString(cleaned) + kept;
    }

    /** Cleans the addresses in a list of pictures of several sizes. Source: HTML Standard, 4.8.4.2.2. */
    String cleanSet(String set) throws UncleanException, IOException {
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < set.length()) {
            int from = at;
            while (at < set.length() && (set.charAt(at) <= ' ' || set.charAt(at) == ',')) {
                at++;
            }
            out.append(set, from, at);
            int begin = at;
            while (at < set.length() && set.charAt(at) > ' ') {
                at++;
            }
            int end = at;
            while (end > begin && set.charAt(end - 1) == ',') {
                end--;
            }
            out.append(clean(set.substring(begin, end))).append(set, end, at);
            int size = at;
            while (end == at && size < set.length() && set.charAt(size) != ',') {
                size++;
            }
            out.append(set, at, size);
            at = size;
        }
        return out.toString();
    }

    /** Cleans what can be told from the text around it. */
    String cleanWithin(String text) throws UncleanException, IOException {
        Matcher found = WITHIN_TEXT.matcher(text);
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (found.find()) {
            out.append(text, at, found.start()).append(clean(found.group()));
            at = found.end();
        }
        return at == 0 ? text : out.append(text, at, text.length()).toString();
    }

    /** Cleans what a script holds, also pictures of which it makes addresses by itself. */
    String cleanScript(String script) throws UncleanException, IOException {
        Matcher found = PACKED.matcher(script);
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (found.find()) {
            out.append(script, at, found.start()).append(cleanPacked(found.group()));
            at = found.end();
        }
        return at == 0 ? script : out.append(script, at, script.length()).toString();
    }

    private String cleanPacked(String packed) throws UncleanException, IOException {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(packed.replace("\\/", "/"));
        } catch (IllegalArgumentException e) {
            return packed;
        }
        if (!others.know(bytes)) {
            return packed;
        }
        byte[] cleaned = cleaned("", bytes);
        return cleaned == bytes ? packed : Base64.getEncoder().encodeToString(cleaned);
    }

    /** As browsers read it. */
    private static String plain(String url) {
        int begin = 0;
        while (begin < url.length() && url.charAt(begin) <= ' ') {
            begin++;
        }
        StringBuilder plain = new StringBuilder(url.length() - begin);
        for (int i = begin; i < url.length(); i++) {
            char one = url.charAt(i);
            if (one != '\t' && one != '\n' && one != '\r') {
                plain.append(one);
            }
        }
        return plain.toString();
    }

    /** Without what else a file may be said to be, such as its name. */
    private static String type(String head) {
        String[] parts = head.split(";", -1);
        StringBuilder type = new StringBuilder(parts[0].strip());
        for (int i = 1; i < parts.length; i++) {
            if (parts[i].strip().startsWith("charset=")) {
                type.append(';').append(parts[i].strip());
            }
        }
        return type.toString();
    }

    private static boolean isPlain(String head, String type) {
        return head.equals(type) || head.equals(type + BASE_64);
    }

    private byte[] cleaned(String type, byte[] bytes) throws UncleanException, IOException {
        if (depth == MOST_DEPTH) {
            throw new UncleanException("has pictures within pictures within pictures");
        }
        if (type.startsWith("text/css")) {
            String css = new String(bytes, StandardCharsets.UTF_8);
            String clean = CssText.clean(css, new DataUris(others, depth + 1));
            return clean.equals(css) ? bytes : clean.getBytes(StandardCharsets.UTF_8);
        }
        if (bytes.length < FEWEST_BYTES) {
            return bytes;
        }
        try (InputStream stream = new ByteArrayInputStream(bytes);
                Spool inner = Spool.of(stream);
                Spool clean = new Spool()) {
            if (others.scrubPart(inner, clean) == Found.NOTHING) {
                return bytes;
            }
            clean.finish();
            try (InputStream cleaned = clean.open()) {
                return cleaned.readAllBytes();
            }
        }
    }

    private static byte[] unpacked(byte[] body) throws UncleanException {
        try {
            return Base64.getMimeDecoder().decode(body);
        } catch (IllegalArgumentException e) {
            throw new UncleanException("has a picture in it that cannot be read", e);
        }
    }

    private static byte[] unescaped(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            int high = i + 2 < bytes.length && bytes[i] == '%' ? Character.digit(bytes[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(bytes[i + 2], 16);
            if (low < 0) {
                out.write(bytes[i]);
            } else {
                out.write((high << 4) | low);
                i += 2;
            }
        }
        return out.toByteArray();
    }
}
