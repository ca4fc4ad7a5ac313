package dev.restage.recipe.wagtail;

import dev.restage.step.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Replaces production's hosts in absolute URLs, wherever text is kept. Only what stands as the host of a URL is
 * replaced: behind {@code //} or its URL-encoded form, in any letter case, and not as a part of a longer name; mail
 * addresses stay. Replacing inside JSON is safe because a host needs no escape.
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

    private UrlRewrite() {}

    static Result apply(Connection connection, SiteMapping mapping) throws SQLException {
        Map<String, String> replacements = replacements(mapping);
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
            for (Map.Entry<String, String> one : replacements.entrySet()) {
                changed += replace(connection, column, one.getKey(), one.getValue());
                if (column.length() > 0) {
                    tooLong += Long.parseLong(String.valueOf(Sql.rows(
                                    connection,
                                    "SELECT count(*) FROM %s WHERE %s ~* ?".formatted(column.table(), column.name()),
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

    /** {@return regular expression to replacement, as the server understands them} */
    private static Map<String, String> replacements(SiteMapping mapping) {
        Map<String, String> replacements = new LinkedHashMap<>();
        mapping.sites().forEach((from, to) -> {
            int fromPort = Integer.parseInt(from.substring(from.lastIndexOf(':') + 1));
            String fromHost = from.substring(0, from.lastIndexOf(':'));
            int toPort = Integer.parseInt(to.substring(to.lastIndexOf(':') + 1));
            String port = SiteRow.authority("", fromPort).isEmpty() ? "(?::(?:80|443))?" : ":" + fromPort;
            replacements.put(
                    expression(fromHost, port),
                    "\\1" + SiteRow.authority(to.substring(0, to.lastIndexOf(':')), toPort));
        });
        mapping.hosts().forEach((from, to) -> replacements.put(expression(from, "(?::(?:80|443))?"), "\\1" + to));
        return replacements;
    }

    private static String expression(String host, String port) {
        String literal = Pattern.compile("[^A-Za-z0-9]").matcher(host).replaceAll("\\\\$0");
        return "(\\\\?/\\\\?/|%2F%2F)" + literal + port + "(?![A-Za-z0-9_-]|[.][A-Za-z0-9]|:[0-9])";
    }

    /** A trigger of the project would take the change for an editor's, so triggers rest meanwhile. */
    private static long replace(Connection connection, Column column, String expression, String replacement)
            throws SQLException {
        String text = column.name() + "::text";
        boolean found = !Sql.rows(
                        connection,
                        "SELECT 1 FROM %s WHERE %s ~* ? LIMIT 1".formatted(column.table(), text),
                        expression)
                .isEmpty();
        if (!found) {
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
