package dev.restage.http;

import java.util.List;
import java.util.regex.Pattern;

/** Takes out of a vendor's text what could be a secret, and keeps it short. */
final class Redaction {

    private static final int LONGEST = 400;
    private static final Pattern TAGS = Pattern.compile("(?is)<(script|style)\\b.*?</\\1>|<!--.*?-->|<[a-z/!][^>]*>");
    private static final Pattern USER_INFO = Pattern.compile("://[^/\\s@]+@");
    private static final Pattern QUERY = Pattern.compile("(https?://[^\\s\"'?]+)\\?[^\\s\"']+");
    private static final Pattern TOKEN =
            Pattern.compile("gh[pousr]_[A-Za-z0-9_.-]+|github_pat_[A-Za-z0-9_]+|HRKU-[A-Za-z0-9_-]+"
                    + "|(?i:(bearer|basic)) [A-Za-z0-9._~+/=-]{8,}");

    private Redaction() {}

    static String text(String raw, List<String> secrets) {
        String text = TAGS.matcher(raw).replaceAll(" ").replaceAll("\\s+", " ").strip();
        for (String secret : secrets) {
            text = text.replace(secret, "***");
        }
        text = USER_INFO.matcher(text).replaceAll("://***@");
        text = QUERY.matcher(text).replaceAll("$1?***");
        text = TOKEN.matcher(text).replaceAll("***");
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }

    /** A path as a message may show it: no query; of a foreign URL only the host, as its path can be a secret. */
    static String path(String path) {
        int query = path.indexOf('?');
        String bare = query < 0 ? path : path.substring(0, query);
        int host = bare.indexOf("://");
        if (host < 0) {
            return bare.isEmpty() ? "its address" : bare;
        }
        int slash = bare.indexOf('/', host + 3);
        return slash < 0 ? bare : bare.substring(0, slash) + "/...";
    }
}
