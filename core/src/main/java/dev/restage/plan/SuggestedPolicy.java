package dev.restage.plan;

import dev.restage.masking.DatabaseShape;
import dev.restage.masking.MaskingPolicy;
import dev.restage.masking.TableShape;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.database.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Rules for the columns of a database that can hold personal data and have none yet: a place to begin, to be read by
 * somebody who knows the site. Each rule says why it is proposed. Printed, it is YAML that {@link PolicyText#read} reads.
 *
 * @param policy the rules, to be added to those that there are with {@link MaskingPolicy#plus}
 */
public record SuggestedPolicy(MaskingPolicy policy) {

    private static final int MOST_VALUES = 200;
    private static final int MOST_ROWS = 2000;
    private static final int MOST_CHARACTERS = 2000;

    /** The role may not. The class of the SQL standard for a refused right, with the code for a right that is missing. */
    private static final String DENIED = "42501";

    /**
     * Looks at names, types and at most 200 values of each column. Values are read only, and none is part of the result.
     *
     * @param database what to look at
     * @param known rules that there are already
     * @return rules for what these leave open
     * @throws ProviderException {@code DENIED} if tables cannot be read, all of which it names with the grants that help
     */
    public static SuggestedPolicy of(Database database, MaskingPolicy known) {
        DatabaseShape shape = database.shape();
        Map<String, Set<String>> closed = new TreeMap<>();
        try (Connection connection = database.read()) {
            MaskingPolicy rules = known.suggest(shape, (table, column) -> {
                try {
                    return values(connection, table, column);
                } catch (SQLException e) {
                    if (!DENIED.equals(e.getSQLState())) {
                        throw failed("%s of %s".formatted(table.qualifiedName(), database), e);
                    }
                    closed.computeIfAbsent(quoted(table.schema()), schema -> new TreeSet<>())
                            .add(quoted(table.schema()) + "." + quoted(table.name()));
                    return List.of();
                }
            });
            if (!closed.isEmpty()) {
                throw denied(database, quoted(connection.getMetaData().getUserName()), closed);
            }
            return new SuggestedPolicy(rules);
        } catch (SQLException e) {
            throw failed(database.toString(), e);
        }
    }

    private static List<String> values(Connection connection, TableShape table, TableShape.Column column)
            throws SQLException {
        String name = quoted(column.name());
        // the inner limit keeps a column that is mostly missing from being searched to its end
        String query =
                "SELECT left(CAST(%s AS text), %d) FROM (SELECT %s FROM %s.%s LIMIT %d) AS looked_at WHERE %s IS NOT NULL LIMIT %d"
                        .formatted(
                                name,
                                MOST_CHARACTERS,
                                name,
                                quoted(table.schema()),
                                quoted(table.name()),
                                MOST_ROWS,
                                name,
                                MOST_VALUES);
        List<String> values = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    /** Says at once all that is closed, with the statements that open it. */
    private static ProviderException denied(Database database, String role, Map<String, Set<String>> closed) {
        List<String> grants = new ArrayList<>();
        closed.forEach((schema, tables) -> {
            grants.add("GRANT USAGE ON SCHEMA %s TO %s".formatted(schema, role));
            grants.add("GRANT SELECT ON TABLE %s TO %s".formatted(String.join(", ", tables), role));
        });
        return new ProviderException(
                Kind.DENIED,
                "%s cannot read %d tables of %s, so no rule can be proposed from their values: %s"
                        .formatted(
                                role,
                                closed.values().stream().mapToInt(Set::size).sum(),
                                database,
                                String.join("; ", grants)),
                null);
    }

    private static ProviderException failed(String what, SQLException e) {
        return new ProviderException(
                Kind.FAILED,
                "cannot read values of %s (SQLSTATE %s); check that the role may read it"
                        .formatted(what, e.getSQLState()),
                null);
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** {@return the rules as YAML, each with its reason} */
    public String yaml() {
        return PolicyText.yaml(policy);
    }

    /** The rules as YAML. */
    @Override
    public String toString() {
        return yaml();
    }
}
