package dev.restage.recipe;

import dev.restage.masking.MaskingPolicy;
import dev.restage.media.MediaSyncOptions;
import dev.restage.plan.Environment;
import dev.restage.plan.ResetPlan;
import dev.restage.plan.Step;
import dev.restage.provider.Address;
import dev.restage.provider.PaaS.Switch;
import dev.restage.provider.PurgeScope;
import dev.restage.step.AuditLeaks;
import dev.restage.step.AwaitDeploy;
import dev.restage.step.CheckCi;
import dev.restage.step.CheckSite;
import dev.restage.step.CompareDatabases;
import dev.restage.step.CopyDatabase;
import dev.restage.step.PurgeCache;
import dev.restage.step.RebuildBranch;
import dev.restage.step.ReportBranches;
import dev.restage.step.ResetAppRepository;
import dev.restage.step.RestartApp;
import dev.restage.step.RunCommand;
import dev.restage.step.SendMessage;
import dev.restage.step.SetMaintenance;
import dev.restage.step.StartWorkers;
import dev.restage.step.StopWorkers;
import dev.restage.step.SyncMedia;
import dev.restage.step.TakeBackup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The complete reset of a staging environment from production. A phase is in the plan if the environments have the
 * addresses that it needs; {@link #without} leaves one out.
 *
 * <pre>{@code
 * ResetPlan plan = StagingReset.of(production, staging)
 *         .framework(Wagtail.site())
 *         .merge("feature/search", "feature/footer")
 *         .tellColleagues("webhook:SLACK_WEBHOOK_URL")
 *         .build();
 * }</pre>
 *
 * <p>Collects settings; not for several threads.
 */
public final class StagingReset {

    private static final String STOP_WORKERS = "stop-workers";

    private final Environment production;
    private final Environment staging;
    private final List<String> merges = new ArrayList<>();
    private final List<String> paths = new ArrayList<>(List.of("/"));
    private final Set<String> leftOut = new LinkedHashSet<>();
    private final Set<String> stay = new TreeSet<>(Set.of("web"));
    private @Nullable Framework framework;
    private @Nullable MaskingPolicy own;
    private @Nullable Address colleagues;
    private @Nullable Address client;
    private MediaSyncOptions media =
            MediaSyncOptions.builder().surplus(MediaSyncOptions.Surplus.DELETE).build();
    private String author = "Restage <restage@localhost>";
    private String keyVariable = "RESTAGE_MASKING_KEY";
    private Duration staleAfter = Duration.ofDays(90);
    private Duration deployLimit = Duration.ofMinutes(20);
    private Duration commandLimit = Duration.ofMinutes(30);
    private Duration checksLimit = Duration.ofMinutes(15);
    private int samples = 10;

    private StagingReset(Environment production, Environment staging) {
        this.production = production;
        this.staging = staging;
    }

    /**
     * Starts a reset.
     *
     * @param production the environment to read
     * @param staging the environment to replace
     * @return the reset with its usual settings
     */
    public static StagingReset of(Environment production, Environment staging) {
        return new StagingReset(production, staging);
    }

    /**
     * Says what the site is built with; needed for the phases of the database.
     *
     * @param software such as {@code Wagtail.site()}
     * @return this reset
     */
    public StagingReset framework(Framework software) {
        framework = software;
        return this;
    }

    /**
     * Adds masking rules that go before the framework's.
     *
     * @param rules the project's own rules
     * @return this reset
     */
    public StagingReset policy(MaskingPolicy rules) {
        own = rules;
        return this;
    }

    /**
     * Names branches that are merged into staging's branch, after those named before.
     *
     * @param branches the branches, in the order in which they are merged
     * @return this reset
     */
    public StagingReset merge(String... branches) {
        merges.addAll(List.of(branches));
        return this;
    }

    /**
     * Says who the merge commits name.
     *
     * @param nameAndMail {@code Name <mail>}
     * @return this reset
     */
    public StagingReset author(String nameAndMail) {
        author = nameAndMail;
        return this;
    }

    /**
     * Names the variable that holds the masking key; {@code RESTAGE_MASKING_KEY} otherwise.
     *
     * @param variable the variable
     * @return this reset
     */
    public StagingReset maskingKey(String variable) {
        keyVariable = variable;
        return this;
    }

    /**
     * Says how media are compared and what may be deleted; otherwise staging's become exactly production's, within the
     * caps.
     *
     * @param options the options
     * @return this reset
     */
    public StagingReset media(MediaSyncOptions options) {
        media = options;
        return this;
    }

    /**
     * Names process types that go on during the reset besides {@code web}.
     *
     * @param types process types that do not touch the database
     * @return this reset
     */
    public StagingReset keepRunning(String... types) {
        stay.addAll(List.of(types));
        return this;
    }

    /**
     * Names pages that are read afterwards besides the front page.
     *
     * @param more absolute paths
     * @return this reset
     */
    public StagingReset check(String... more) {
        paths.addAll(List.of(more));
        return this;
    }

    /**
     * Says how many pages of the site map are read afterwards; 10 otherwise.
     *
     * @param pages how many; 0 if the site has no site map
     * @return this reset
     */
    public StagingReset checkSiteMap(int pages) {
        samples = pages;
        return this;
    }

    /**
     * Names where colleagues are told, with what they have to do.
     *
     * @param notifier such as {@code webhook:SLACK_WEBHOOK_URL}
     * @return this reset
     */
    public StagingReset tellColleagues(String notifier) {
        colleagues = Address.of(notifier);
        return this;
    }

    /**
     * Names where the client is told.
     *
     * @param notifier such as {@code webhook:CLIENT_WEBHOOK_URL}
     * @return this reset
     */
    public StagingReset tellClient(String notifier) {
        client = Address.of(notifier);
        return this;
    }

    /**
     * Says when a merged branch is called stale; after 90 days otherwise.
     *
     * @param age the age of its newest commit
     * @return this reset
     */
    public StagingReset staleAfter(Duration age) {
        staleAfter = age;
        return this;
    }

    /**
     * Says how long to wait for a deployment; 20 minutes otherwise.
     *
     * @param limit the longest wait
     * @return this reset
     */
    public StagingReset deployWithin(Duration limit) {
        deployLimit = limit;
        return this;
    }

    /**
     * Says how long a command beside the app may take; 30 minutes otherwise.
     *
     * @param limit the longest time
     * @return this reset
     */
    public StagingReset commandsWithin(Duration limit) {
        commandLimit = limit;
        return this;
    }

    /**
     * Says how long to wait for the checks of continuous integration; 15 minutes otherwise.
     *
     * @param limit the longest wait
     * @return this reset
     */
    public StagingReset checksWithin(Duration limit) {
        checksLimit = limit;
        return this;
    }

    /**
     * Leaves phases out.
     *
     * @param phases names of steps, as {@link ResetPlan#steps} shows them
     * @return this reset
     */
    public StagingReset without(String... phases) {
        leftOut.addAll(List.of(phases));
        return this;
    }

    /**
     * {@return the plan, checked}
     *
     * @throws dev.restage.provider.PlanException if a phase that is to be left out does not exist, or an address is
     *     missing
     */
    public ResetPlan build() {
        ResetPlan.Builder plan = ResetPlan.builder("staging reset", production, staging);
        List<String> looked = preflight(plan);
        List<String> ready = close(plan, looked);
        List<String> code = code(plan, ready);
        List<String> data = database(plan, ready);
        List<String> commanded = commands(plan, join(code, data));
        List<String> copied = join(commanded, mediaPhase(plan, ready));
        List<String> clean = join(audit(plan, commanded), purges(plan, copied));
        List<String> open = open(plan, clean);
        messages(plan, checks(plan, open, code));
        leftOut.forEach(plan::leaveOut);
        return plan.build();
    }

    private List<String> preflight(ResetPlan.Builder plan) {
        List<String> names = new ArrayList<>();
        if (staging.code() != null && production.code() != null) {
            names.add(add(plan, "branch-report", new ReportBranches(staging.code(), base(), staleAfter), List.of()));
        }
        if (framework != null && copiesDatabase()) {
            Address from = production.require(production.database(), "database");
            Address to = staging.require(staging.database(), "database");
            names.add(add(plan, "compare-databases", new CompareDatabases(from, to), List.of()));
            framework
                    .preflight(production, staging)
                    .forEach((name, step) -> names.add(add(plan, name, step, List.of())));
        }
        return names;
    }

    private List<String> close(ResetPlan.Builder plan, List<String> looked) {
        List<String> last = looked;
        if (staging.app() != null) {
            last = List.of(add(plan, "maintenance-on", new SetMaintenance(staging.app(), Switch.ON), last));
            last = List.of(add(plan, STOP_WORKERS, new StopWorkers(staging.app(), stay), last));
        }
        if (staging.database() != null) {
            last = List.of(add(plan, "backup", new TakeBackup(staging.database()), last));
        }
        return last;
    }

    private List<String> code(ResetPlan.Builder plan, List<String> ready) {
        List<String> last = ready;
        if (staging.code() != null && production.code() != null) {
            if (staging.app() != null) {
                last = List.of(add(plan, "reset-repository", new ResetAppRepository(staging.app()), last));
            }
            last = List.of(
                    add(plan, "rebuild-branch", new RebuildBranch(staging.code(), base(), merges, author), last));
            if (staging.app() != null) {
                last = List.of(
                        add(plan, "await-deploy", new AwaitDeploy(staging.app(), staging.code(), deployLimit), last));
            }
        }
        return last;
    }

    private List<String> database(ResetPlan.Builder plan, List<String> ready) {
        List<String> last = ready;
        if (framework != null && copiesDatabase()) {
            Address from = production.require(production.database(), "database");
            Address to = staging.require(staging.database(), "database");
            MaskingPolicy policy =
                    own == null ? framework.policy() : framework.policy().plus(own);
            last = List.of(add(plan, "copy-database", new CopyDatabase(from, to, policy, keyVariable), last));
            for (Map.Entry<String, Step> step :
                    framework.afterCopy(production, staging).entrySet()) {
                last = List.of(add(plan, step.getKey(), step.getValue(), last));
            }
        }
        return last;
    }

    private List<String> commands(ResetPlan.Builder plan, List<String> before) {
        List<String> last = before;
        if (framework != null && staging.app() != null) {
            for (Map.Entry<String, String> command : framework.commands().entrySet()) {
                last = List.of(add(
                        plan, command.getKey(), new RunCommand(staging.app(), command.getValue(), commandLimit), last));
            }
        }
        return last;
    }

    private List<String> mediaPhase(ResetPlan.Builder plan, List<String> ready) {
        return production.media() == null || staging.media() == null
                ? ready
                : List.of(add(plan, "copy-media", new SyncMedia(production.media(), staging.media(), media), ready));
    }

    /** Before the site opens: what is found then has been seen by nobody. */
    private List<String> audit(ResetPlan.Builder plan, List<String> before) {
        if (framework == null || !copiesDatabase()) {
            return before;
        }
        Address from = production.require(production.database(), "database");
        Address to = staging.require(staging.database(), "database");
        return List.of(add(plan, "leak-audit", new AuditLeaks(from, to, framework.persons(), Set.of()), before));
    }

    private List<String> purges(ResetPlan.Builder plan, List<String> before) {
        List<String> names = new ArrayList<>();
        for (Address cache : staging.caches()) {
            String name = "purge-" + cache.scheme();
            int more =
                    (int) names.stream().filter(other -> other.startsWith(name)).count();
            names.add(add(
                    plan,
                    more == 0 ? name : name + "-" + (more + 1),
                    new PurgeCache(cache, PurgeScope.everything()),
                    before));
        }
        return names.isEmpty() ? before : names;
    }

    private List<String> open(ResetPlan.Builder plan, List<String> before) {
        List<String> last = before;
        if (staging.app() != null) {
            last = List.of(add(plan, "restart", new RestartApp(staging.app()), last));
            last = List.of(add(plan, "start-workers", new StartWorkers(staging.app(), STOP_WORKERS), last));
            last = List.of(add(plan, "maintenance-off", new SetMaintenance(staging.app(), Switch.OFF), last));
        }
        return last;
    }

    private List<String> checks(ResetPlan.Builder plan, List<String> opened, List<String> code) {
        List<String> names = new ArrayList<>(opened);
        if (staging.web() != null) {
            Set<String> forbidden = new TreeSet<>(framework == null ? Set.of() : framework.forbiddenHosts());
            if (production.web() != null) {
                forbidden.add(host(production.web()));
            }
            names.add(add(
                    plan, "check-site", new CheckSite(staging.web(), paths, samples, forbidden, deployLimit), opened));
        }
        if (staging.code() != null && production.code() != null) {
            names.add(add(plan, "check-ci", new CheckCi(staging.code(), checksLimit), code));
        }
        return names;
    }

    private void messages(ResetPlan.Builder plan, List<String> before) {
        if (colleagues != null) {
            add(
                    plan,
                    "tell-colleagues",
                    new SendMessage(
                            colleagues,
                            ResetMessages.colleaguesTitle(staging),
                            ResetMessages.colleagues(production, staging)),
                    before);
        }
        if (client != null) {
            add(
                    plan,
                    "tell-client",
                    new SendMessage(client, ResetMessages.clientTitle(staging), ResetMessages.client()),
                    before);
        }
    }

    private boolean copiesDatabase() {
        return production.database() != null && staging.database() != null;
    }

    private String base() {
        return production.require(production.code(), "code").fragment();
    }

    private static String host(Address web) {
        String authority = web.rest().replaceFirst("^//", "").replaceFirst("/.*", "");
        return authority.substring(authority.indexOf('@') + 1).replaceFirst(":[0-9]+$", "");
    }

    private static String add(ResetPlan.Builder plan, String name, Step step, List<String> after) {
        plan.add(name, step, after.toArray(String[]::new));
        return name;
    }

    private static List<String> join(List<String> one, List<String> other) {
        Set<String> all = new LinkedHashSet<>(one);
        all.addAll(other);
        return List.copyOf(all);
    }
}
