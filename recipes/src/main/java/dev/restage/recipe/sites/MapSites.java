package dev.restage.recipe.sites;

import dev.restage.plan.Access;
import dev.restage.plan.Decision;
import dev.restage.plan.Step;
import dev.restage.plan.StepContext;
import dev.restage.provider.Address;
import dev.restage.provider.PlanException;
import dev.restage.provider.database.Database;
import dev.restage.provider.database.Incomplete;
import dev.restage.step.database.CopyDatabase;
import dev.restage.step.database.Sql;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the target's own site records before they are replaced, and pairs them with production's.
 *
 * @param source production's database
 * @param target the target's database
 * @param hosts production host to target host, where the records do not tell
 * @param web where the target is found, for the default site of a target without records; null if that is not known
 * @param unpaired what becomes of sites for which nothing else speaks
 */
public record MapSites(
        Address source,
        Address target,
        Map<String, String> hosts,
        @Nullable Address web,
        Unpaired unpaired) implements Step {

    /** What becomes of a site of production for which nothing says which host of the target stands for it. */
    public enum Unpaired {
        /** The preview asks for it. */
        REFUSED,
        /** It goes by its name below {@code localhost}, which leads to the machine itself. Source: RFC 6761, section 6.3. */
        LOCALHOST
    }

    /** The step's usual name, under which its facts are found. */
    public static final String NAME = "map-sites";

    /** The fact that lists production's hosts, which the target must not show any more. */
    public static final String HOSTS = "production-hosts";

    static final String FACT = "mapping";

    /** The target's own site records. */
    private static final String OF_TARGET = CopyDatabase.OF_TARGET + "sites";

    /**
     * Copies the map.
     *
     * @param source production's database
     * @param target the target's database
     * @param hosts production host to target host, where the records do not tell
     * @param web where the target is found, for the default site of a target without records
     * @param unpaired what becomes of sites for which nothing else speaks
     */
    public MapSites {
        hosts = Map.copyOf(hosts);
    }

    private static final String PIN = "site records";
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    @Override
    public Access access() {
        return Access.reading(source, target);
    }

    @Override
    public Decision decide(StepContext context) {
        Decision decision = Decision.NOTHING;
        for (String line : mapping(context).write().lines().toList()) {
            decision = decision.note(line);
        }
        return decision.pinning(PIN, mapping(context).write());
    }

    @Override
    public void execute(StepContext context, Decision decision) {
        context.fact(OF_TARGET, own(context).write());
        SiteMapping mapping = SiteMapping.read(decision.pin(PIN));
        context.fact(FACT, mapping.write());
        context.fact(HOSTS, String.join(", ", mapping.forbidden()));
    }

    private SiteMapping mapping(StepContext context) {
        return SiteMapping.of(records(context, source), own(context), hosts, web == null ? null : site(web), unpaired);
    }

    /** The target's own, which it has no more once a copy has given them up; what that copy knew of them is remembered. */
    private SiteMapping.Records own(StepContext context) {
        Optional<Incomplete> incomplete = context.use(target, Database.class).incomplete();
        if (incomplete.isEmpty()) {
            return records(context, target);
        }
        Incomplete state = incomplete.get();
        boolean needsNone = state.before() == null || records(context, source).areAll(hosts.keySet());
        return state.remembered(OF_TARGET)
                .map(SiteMapping.Records::read)
                .or(() -> needsNone ? Optional.of(SiteMapping.Records.NONE) : Optional.empty())
                .orElseThrow(() -> new PlanException(
                        "%s %s, so its own site records are not known: restore that, then make the plan anew"
                                .formatted(target, state)));
    }

    private static SiteMapping.Records records(StepContext context, Address address) {
        Database database = context.use(address, Database.class);
        SiteTables tables = SiteTables.of(database.shape());
        return Sql.read(
                database,
                address,
                connection -> new SiteMapping.Records(
                        SiteRow.wagtail(connection, tables), SiteRow.django(connection, tables)));
    }

    /** Host and port of a web address. */
    private static String site(Address web) {
        String authority = web.rest().replaceFirst("^//", "").replaceFirst("[/?#].*", "");
        String host = authority.substring(authority.indexOf('@') + 1);
        return host.matches(".*:[0-9]+") ? host : host + ":" + (web.scheme().equals("http") ? HTTP : HTTPS);
    }
}
