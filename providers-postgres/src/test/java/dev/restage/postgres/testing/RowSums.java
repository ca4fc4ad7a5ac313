package dev.restage.postgres.testing;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Checksums of all rows of a database by table, whatever the order of rows and columns, with the values of sequences
 * and the contents of large objects.
 */
public final class RowSums {

    private RowSums() {}

    /** The sums, by the name of the table or sequence. */
    public static Map<String, String> of(Connection connection) throws SQLException {
        Map<String, String> sums = new TreeMap<>();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET search_path = ''; SET timezone = 'UTC'; SET extra_float_digits = 3");
            for (Map.Entry<String, String> relation : queries(statement).entrySet()) {
                try (ResultSet row = statement.executeQuery(relation.getValue())) {
                    row.next();
                    sums.put(relation.getKey(), row.getString(1));
                }
            }
            try (ResultSet row =
                    statement.executeQuery("SELECT oid, md5(lo_get(oid)) FROM pg_catalog.pg_largeobject_metadata")) {
                while (row.next()) {
                    sums.put("large object " + row.getString(1), row.getString(2));
                }
            }
        }
        return sums;
    }

    private static Map<String, String> queries(Statement statement) throws SQLException {
        Map<String, String> queries = new LinkedHashMap<>();
        try (ResultSet row = statement.executeQuery("""
                SELECT c.oid::pg_catalog.regclass::text,
                    CASE WHEN c.relkind = 'S' THEN
                        format('SELECT last_value || '' '' || is_called FROM %1$s', c.oid::pg_catalog.regclass)
                    ELSE
                        format('SELECT count(*) || '' '' || coalesce(sum(hashtextextended(ROW(%s)::text, 0)), 0) FROM ONLY %s AS t',
                            (SELECT string_agg(format('t.%I', a.attname), ', ' ORDER BY a.attname)
                            FROM pg_catalog.pg_attribute a
                            WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped),
                            c.oid::pg_catalog.regclass)
                    END
                FROM pg_catalog.pg_class c
                JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                WHERE c.relkind IN ('r', 'm', 'S') AND c.relispopulated AND c.relpersistence <> 't'
                    AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
                """)) {
            while (row.next()) {
                queries.put(row.getString(1), row.getString(2));
            }
        }
        return queries;
    }
}
