package dev.restage.recipe.wagtail;

import dev.restage.plan.Access;
import dev.restage.plan.Preview;
import dev.restage.plan.Step;
import dev.restage.plan.StepContext;
import dev.restage.provider.Address;
import dev.restage.provider.Database;
import dev.restage.provider.Incomplete;
import dev.restage.provider.PlanException;
import dev.restage.step.CopyDatabase;
import dev.restage.step.Sql;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
    /** The target's own site records. */
    static final String OF_TARGET = CopyDatabase.OF_TARGET + "sites";

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
        context.fact(OF_TARGET, () -> SiteRow.write(own(context)));
        SiteMapping mapping =
                SiteMapping.read(context.fact(FACT, () -> mapping(context).write()));
        context.fact(HOSTS, () -> String.join(", ", mapping.forbidden()));
    }

    @Override
    public boolean holds(StepContext context) {
        return context.fact(HOSTS).isPresent();
    }

    private SiteMapping mapping(StepContext context) {
        SiteMapping mapping = SiteMapping.of(sites(context, source), own(context), hosts);
        mapping.sites().forEach((from, to) -> {
            String host = from.substring(0, from.lastIndexOf(':'));
            if (from.equals(to) && !hosts.containsKey(host)) {
                throw new PlanException(
                        ("%s has production's host %s in its own site records, as after a run that copied it and did not end:"
                                        + " resume or undo that run, or say which host stands for it with Wagtail.host(\"%s\", \"…\")")
                                .formatted(target, host, host));
            }
        });
        return mapping;
    }

    /** The target's own, which it has no more once a copy has given them up; what that copy knew of them is remembered. */
    private List<SiteRow> own(StepContext context) {
        Optional<Incomplete> incomplete = context.use(target, Database.class).incomplete();
        if (incomplete.isEmpty()) {
            return sites(context, target);
        }
        Incomplete state = incomplete.get();
        Set<String> given = hosts.keySet();
        boolean needsNone = state.before() == null
                || sites(context, source).stream().map(SiteRow::host).allMatch(given::contains);
        return state.remembered(OF_TARGET)
                .map(SiteRow::read)
                .or(() -> needsNone ? Optional.of(List.of()) : Optional.empty())
                .orElseThrow(() -> new PlanException(
                        "%s %s, so its own site records are not known: restore that, then make the plan anew"
                                .formatted(target, state)));
    }

    private static List<SiteRow> sites(StepContext context, Address database) {
        return Sql.read(context.use(database, Database.class), database, SiteRow::all);
    }
}
