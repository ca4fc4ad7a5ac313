package dev.restage.masking;

/**
 * Says what happens to the values of columns.
 *
 * @param table which tables: a name, with {@code *} for any text; compared with the bare table name
 * @param column which columns, likewise
 * @param mask what happens to their values
 */
public record ColumnRule(String table, String column, Mask mask) {

    boolean fits(String tableName, String columnName) {
        return NamePattern.fits(table, tableName) && NamePattern.fits(column, columnName);
    }
}
