package dev.restage.files.internal.file;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Paths on the machine of whoever made a file: they name its users, its folders and its network, and lead nowhere from any other
 * machine. Of such a path the name of the file stays.
 */
public final class MachinePath {

    /** What takes the place of a path that names no file. */
    private static final String NOTHING = "file";

    /** An address of the scheme {@code file}, a drive of Windows, or a share of a network. */
    private static final Pattern PATH =
            Pattern.compile("(?is)\\s*(file:|[a-z]:[\\\\/](?!/)|\\\\\\\\[\\p{L}\\p{N}._$?-]+[\\\\/]).*");

    /** The same between quotation marks or blanks of a longer text. */
    private static final Pattern WITHIN = Pattern.compile("(?i)(?<![a-z0-9])(?:file:[\\\\/]|[a-z]:[\\\\/](?!/)"
            + "|(?<!\\\\)\\\\{2,4}[a-z0-9._$-]+\\\\{1,2}[a-z0-9$])[^\"'<>|\\r\\n]*+");

    private static final Pattern FILE = Pattern.compile("[^\\\\/:]*\\.[\\p{L}\\p{N}]{1,10}");

    private MachinePath() {}

    /** {@return what stays of an address or path; the same text if it is none of one machine} */
    public static String without(String path) {
        boolean none = path.indexOf(':') < 0 && path.indexOf('\\') < 0;
        return none || !PATH.matcher(path).matches() ? path : file(path);
    }

    /** As {@link #without}, where a leading slash is the root of a machine and not that of a web site. */
    public static String withoutRoot(String path) {
        return path.startsWith("/") ? file(path) : without(path);
    }

    /** {@return a text in which paths are replaced, for texts that are instructions and not prose} */
    public static String withoutWithin(String text) {
        if (text.indexOf(":\\") < 0 && text.indexOf(":/") < 0 && text.indexOf("\\\\") < 0) {
            return text;
        }
        return WITHIN.matcher(text).replaceAll(found -> Matcher.quoteReplacement(file(found.group())));
    }

    private static String file(String path) {
        String plain = path.strip().replace("%5C", "/").replace("%5c", "/");
        int fragment = plain.toLowerCase(Locale.ROOT).startsWith("file:") ? plain.indexOf('#') : -1;
        String before = fragment < 0 ? plain : plain.substring(0, fragment);
        int last = Math.max(before.lastIndexOf('/'), before.lastIndexOf('\\'));
        String name = before.substring(last + 1);
        return FILE.matcher(name).matches() ? name : NOTHING;
    }
}
