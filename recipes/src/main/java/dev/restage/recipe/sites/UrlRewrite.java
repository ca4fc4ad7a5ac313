package dev.restage.recipe.sites;

import dev.restage.step.database.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Replaces production's hosts wherever text is kept, in any letter case: as the host of a URL, behind {@code //} or its
 * URL-encoded form, and as a word of its own. What is a part of something longer stays: mail addresses, other hosts that
 * begin or end alike, names and paths of files. Replacing inside JSON is safe because a host needs no escape.
 */
final class UrlRewrite {

    /**
     * What was done.
     *
     * @param changed values that were changed
     * @param tooLong values that could not be changed because their column is too short
     */
    record Result(long changed, long tooLong) {}

    private record Column(String table, String name, String type, int length) {}

    private static final Pattern SPECIAL = Pattern.compile("[^\\p{L}\\p{N}]");

    private static final String IN_URL = "\\\\?/\\\\?/|%2F%2F";

    /**
     * Where a word begins: not behind what makes it a part of another host, of a mail address, also one written for HTML, or of a
     * path. In JSON the end of a line is written as a letter.
     */
    private static final String BEGINS = "[^[:alnum:]_.@%/\\\\\"-](?<!&#64;|&#x40;|&commat;)|\\\\[nrt]";

    /** Where a value begins, or a text in JSON. */
    private static final String BEGINS_ALL = "^|\"";

    private static final String ENDS = "(?![[:alnum:]_@-]|[.][[:alnum:]]|:[0-9]|%40)";

    /** All of a value is the name of a file in a folder that goes by the host's name. */
    private static final String NO_FILE = "(?!/[^[:space:]\"\\\\]*[.](?!html?)[[:alnum:]]{2,5}(?:\\\\*\"|$))";

    /** What stood before the host. */
    private static final String BEFORE = "\\1\\2";

    private UrlRewrite() {}

    static Result apply(Connection connection, SiteMapping mapping) throws SQLException {
        Map<String, String> replacements = replacements(mapping);
        if (replacements.isEmpty()) {
            return new Result(0, 0);
        }
        String hosts = mapping.forbidden().stream().map(UrlRewrite::literal).collect(Collectors.joining("|"));
        // Django's foreign keys are deferred, and a table with pending checks does not let its triggers be switched
        Sql.execute(connection, List.of("SET CONSTRAINTS ALL IMMEDIATE"));
        long changed = 0;
        long tooLong = 0;
        for (List<@Nullable String> row : Sql.rows(connection, TEXT_COLUMNS)) {
            Column column = new Column(
                    String.valueOf(row.get(0)),
                    String.valueOf(row.get(1)),
                    String.valueOf(row.get(2)),
                    Integer.parseInt(String.valueOf(row.get(3))));
            if (!any(connection, column, hosts)) {
                continue;
            }
            for (Map.Entry<String, String> one : replacements.entrySet()) {
                changed += replace(connection, column, one.getKey(), one.getValue());
                if (column.length() > 0) {
                    tooLong += Long.parseLong(String.valueOf(Sql.rows(
                                    connection,
                                    "SELECT count(*) FROM %s WHERE %s::text ~* ?"
                                            .formatted(column.table(), column.name()),
                                    one.getKey())
                            .get(0)
                            .get(0)));
                }
            }
        }
        return new Result(changed, tooLong);
    }

    /** Ordinary columns of ordinary tables that hold text; generated ones follow by themselves. */
    private static final String TEXT_COLUMNS = """
            SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname), quote_ident(a.attname), t.typname,
                   CASE WHEN t.typname IN ('varchar', 'bpchar') AND a.atttypmod > 4 THEN a.atttypmod - 4 ELSE 0 END
            FROM pg_attribute a
            JOIN pg_class c ON c.oid = a.attrelid
            JOIN pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_type t ON t.oid = a.atttypid
            WHERE c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
              AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_'
              AND c.relname NOT IN ('wagtailcore_site', 'django_site', 'django_migrations')
              AND t.typname IN ('text', 'varchar', 'bpchar', 'citext', 'json', 'jsonb')
            ORDER BY 1, a.attnum""";

    /** {@return regular expression to replacement, as the server understands them, those that say more first} */
    private static Map<String, String> replacements(SiteMapping mapping) {
        Map<String, String> replacements = new LinkedHashMap<>();
        Map<String, String> hosts = new LinkedHashMap<>();
        mapping.sites().forEach((from, to) -> {
            String host = SiteMapping.host(from);
            if (SiteRow.authority("", SiteMapping.port(from)).isEmpty()) {
                hosts.put(host, SiteMapping.authority(to));
            } else {
                replacements.put(expression(host, ":" + SiteMapping.port(from)), BEFORE + SiteMapping.authority(to));
                hosts.putIfAbsent(host, SiteMapping.host(to));
            }
        });
        hosts.putAll(mapping.hosts());
        hosts.keySet().retainAll(mapping.forbidden());
        hosts.forEach((from, to) -> replacements.put(expression(from, "(?::(?:80|443))?"), BEFORE + to));
        return replacements;
    }

    private static String expression(String host, String port) {
        String whole = literal(host) + port + ENDS;
        return "(%s|%s)%s|(%s)%s%s".formatted(IN_URL, BEGINS, whole, BEGINS_ALL, whole, NO_FILE);
    }

    private static String literal(String text) {
        return SPECIAL.matcher(text).replaceAll("\\\\$0");
    }

    private static boolean any(Connection connection, Column column, String expression) throws SQLException {
        return !Sql.rows(
                        connection,
                        "SELECT 1 FROM %s WHERE %s::text ~* ? LIMIT 1".formatted(column.table(), column.name()),
                        expression)
                .isEmpty();
    }

    /** A trigger of the project would take the change for an editor's, so triggers rest meanwhile. */
    private static long replace(Connection connection, Column column, String expression, String replacement)
            throws SQLException {
        String text = column.name() + "::text";
        if (!any(connection, column, expression)) {
            return 0;
        }
        String value = "regexp_replace(%s, ?, ?, 'gi')".formatted(text);
        Sql.execute(connection, List.of("ALTER TABLE " + column.table() + " DISABLE TRIGGER USER"));
        String update = "UPDATE %s SET %s = %s::%s WHERE %s ~* ?"
                .formatted(column.table(), column.name(), value, column.type(), text);
        long changed = column.length() > 0
                ? Sql.update(
                        connection,
                        update + " AND length(%s) <= %d".formatted(value, column.length()),
                        expression,
                        replacement,
                        expression,
                        expression,
                        replacement)
                : Sql.update(connection, update, expression, replacement, expression);
        Sql.execute(connection, List.of("ALTER TABLE " + column.table() + " ENABLE TRIGGER USER"));
        return changed;
    }
}
