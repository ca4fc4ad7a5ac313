package dev.restage.postgres.internal.proof;

import dev.restage.postgres.internal.session.Query;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Looks for people in a whole database by brute force, and shares nothing with the code that it is to check: each value
 * of each column is read as it is, without its escapes, and with all in it that is hexadecimal, base64 or zlib.
 */
final class PersonSearch {

    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_-]{12,}");

    private final List<Person> persons;

    PersonSearch(List<Person> persons) {
        this.persons = persons;
    }

    /** Where somebody was found: {@code table.column}. */
    Set<String> in(Connection connection) throws SQLException {
        return in(connection, column -> true);
    }

    /** Where somebody was found among some columns. */
    Set<String> in(Connection connection, Predicate<String> wanted) throws SQLException {
        Set<String> found = new TreeSet<>();
        Query query = new Query(connection);
        List<String[]> columns = query.list(
                """
                SELECT c.oid::regclass::text, c.relname, a.attname, format_type(a.atttypid, NULL)
                FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                WHERE c.relkind IN ('r', 'm') AND c.relnamespace = 'public'::regnamespace ORDER BY 1, a.attnum
                """, row -> new String[] {row.getString(1), row.getString(2), row.getString(3), row.getString(4)});
        for (String[] column : columns) {
            String where = column[1] + "." + column[2];
            String name = Query.quoted(column[2]);
            if (!wanted.test(where)) {
                continue;
            }
            List<String> values = query.list(
                    "SELECT DISTINCT %s::text FROM %s WHERE %s IS NOT NULL".formatted(name, column[0], name),
                    row -> row.getString(1));
            if (values.stream().anyMatch(this::names)) {
                found.add(where);
            }
            if (column[3].equals("tsvector")) {
                for (Person person : persons) {
                    if (query.one(
                            "SELECT EXISTS (SELECT FROM %s WHERE %s @@ pg_catalog.phraseto_tsquery('pg_catalog.english', %s) OR %s @@ pg_catalog.phraseto_tsquery('pg_catalog.simple', %s))"
                                    .formatted(
                                            column[0],
                                            name,
                                            Query.literal(person.familyName()),
                                            name,
                                            Query.literal(person.familyName())),
                            row -> row.getBoolean(1))) {
                        found.add(where);
                    }
                }
            }
        }
        return found;
    }

    private boolean names(String value) {
        Set<String> texts = new LinkedHashSet<>();
        readings(value, texts, 0);
        return texts.stream()
                .map(Person.Reading::new)
                .anyMatch(reading ->
                        persons.stream().anyMatch(person -> !person.in(reading).isEmpty()));
    }

    private static void readings(String text, Set<String> texts, int depth) {
        if (depth > 4 || !texts.add(text)) {
            return;
        }
        readings(
                Pattern.compile("\\\\+u([0-9a-fA-F]{4})")
                        .matcher(text)
                        .replaceAll(match ->
                                Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(match.group(1), 16)))),
                texts,
                depth + 1);
        readings(
                Pattern.compile("&#(\\d+);")
                        .matcher(text)
                        .replaceAll(match ->
                                Matcher.quoteReplacement(Character.toString(Integer.parseInt(match.group(1))))),
                texts,
                depth + 1);
        readings(
                Pattern.compile("((?:%[0-9a-fA-F]{2})+)")
                        .matcher(text)
                        .replaceAll(match -> Matcher.quoteReplacement(new String(
                                HexFormat.of().parseHex(match.group(1).replace("%", "")), StandardCharsets.UTF_8))),
                texts,
                depth + 1);
        if (text.matches("\\\\x(?:[0-9a-f]{2})+")) {
            bytes(HexFormat.of().parseHex(text.substring(2)), texts, depth + 1);
        }
        for (Matcher run = BASE64.matcher(text); run.find(); ) {
            String letters = run.group().replace('+', '-').replace('/', '_');
            bytes(
                    Base64.getUrlDecoder()
                            .decode(letters.substring(0, letters.length() - (letters.length() % 4 == 1 ? 1 : 0))),
                    texts,
                    depth + 1);
        }
    }

    private static void bytes(byte[] bytes, Set<String> texts, int depth) {
        List<byte[]> all = new ArrayList<>(List.of(bytes));
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(bytes);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[4096];
            for (int n = inflater.inflate(buffer); n > 0; n = inflater.inflate(buffer)) {
                out.write(buffer, 0, n);
            }
            all.add(out.toByteArray());
        } catch (DataFormatException e) {
            // not compressed
        } finally {
            inflater.end();
        }
        for (byte[] each : all) {
            readings(new String(each, StandardCharsets.UTF_8), texts, depth);
            readings(new String(each, StandardCharsets.ISO_8859_1), texts, depth);
        }
    }
}
