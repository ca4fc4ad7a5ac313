package dev.restage.step;

import dev.restage.plan.Access;
import dev.restage.plan.Preview;
import dev.restage.plan.Step;
import dev.restage.plan.StepContext;
import dev.restage.provider.Address;
import dev.restage.provider.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.TreeSet;

/**
 * Records what only the target has, before it is replaced: the same query is asked on both sides.
 *
 * @param source the database that the target will be made from
 * @param target the database that will be replaced
 * @param what what the query lists, in the plural: {@code pages}
 * @param query gives one text per row
 */
public record CompareRows(Address source, Address target, String what, String query) implements Step {

    /** PostgreSQL documentation, appendix A. */
    private static final String UNDEFINED_TABLE = "42P01";

    /** So many are named; the count is always exact. */
    private static final int NAMED = 50;

    @Override
    public Access access() {
        return Access.reading(source, target);
    }

    @Override
    public Preview preview(StepContext context) {
        TreeSet<String> only = onlyOnTarget(context);
        return only.isEmpty()
                ? Preview.NOTHING
                : Preview.NOTHING.note("%d %s exist only on the target and will be gone: %s"
                        .formatted(only.size(), what, named(only)));
    }

    @Override
    public void execute(StepContext context) {
        TreeSet<String> only = onlyOnTarget(context);
        context.fact("count", () -> Integer.toString(only.size()));
        context.fact("names", () -> named(only));
    }

    @Override
    public boolean holds(StepContext context) {
        return context.fact("names").isPresent();
    }

    private TreeSet<String> onlyOnTarget(StepContext context) {
        TreeSet<String> only = new TreeSet<>(Sql.read(context.use(target, Database.class), target, this::listOnTarget));
        Sql.read(context.use(source, Database.class), source, connection -> Sql.column(connection, query))
                .forEach(only::remove);
        return only;
    }

    /** A target that was never filled has nothing of its own. */
    private List<String> listOnTarget(Connection connection) throws SQLException {
        try {
            return Sql.column(connection, query);
        } catch (SQLException e) {
            if (UNDEFINED_TABLE.equals(e.getSQLState())) {
                return List.of();
            }
            throw e;
        }
    }

    private static String named(TreeSet<String> names) {
        String text = String.join(", ", names.stream().limit(NAMED).toList());
        return names.size() > NAMED ? text + ", and %d more".formatted(names.size() - NAMED) : text;
    }
}
