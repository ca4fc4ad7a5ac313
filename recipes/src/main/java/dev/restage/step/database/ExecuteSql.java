package dev.restage.step.database;

import dev.restage.plan.Access;
import dev.restage.plan.Change;
import dev.restage.plan.Decision;
import dev.restage.plan.Step;
import dev.restage.plan.StepContext;
import dev.restage.provider.Address;
import dev.restage.provider.database.Database;
import java.util.List;

/**
 * Executes SQL statements in one transaction. They must be such that a second time does no harm. Its way back is the
 * {@link TakeBackup} that comes before it.
 *
 * @param database the database
 * @param what what the statements do, as the end of the sentence "the database will ..."
 * @param statements the statements
 */
public record ExecuteSql(Address database, String what, List<String> statements) implements Step {

    /**
     * Copies the list.
     *
     * @param database the database
     * @param what what the statements do
     * @param statements the statements
     */
    public ExecuteSql {
        statements = List.copyOf(statements);
    }

    @Override
    public Access access() {
        return Access.NONE.writing(database);
    }

    @Override
    public Decision decide(StepContext context) {
        context.use(database, Database.class);
        return Decision.of(new Change(database, what));
    }

    @Override
    public void execute(StepContext context, Decision decision) {
        long rows = Sql.write(
                context.use(database, Database.class), database, connection -> Sql.execute(connection, statements));
        context.fact("rows", Long.toString(rows));
    }
}
