package dev.restage.masking;

/**
 * Says that the rows of tables stay behind; the tables themselves are copied.
 *
 * @param table which tables: a name, with {@code *} for any text
 */
public record TableRule(String table) {

    boolean fits(String tableName) {
        return NamePattern.fits(table, tableName);
    }
}
