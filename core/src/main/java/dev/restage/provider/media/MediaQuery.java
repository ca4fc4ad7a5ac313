package dev.restage.provider.media;

import dev.restage.masking.TableSelector;
import dev.restage.masking.TableShape;
import dev.restage.masking.value.NamePattern;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which media files a database is asked for.
 *
 * @param files where rows name files
 * @param reach the rows that must lead to a file for it to count; null if each file counts that a row names
 */
public record MediaQuery(List<Files> files, @Nullable Reach reach) {

    /**
     * Columns with names of files, as a media store's keys without its prefix.
     *
     * @param tables the tables that have them
     * @param columns their names, with {@code *} for any text
     * @param type their type as the server writes it, such as {@code character varying(100)}; empty for any
     */
    public record Files(TableSelector tables, List<String> columns, String type) {

        /**
         * Copies the list.
         *
         * @param tables the tables that have them
         * @param columns their names
         * @param type their type
         */
        public Files {
            columns = List.copyOf(columns);
        }

        /**
         * {@return whether a column of these tables is meant}
         *
         * @param column the column
         */
        public boolean fits(TableShape.Column column) {
            return column.target().shape().isText()
                    && (type.isEmpty() || type.equals(column.type()))
                    && columns.stream().anyMatch(name -> NamePattern.fits(name, column.name()));
        }
    }

    /**
     * A walk from row to row. It begins with some rows of one table; from a row it goes on to the rows that it refers
     * to, and, from the rows that it began with and what belongs to them, to those that refer to it. What is kept in
     * other tables under the same primary key belongs to the row. No other row of the first table is entered, so that a
     * link to a page does not bring in what that page needs. A number of a text that might be a reference counts as one: the
     * walk finds too much rather than too little.
     *
     * @param root the table to begin in
     * @param where which of its rows, as a condition of SQL; the row goes by the name {@code root} and the table by
     *     <code>{table}</code>, its schema by <code>{schema}</code>
     * @param closed tables that are not entered, except that to begin in
     * @param groups tables whose rows stand for all files that refer to them, such as collections
     * @param texts what text refers to
     * @param index a query for references that the site's software lists itself, with the columns {@code from_table},
     *     {@code from_key}, {@code name}, {@code to_table} and {@code to_key}, all of them text; the schema of
     *     the table to begin in goes by <code>{schema}</code>; empty if there is no list
     */
    public record Reach(
            TableSelector root, String where, TableSelector closed, TableSelector groups, Texts texts, String index) {}

    /**
     * References that are written in texts, also in texts within JSON, and in JSON. A number in JSON is one if its
     * member has the name of a foreign key without {@code _id} or a name that the index knows, and is then one to the
     * table that these lead to; below a block it may be one to any file, if its name is not known.
     *
     * @param links references in text
     * @param blockName the member that names a block of JSON: the object that has it, and the other member, is one
     * @param blockValue the member that holds the block's value
     */
    public record Texts(List<Link> links, String blockName, String blockValue) {

        /**
         * Copies the list.
         *
         * @param links references in text
         * @param blockName the member that names a block of JSON
         * @param blockValue the member that holds its value
         */
        public Texts {
            links = List.copyOf(links);
        }
    }

    /**
     * A way to write a reference.
     *
     * @param expression a regular expression whose first group is the primary key of the row referred to
     * @param tables the tables that this row may be in
     */
    public record Link(String expression, TableSelector tables) {}

    /**
     * Copies the list.
     *
     * @param files where rows name files
     * @param reach the rows that must lead to a file for it to count; null if each file counts
     */
    public MediaQuery {
        files = List.copyOf(files);
    }

    /**
     * {@return the same for those files only that certain rows lead to}
     *
     * @param walk from which rows, and how
     */
    public MediaQuery reachedBy(Reach walk) {
        return new MediaQuery(files, walk);
    }
}
