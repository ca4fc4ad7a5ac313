package dev.restage.step.database;

import dev.restage.masking.TableSelector;
import dev.restage.plan.Access;
import dev.restage.plan.Change;
import dev.restage.plan.Decision;
import dev.restage.plan.Step;
import dev.restage.plan.StepContext;
import dev.restage.provider.Address;
import dev.restage.provider.database.Database;
import java.util.List;

/**
 * Deletes the rows of tables that hold nothing but what is made again when it is needed, such as those of derived images.
 * Done in SQL: the site's own software would delete what the rows stand for too, such as files. There is no way back, and
 * none is needed.
 *
 * @param database the database to change
 * @param tables which tables, found by the catalog
 * @param what what their rows are: {@code derived images}
 */
public record EmptyTables(Address database, TableSelector tables, String what) implements Step {

    @Override
    public Access access() {
        return Access.NONE.writing(database);
    }

    @Override
    public Decision decide(StepContext context) {
        List<String> found = found(context);
        long rows = rows(context);
        return rows == 0
                ? Decision.NOTHING
                : Decision.of(new Change(
                                database,
                                "lose all %d rows of %s in %s".formatted(rows, what, String.join(", ", found)))
                        .counting(Change.Effect.LOST, rows, "rows"));
    }

    @Override
    public void execute(StepContext context, Decision decision) {
        List<String> statements =
                found(context).stream().map(table -> "DELETE FROM " + table).toList();
        long rows = Sql.write(
                context.use(database, Database.class), database, connection -> Sql.execute(connection, statements));
        context.fact("rows.deleted", Long.toString(rows));
    }

    private long rows(StepContext context) {
        List<String> found = found(context);
        return Sql.read(context.use(database, Database.class), database, connection -> {
            long rows = 0;
            for (String table : found) {
                rows += Long.parseLong(
                        Sql.column(connection, "SELECT count(*) FROM " + table).get(0));
            }
            return rows;
        });
    }

    private List<String> found(StepContext context) {
        return Sql.tables(context.use(database, Database.class).shape(), tables);
    }
}
