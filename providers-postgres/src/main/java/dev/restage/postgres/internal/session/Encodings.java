package dev.restage.postgres.internal.session;

import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Java's names of PostgreSQL's encodings. Source: PostgreSQL documentation, "Character Set Support". */
public final class Encodings {

    /** Bytes without a meaning; one character stands for each of them, so that they come out as they went in. */
    public static final String SQL_ASCII = "SQL_ASCII";

    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry(SQL_ASCII, "ISO-8859-1"),
            Map.entry("UTF8", "UTF-8"),
            Map.entry("LATIN1", "ISO-8859-1"),
            Map.entry("LATIN2", "ISO-8859-2"),
            Map.entry("LATIN3", "ISO-8859-3"),
            Map.entry("LATIN4", "ISO-8859-4"),
            Map.entry("LATIN5", "ISO-8859-9"),
            Map.entry("LATIN7", "ISO-8859-13"),
            Map.entry("LATIN9", "ISO-8859-15"),
            Map.entry("ISO_8859_5", "ISO-8859-5"),
            Map.entry("ISO_8859_6", "ISO-8859-6"),
            Map.entry("ISO_8859_7", "ISO-8859-7"),
            Map.entry("ISO_8859_8", "ISO-8859-8"),
            Map.entry("KOI8R", "KOI8-R"),
            Map.entry("KOI8U", "KOI8-U"),
            Map.entry("WIN866", "IBM866"),
            Map.entry("WIN874", "x-windows-874"),
            Map.entry("EUC_JP", "EUC-JP"),
            Map.entry("LATIN10", "ISO-8859-16"),
            Map.entry("SJIS", "windows-31j"),
            Map.entry("BIG5", "Big5"),
            Map.entry("GBK", "GBK"),
            Map.entry("GB18030", "GB18030"),
            Map.entry("UHC", "x-windows-949"),
            Map.entry("JOHAB", "x-Johab"),
            Map.entry("EUC_KR", "EUC-KR"),
            Map.entry("EUC_CN", "GB2312"),
            Map.entry("EUC_TW", "x-EUC-TW"));

    private Encodings() {}

    /** In what a server keeps the text of a database, whatever it is sent. */
    public static String of(Query server) throws SQLException {
        return server.one("SELECT pg_catalog.current_setting('server_encoding')", row -> row.getString(1));
    }

    /** The charset of an encoding; empty if this JVM has none. */
    public static Optional<Charset> charset(String encoding) {
        if (encoding.equals("UTF8")) {
            return Optional.of(StandardCharsets.UTF_8);
        }
        String windows = encoding.startsWith("WIN") ? "windows-" + encoding.substring("WIN".length()) : encoding;
        String name = NAMES.getOrDefault(encoding, windows);
        return Charset.availableCharsets().values().stream()
                .filter(each -> each.name().equals(name))
                .findFirst();
    }

    /**
     * Which texts a server can read. What its encoding does not have is refused by it, even in a literal, so nothing is
     * sent that is of no use there.
     */
    public static Predicate<String> writable(Query server) throws SQLException {
        String encoding = of(server);
        CharsetEncoder encoder = (encoding.equals(SQL_ASCII) ? Optional.<Charset>empty() : charset(encoding))
                .orElse(StandardCharsets.US_ASCII)
                .newEncoder();
        return encoder::canEncode;
    }
}
