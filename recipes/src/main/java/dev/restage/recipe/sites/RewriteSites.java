package dev.restage.recipe.sites;

import dev.restage.plan.Access;
import dev.restage.plan.Change;
import dev.restage.plan.Decision;
import dev.restage.plan.Holds;
import dev.restage.plan.Step;
import dev.restage.plan.StepContext;
import dev.restage.provider.Address;
import dev.restage.provider.PlanException;
import dev.restage.provider.database.Database;
import dev.restage.step.database.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
    public Set<String> needs() {
        return Set.of(mappedBy);
    }

    @Override
    public Decision decide(StepContext context) {
        context.use(database, Database.class);
        return Decision.of(new Change(database, "have its own hosts in its site records and in absolute URLs"));
    }

    @Override
    public void execute(StepContext context, Decision decision) {
        SiteMapping mapping = mapping(context);
        context.fact("sites.before", String.join("\n", mapping.sites().keySet()));
        Database target = context.use(database, Database.class);
        SiteTables tables = SiteTables.of(target.shape());
        UrlRewrite.Result urls = Sql.write(target, database, connection -> {
            rewriteRecords(connection, tables, mapping);
            return UrlRewrite.apply(connection, mapping);
        });
        if (urls.tooLong() > 0) {
            context.warn("%d values keep a production host because the target's is too long for their column"
                    .formatted(urls.tooLong()));
        }
        context.fact("sites.after", String.join("\n", mapping.sites().values()));
        context.fact("urls", Long.toString(urls.changed()));
    }

    @Override
    public Holds holds(StepContext context, Decision decision) {
        SiteMapping mapping = mapping(context);
        Database target = context.use(database, Database.class);
        SiteTables tables = SiteTables.of(target.shape());
        return Sql.read(target, database, connection -> {
            List<String> sites = SiteRow.wagtail(connection, tables).stream()
                    .map(site -> site.host() + ":" + site.port())
                    .toList();
            Set<String> gone = new HashSet<>(mapping.forbidden());
            gone.removeAll(mapping.hosts().values());
            mapping.sites().values().forEach(site -> gone.remove(SiteMapping.host(site)));
            return Holds.when(sites.containsAll(mapping.sites().values())
                    && SiteRow.django(connection, tables).stream()
                            .map(SiteRow::host)
                            .noneMatch(gone::contains));
        });
    }

    private SiteMapping mapping(StepContext context) {
        return SiteMapping.read(context.facts()
                .find(mappedBy, MapSites.FACT)
                .orElseThrow(() -> new PlanException(
                        "the step %s has not recorded how hosts are mapped: keep it in the".formatted(mappedBy)
                                + " plan, before the database is copied")));
    }

    /** Host and port are unique together and checked at once, so all rows first get a name that nobody has. */
    private static void rewriteRecords(Connection connection, SiteTables tables, SiteMapping mapping)
            throws SQLException {
        for (SiteTables.Wagtail table : tables.wagtail()) {
            for (Map.Entry<String, String> site : mapping.sites().entrySet()) {
                Sql.update(
                        connection,
                        "UPDATE %s SET hostname = '>' || ? WHERE lower(hostname) || ':' || port = ?"
                                .formatted(table.sites()),
                        site.getValue(),
                        site.getKey());
            }
            Sql.execute(
                    connection,
                    List.of(
                            "UPDATE %s SET port = regexp_replace(hostname, '^>.*:', '')::int,".formatted(table.sites())
                                    + " hostname = regexp_replace(hostname, '^>(.*):[0-9]+$', '\\1') WHERE hostname LIKE '>%'"));
        }
        for (String table : tables.django()) {
            for (String domain : Sql.column(connection, "SELECT domain FROM " + table)) {
                String own = mapping.domain(domain).orElse(domain);
                Sql.update(
                        connection, "UPDATE %s SET domain = '>' || ? WHERE domain = ?".formatted(table), own, domain);
            }
            Sql.execute(
                    connection,
                    List.of("UPDATE %s SET domain = substr(domain, 2) WHERE domain LIKE '>%%'".formatted(table)));
        }
    }
}
