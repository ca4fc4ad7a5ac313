package dev.restage.step;

import dev.restage.plan.Access;
import dev.restage.plan.Preview;
import dev.restage.plan.Step;
import dev.restage.plan.StepContext;
import dev.restage.provider.Address;
import dev.restage.provider.Database;
import dev.restage.provider.DatabaseInfo;

/**
 * Records version, size and rows of source and target before anything is changed.
 *
 * @param source the database that the target will be made from
 * @param target the database that will be replaced
 */
public record CompareDatabases(Address source, Address target) implements Step {

    @Override
    public Access access() {
        return Access.reading(source, target);
    }

    @Override
    public Preview preview(StepContext context) {
        return Preview.NOTHING
                .note("source " + words(describe(context, source)))
                .note("target " + words(describe(context, target)));
    }

    @Override
    public void execute(StepContext context) {
        DatabaseInfo from = describe(context, source);
        DatabaseInfo to = describe(context, target);
        context.fact("source", () -> words(from));
        context.fact("target", () -> words(to));
        context.fact("rows.before", () -> Long.toString(to.rows()));
    }

    @Override
    public boolean holds(StepContext context) {
        return context.fact("rows.before").isPresent();
    }

    private static DatabaseInfo describe(StepContext context, Address database) {
        return context.use(database, Database.class).describe();
    }

    private static String words(DatabaseInfo info) {
        return "%s, %d tables, about %d rows, %.1f MB"
                .formatted(info.product(), info.tables().size(), info.rows(), info.sizeBytes() / 1e6);
    }
}
