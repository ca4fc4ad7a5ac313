package dev.restage.recipe.sites;

import dev.restage.masking.DatabaseShape;
import dev.restage.masking.TableSelector;
import dev.restage.masking.TableShape;
import dev.restage.step.database.Sql;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a database keeps its site records, found by the catalog: in any schema, and with any table of pages.
 *
 * @param wagtail Wagtail's tables of sites
 * @param django the tables of Django's sites framework
 */
record SiteTables(List<Wagtail> wagtail, List<String> django) {

    private static final String ROOT = "root_page_id";

    private static final TableSelector DJANGO =
            new TableSelector.All(List.of(TableSelector.named("django_site"), TableSelector.having("domain", "name")));

    /**
     * Wagtail's table of sites; names are quoted.
     *
     * @param sites the table
     * @param pages the table of pages, which a project may have replaced by one of its own
     * @param key the column of it that sites refer to
     */
    record Wagtail(String sites, String pages, String key) {}

    static SiteTables of(DatabaseShape shape) {
        List<Wagtail> wagtail = new ArrayList<>();
        for (TableShape table : Sql.found(shape, TableSelector.named("wagtailcore_site"))) {
            for (TableShape.Reference reference : table.references()) {
                if (reference.columns().equals(List.of(ROOT))) {
                    wagtail.add(new Wagtail(
                            Sql.quoted(table),
                            Sql.quoted(reference.schema(), reference.table()),
                            Sql.quoted(reference.keys().get(0))));
                }
            }
        }
        return new SiteTables(wagtail, Sql.tables(shape, DJANGO));
    }
}
