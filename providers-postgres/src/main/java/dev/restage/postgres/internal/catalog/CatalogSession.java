package dev.restage.postgres.internal.catalog;

import dev.restage.postgres.internal.session.Query;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends the statements of this package, several in one round trip, as a server's version wants them. */
final class CatalogSession {

    /** The last oid that initdb gives: FirstNormalObjectId - 1, src/include/access/transam.h. */
    private static final String LAST_BUILTIN = "16383";

    /** Schemas that are the server's, and the one with Restage's own marks. */
    private static final String OWN = "(n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'restage'))";

    /**
     * The arguments by which statements find a routine: of a procedure with their modes, as without them its OUT
     * arguments would count, and two procedures can be meant.
     */
    private static final String SIGNATURE = "CASE p.prokind WHEN 'p' THEN (SELECT COALESCE(string_agg('IN '"
            + " || format_type(a.type, NULL), ', ' ORDER BY a.place), '') FROM unnest(p.proargtypes) WITH ORDINALITY"
            + " a(type, place)) ELSE oidvectortypes(p.proargtypes) END";

    private static final Pattern GATE = Pattern.compile("^.*-- *((?:(?:>=|<)\\d+ *)+)$");
    private static final Pattern BOUND = Pattern.compile("(>=|<)(\\d+)");

    private final Connection connection;
    private final int version;
    private final int targetVersion;

    CatalogSession(Connection connection, int targetVersion) throws SQLException {
        this.connection = connection;
        this.targetVersion = targetVersion;
        this.version = connection.getMetaData().getDatabaseMajorVersion();
    }

    int version() {
        return version;
    }

    /** The text of a statement, fit for the server. */
    String text(String file) {
        return gated(Query.text(CatalogSession.class, file), version)
                .replace("{own}", OWN)
                .replace("{signature}", SIGNATURE)
                .replace("{builtin}", LAST_BUILTIN)
                .replace("{target}", Integer.toString(targetVersion));
    }

    /** The rows of several statements, in their order; one round trip. */
    <T> List<T> all(List<String> statements, Query.Row<T> reader) throws SQLException {
        List<T> found = new ArrayList<>();
        if (statements.isEmpty()) {
            return found;
        }
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            boolean more = statement.execute(String.join(";\n", statements));
            while (more) {
                try (ResultSet rows = statement.getResultSet()) {
                    while (rows.next()) {
                        found.add(reader.read(rows));
                    }
                }
                more = statement.getMoreResults();
            }
        }
        return found;
    }

    /** Leaves out the lines that are for other versions. */
    static String gated(String sql, int version) {
        StringBuilder kept = new StringBuilder();
        for (String line : sql.split("\n", -1)) {
            Matcher gate = GATE.matcher(line);
            if (!gate.matches() || holds(gate.group(1), version)) {
                kept.append(line).append('\n');
            }
        }
        return kept.toString();
    }

    private static boolean holds(String bounds, int version) {
        Matcher bound = BOUND.matcher(bounds);
        boolean holds = true;
        while (bound.find()) {
            int limit = Integer.parseInt(bound.group(2));
            holds &= bound.group(1).equals("<") ? version < limit : version >= limit;
        }
        return holds;
    }
}
