package dev.restage.recipe.wagtail;

import dev.restage.plan.Access;
import dev.restage.plan.Change;
import dev.restage.plan.Preview;
import dev.restage.plan.Step;
import dev.restage.plan.StepContext;
import dev.restage.provider.Address;
import dev.restage.provider.Database;
import dev.restage.provider.PlanException;
import dev.restage.step.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * Puts the target's own hosts into the copied site records and into absolute URLs in content, in one transaction and
 * before anybody can reach the site. Rows are updated in place: redirects, settings and permissions refer to them.
 *
 * @param database the target's database
 * @param mappedBy the name of the {@link MapSites} step
 */
public record RewriteSites(Address database, String mappedBy) implements Step {

    @Override
    public Access access() {
        return Access.NONE.writing(database);
    }

    @Override
    public Preview preview(StepContext context) {
        return Preview.of(new Change(database, "have its own hosts in its site records and in absolute URLs"));
    }

    @Override
    public void execute(StepContext context) {
        SiteMapping mapping = mapping(context);
        context.fact("sites.before", () -> String.join("\n", mapping.sites().keySet()));
        UrlRewrite.Result urls = Sql.write(context.use(database, Database.class), database, connection -> {
            rewriteRecords(connection, mapping);
            return UrlRewrite.apply(connection, mapping);
        });
        if (urls.tooLong() > 0) {
            context.warn("%d values keep a production host because the target's is too long for their column"
                    .formatted(urls.tooLong()));
        }
        context.fact("sites.after", () -> String.join("\n", mapping.sites().values()));
        context.fact("urls", () -> Long.toString(urls.changed()));
    }

    @Override
    public boolean holds(StepContext context) {
        SiteMapping mapping = mapping(context);
        List<SiteRow> now = Sql.read(context.use(database, Database.class), database, SiteRow::all);
        return now.stream()
                .map(site -> site.host() + ":" + site.port())
                .toList()
                .containsAll(mapping.sites().values());
    }

    private SiteMapping mapping(StepContext context) {
        return SiteMapping.read(context.facts()
                .find(mappedBy, MapSites.FACT)
                .orElseThrow(() -> new PlanException(
                        "the step %s has not recorded how hosts are mapped: keep it in the".formatted(mappedBy)
                                + " plan, before the database is copied")));
    }

    /** Host and port are unique together and checked at once, so all rows first get a name that nobody has. */
    private static void rewriteRecords(Connection connection, SiteMapping mapping) throws SQLException {
        for (Map.Entry<String, String> site : mapping.sites().entrySet()) {
            Sql.update(
                    connection,
                    "UPDATE wagtailcore_site SET hostname = '>' || ? WHERE hostname || ':' || port = ?",
                    site.getValue(),
                    site.getKey());
        }
        Sql.execute(
                connection,
                List.of("UPDATE wagtailcore_site SET port = regexp_replace(hostname, '^>.*:', '')::int,"
                        + " hostname = regexp_replace(hostname, '^>(.*):[0-9]+$', '\\1') WHERE hostname LIKE '>%'"));
        boolean sitesFramework = !Sql.rows(connection, "SELECT 1 WHERE to_regclass('django_site') IS NOT NULL")
                .isEmpty();
        if (sitesFramework) {
            for (Map.Entry<String, String> site : mapping.sites().entrySet()) {
                Sql.update(
                        connection,
                        "UPDATE django_site SET domain = ? WHERE domain = ?",
                        host(site.getValue()),
                        host(site.getKey()));
            }
        }
    }

    private static String host(String site) {
        return site.substring(0, site.lastIndexOf(':'));
    }
}
