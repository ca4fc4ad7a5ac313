package dev.restage.step.database;

import dev.restage.masking.DatabaseShape;
import dev.restage.masking.TableSelector;
import dev.restage.masking.TableShape;
import dev.restage.provider.Address;
import dev.restage.provider.ProviderException;
import dev.restage.provider.database.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * SQL for steps: short statements over a {@link Database}. Errors name the database and the server's reason, never a
 * value.
 */
public final class Sql {

    /** Classes of errors whose first lines name no values. Source: PostgreSQL documentation, appendix A; SQL:2003, class 08. */
    private static final Pattern WITHOUT_VALUES =
            Pattern.compile("(?:08|0A|23|25|26|28|2B|3D|3F|40|42|53|54|55|57|58|F0|XX).{3}");

    /**
     * Work with a connection.
     *
     * @param <T> what comes of it
     */
    @FunctionalInterface
    public interface Work<T> {

        /**
         * Does it.
         *
         * @param connection open, closed afterwards
         * @return what comes of it
         * @throws SQLException if the server refuses
         */
        T with(Connection connection) throws SQLException;
    }

    private Sql() {}

    /**
     * {@return the tables at the top of their partitions that a selector means}
     *
     * @param shape the database
     * @param tables which tables
     */
    public static List<TableShape> found(DatabaseShape shape, TableSelector tables) {
        return shape.tables().stream()
                .filter(table -> table.name().equals(table.root()) && tables.fits(table, shape))
                .toList();
    }

    /**
     * {@return their names with their schemas, quoted}
     *
     * @param shape the database
     * @param tables which tables
     */
    public static List<String> tables(DatabaseShape shape, TableSelector tables) {
        return found(shape, tables).stream().map(Sql::quoted).toList();
    }

    /**
     * {@return the name of a table with its schema, quoted}
     *
     * @param table the table
     */
    public static String quoted(TableShape table) {
        return quoted(table.schema(), table.name());
    }

    /**
     * {@return names, each quoted, with dots between them}
     *
     * @param names such as a schema and a table
     */
    public static String quoted(String... names) {
        return Stream.of(names)
                .map(name -> '"' + name.replace("\"", "\"\"") + '"')
                .collect(Collectors.joining("."));
    }

    /**
     * Reads.
     *
     * @param database the database
     * @param address its address, for messages
     * @param work what to do with a connection that cannot write
     * @param <T> what comes of it
     * @return what came of it
     * @throws ProviderException {@code FAILED} if the server refuses
     */
    public static <T> T read(Database database, Address address, Work<T> work) {
        try (Connection connection = database.read()) {
            return work.with(connection);
        } catch (SQLException e) {
            throw failure("a query on " + address, e);
        }
    }

    /**
     * Writes in one transaction: all or nothing.
     *
     * @param database the database
     * @param address its address, for messages
     * @param work what to do with a connection that can write
     * @param <T> what comes of it
     * @return what came of it
     * @throws ProviderException {@code FAILED} if the server refuses; nothing was changed then
     */
    public static <T> T write(Database database, Address address, Work<T> work) {
        try (Connection connection = database.write()) {
            connection.setAutoCommit(false);
            try {
                T result = work.with(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        } catch (SQLException e) {
            throw failure("a change of " + address, e);
        }
    }

    /**
     * {@return the rows of a query, each a list of its columns as text}
     *
     * @param connection an open connection
     * @param query the query
     * @param parameters the values of its question marks
     * @throws SQLException if the server refuses
     */
    public static List<List<@Nullable String>> rows(Connection connection, String query, String... parameters)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (ResultSet result = statement.executeQuery()) {
                List<List<@Nullable String>> rows = new ArrayList<>();
                int columns = result.getMetaData().getColumnCount();
                while (result.next()) {
                    List<@Nullable String> row = new ArrayList<>();
                    for (int column = 1; column <= columns; column++) {
                        row.add(result.getString(column));
                    }
                    rows.add(row);
                }
                return rows;
            }
        }
    }

    /**
     * Changes rows.
     *
     * @param connection an open connection
     * @param statement one INSERT, UPDATE or DELETE
     * @param parameters the values of its question marks
     * @return how many rows were changed
     * @throws SQLException if the server refuses
     */
    public static long update(Connection connection, String statement, String... parameters) throws SQLException {
        try (PreparedStatement prepared = connection.prepareStatement(statement)) {
            for (int i = 0; i < parameters.length; i++) {
                prepared.setString(i + 1, parameters[i]);
            }
            return prepared.executeLargeUpdate();
        }
    }

    /**
     * {@return the first column of a query, without nulls}
     *
     * @param connection an open connection
     * @param query the query
     * @throws SQLException if the server refuses
     */
    public static List<String> column(Connection connection, String query) throws SQLException {
        List<String> values = new ArrayList<>();
        for (List<@Nullable String> row : rows(connection, query)) {
            String value = row.get(0);
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }

    /**
     * Executes statements one after the other.
     *
     * @param connection an open connection
     * @param statements the statements
     * @return how many rows they changed together
     * @throws SQLException if the server refuses one
     */
    public static long execute(Connection connection, List<String> statements) throws SQLException {
        long changed = 0;
        try (Statement statement = connection.createStatement()) {
            for (String one : statements) {
                statement.execute(one);
                changed += Math.max(0, statement.getUpdateCount());
            }
        }
        return changed;
    }

    /**
     * The server's first line only, as what follows may quote values of a row, and that only of errors which quote none there: an
     * invalid value is quoted at once, and functions raise what they like.
     */
    private static ProviderException failure(String what, SQLException e) {
        String reason = WITHOUT_VALUES.matcher(String.valueOf(e.getSQLState())).matches()
                ? String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given")
                : "a value did not fit, or a function raised an error";
        return new ProviderException(
                ProviderException.Kind.FAILED,
                "%s was refused (%s): %s; correct the statement or the privileges and resume"
                        .formatted(what, e.getSQLState(), reason),
                e);
    }
}
