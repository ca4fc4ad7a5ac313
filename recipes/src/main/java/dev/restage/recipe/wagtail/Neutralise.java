package dev.restage.recipe.wagtail;

import dev.restage.masking.DatabaseShape;
import dev.restage.masking.TableSelector;
import dev.restage.plan.Access;
import dev.restage.plan.Change;
import dev.restage.plan.Decision;
import dev.restage.plan.Step;
import dev.restage.plan.StepContext;
import dev.restage.provider.Address;
import dev.restage.provider.database.Database;
import dev.restage.step.database.Sql;
import java.util.List;
import java.util.stream.Stream;

/**
 * Lets a copied site do nothing by itself: what production has scheduled to be published is not published on the target too, and
 * birdbath, which refuses to start an app whose data it has not masked itself, is told that they are masked.
 *
 * @param database the copied database
 */
public record Neutralise(Address database) implements Step {

    @Override
    public Access access() {
        return Access.NONE.writing(database);
    }

    @Override
    public Decision decide(StepContext context) {
        context.use(database, Database.class);
        return Decision.of(new Change(database, "have no scheduled publishing"));
    }

    @Override
    public void execute(StepContext context, Decision decision) {
        Database target = context.use(database, Database.class);
        DatabaseShape shape = target.shape();
        List<String> statements = Stream.concat(
                        Sql.tables(shape, TableSelector.named("wagtailcore_revision")).stream()
                                .map(
                                        "UPDATE %s SET approved_go_live_at = NULL WHERE approved_go_live_at IS NOT NULL"
                                                ::formatted),
                        Sql.tables(shape, TableSelector.named("birdbath_execution")).stream()
                                .map("INSERT INTO %s (date_executed) VALUES (now())"::formatted))
                .toList();
        long rows = Sql.write(target, database, connection -> Sql.execute(connection, statements));
        context.fact("rows", Long.toString(rows));
    }
}
