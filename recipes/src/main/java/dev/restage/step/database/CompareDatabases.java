package dev.restage.step.database;

import dev.restage.plan.Access;
import dev.restage.plan.Decision;
import dev.restage.plan.Step;
import dev.restage.plan.StepContext;
import dev.restage.provider.Address;
import dev.restage.provider.database.Database;
import dev.restage.provider.database.DatabaseInfo;
import dev.restage.provider.database.Incomplete;
import java.util.Optional;

/**
 * Records version, size and rows of source and target before anything is changed.
 *
 * @param source the database that the target will be made from
 * @param target the database that will be replaced
 */
public record CompareDatabases(Address source, Address target) implements Step {

    private static final String ROWS = CopyDatabase.OF_TARGET + "rows";

    @Override
    public Access access() {
        return Access.reading(source, target);
    }

    @Override
    public Decision decide(StepContext context) {
        return Decision.NOTHING
                .note("source " + words(describe(context, source)))
                .note("target " + wordsOfTarget(context));
    }

    @Override
    public void execute(StepContext context, Decision decision) {
        DatabaseInfo from = describe(context, source);
        context.fact("source", words(from));
        context.fact("target", wordsOfTarget(context));
        Optional<Incomplete> incomplete = context.use(target, Database.class).incomplete();
        Optional<String> rows = incomplete.isEmpty()
                ? Optional.of(Long.toString(describe(context, target).rows()))
                : incomplete.get().remembered(ROWS);
        if (rows.isPresent()) {
            context.fact("rows.before", rows.get());
            context.fact(ROWS, rows.get());
        }
    }

    /** What is half filled says nothing of the state before. */
    private String wordsOfTarget(StepContext context) {
        return context.use(target, Database.class)
                .incomplete()
                .map(Incomplete::toString)
                .orElseGet(() -> words(describe(context, target)));
    }

    private static DatabaseInfo describe(StepContext context, Address database) {
        return context.use(database, Database.class).describe();
    }

    private static String words(DatabaseInfo info) {
        return "%s, %d tables, about %d rows, %.1f MB"
                .formatted(info.product(), info.tables().size(), info.rows(), info.sizeBytes() / 1e6);
    }
}
