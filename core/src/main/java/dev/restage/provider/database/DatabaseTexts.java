package dev.restage.provider.database;

/** Hears what can be read in a database besides its rows. */
public interface DatabaseTexts {

    /**
     * Hears of a definition with its names, of a comment, or of a default.
     *
     * @param object kind and name, as previews give them
     * @param text the text
     */
    void definition(String object, String text);

    /**
     * Hears of a value that statistics keep.
     *
     * @param schema the schema of a table
     * @param table the table
     * @param column the column; of statistics on an expression, their name
     * @param value the value as text
     */
    void statistics(String schema, String table, String column, String value);
}
