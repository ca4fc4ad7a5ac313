package dev.restage.recipe.wagtail;

import dev.restage.plan.Access;
import dev.restage.plan.Preview;
import dev.restage.plan.Step;
import dev.restage.plan.StepContext;
import dev.restage.provider.Address;
import dev.restage.provider.Database;
import dev.restage.step.Sql;
import java.util.List;
import java.util.Map;

/**
 * Remembers the target's own site records before they are replaced, and pairs them with production's.
 *
 * @param source production's database
 * @param target the target's database
 * @param hosts production host to target host, where the records do not tell
 */
public record MapSites(Address source, Address target, Map<String, String> hosts) implements Step {

    /** The step's usual name, under which its facts are found. */
    public static final String NAME = "map-sites";

    static final String FACT = "mapping";
    static final String HOSTS = "production-hosts";

    /**
     * Copies the map.
     *
     * @param source production's database
     * @param target the target's database
     * @param hosts production host to target host, where the records do not tell
     */
    public MapSites {
        hosts = Map.copyOf(hosts);
    }

    @Override
    public Access access() {
        return Access.reading(source, target);
    }

    @Override
    public Preview preview(StepContext context) {
        Preview preview = Preview.NOTHING;
        for (String line : mapping(context).write().lines().toList()) {
            preview = preview.note(line);
        }
        return preview.basedOn("site records", mapping(context).write());
    }

    @Override
    public void execute(StepContext context) {
        SiteMapping mapping =
                SiteMapping.read(context.fact(FACT, () -> mapping(context).write()));
        context.fact(HOSTS, () -> String.join(", ", mapping.forbidden()));
    }

    @Override
    public boolean holds(StepContext context) {
        return context.fact(HOSTS).isPresent();
    }

    private SiteMapping mapping(StepContext context) {
        return SiteMapping.of(sites(context, source), sites(context, target), hosts);
    }

    private static List<SiteRow> sites(StepContext context, Address database) {
        return Sql.read(context.use(database, Database.class), database, SiteRow::all);
    }
}
