package dev.restage.step;

import dev.restage.plan.Access;
import dev.restage.plan.Preview;
import dev.restage.plan.Step;
import dev.restage.plan.StepContext;
import dev.restage.provider.Address;
import dev.restage.provider.Database;
import dev.restage.provider.Incomplete;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
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

    /** The fact that says why nothing is known. */
    private static final String UNKNOWN = "unknown";

    /** So many are named; the count is always exact. */
    private static final int NAMED = 50;

    @Override
    public Access access() {
        return Access.reading(source, target);
    }

    @Override
    public Preview preview(StepContext context) {
        Optional<Incomplete> incomplete = context.use(target, Database.class).incomplete();
        Optional<Only> only = only(context, incomplete);
        if (only.isEmpty()) {
            return Preview.NOTHING.note("%s that only the target has are not known: %s %s"
                    .formatted(what, target, incomplete.orElseThrow()));
        }
        return only.get().count().equals("0")
                ? Preview.NOTHING
                : Preview.NOTHING.note("%s %s exist only on the target%s and will be gone: %s"
                        .formatted(
                                only.get().count(),
                                what,
                                incomplete.isPresent() ? ", as it was before it became incomplete," : "",
                                only.get().names()));
    }

    @Override
    public void execute(StepContext context) {
        Optional<Incomplete> incomplete = context.use(target, Database.class).incomplete();
        Optional<Only> only = only(context, incomplete);
        if (only.isEmpty()) {
            context.fact(UNKNOWN, () -> incomplete.orElseThrow().toString());
            return;
        }
        context.fact("count", only.get()::count);
        context.fact("names", only.get()::names);
        context.fact(remembered(), only.get()::write);
    }

    @Override
    public boolean holds(StepContext context) {
        return context.fact("names").isPresent() || context.fact(UNKNOWN).isPresent();
    }

    /** What only the target has, as people read it. */
    private record Only(String count, String names) {

        String write() {
            return count + "\n" + names;
        }

        static Only read(String text) {
            int end = text.indexOf('\n');
            return new Only(text.substring(0, end), text.substring(end + 1));
        }
    }

    private String remembered() {
        return CopyDatabase.OF_TARGET + what;
    }

    /** What is half filled says nothing of the state before; what the run knew that gave that up is remembered. */
    private Optional<Only> only(StepContext context, Optional<Incomplete> incomplete) {
        if (incomplete.isPresent()) {
            return incomplete.get().remembered(remembered()).map(Only::read);
        }
        TreeSet<String> only = onlyOnTarget(context);
        return Optional.of(new Only(Integer.toString(only.size()), named(only)));
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
