package dev.restage.sandbox.site.internal.rows;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Names of constraints and indexes as Django makes them. Source: {@code _create_index_name} and {@code names_digest} in
 * Django 5.2.
 */
final class DjangoName {

    private static final int LONGEST = 63;

    private DjangoName() {}

    static String of(String table, List<String> columns, String suffix) {
        String joined = String.join("_", columns);
        String end = digest(table, columns) + suffix;
        String whole = table + "_" + joined + "_" + end;
        if (whole.length() <= LONGEST) {
            return whole;
        }
        if (end.length() > LONGEST / 3) {
            end = end.substring(0, LONGEST / 3);
        }
        int rest = (LONGEST - end.length()) / 2 - 1;
        return cut(table, rest) + "_" + cut(joined, rest) + "_" + end;
    }

    private static String cut(String text, int length) {
        return text.substring(0, Math.min(text.length(), length));
    }

    private static String digest(String table, List<String> columns) {
        try {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            md5.update(table.getBytes(StandardCharsets.UTF_8));
            columns.forEach(column -> md5.update(column.getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(md5.digest()).substring(0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has MD5", e);
        }
    }
}
