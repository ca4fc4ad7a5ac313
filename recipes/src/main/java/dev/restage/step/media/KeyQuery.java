package dev.restage.step.media;

import dev.restage.masking.TableSelector;
import dev.restage.masking.TableShape;
import dev.restage.plan.StepContext;
import dev.restage.provider.Address;
import dev.restage.provider.PlanException;
import dev.restage.provider.database.Database;
import dev.restage.step.database.Sql;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Asks a database for keys of media files.
 *
 * @param database the database
 * @param tables the tables that are asked, found by the catalog
 * @param keys a query whose first column is a key; <code>{table}</code> stands for each of the tables,
 *     <code>{schema}</code> for its schema
 * @param requires a query that must have a row for one of the tables, or else the files are not there to be found, as when a name is misspelt;
 *     empty if nothing is required
 * @param what which files these are, as the end of the sentence "there are no ..."
 */
public record KeyQuery(Address database, TableSelector tables, String keys, String requires, String what) {

    Set<String> keys(StepContext context) {
        Database asked = context.use(database, Database.class);
        List<TableShape> found = Sql.found(asked.shape(), tables);
        return Sql.read(asked, database, connection -> {
            Set<String> all = new TreeSet<>();
            boolean there = requires.isEmpty();
            for (TableShape table : found) {
                there = there || !Sql.column(connection, of(table, requires)).isEmpty();
                all.addAll(Sql.column(connection, of(table, keys)));
            }
            if (!there) {
                throw new PlanException(
                        "there are no %s in %s: correct the name, or leave them out".formatted(what, database));
            }
            return all;
        });
    }

    private static String of(TableShape table, String query) {
        return query.replace("{table}", Sql.quoted(table)).replace("{schema}", Sql.quoted(table.schema()));
    }
}
