package dev.restage.recipe;

import dev.restage.masking.MaskingPolicy;
import dev.restage.media.MediaSyncOptions;
import dev.restage.plan.ResetPlan;
import dev.restage.plan.Step;
import dev.restage.provider.Address;
import dev.restage.provider.app.PurgeScope;
import dev.restage.provider.media.MediaQuery;
import dev.restage.step.app.AwaitDeploy;
import dev.restage.step.app.CheckSite;
import dev.restage.step.app.Closed;
import dev.restage.step.app.PurgeCache;
import dev.restage.step.app.ResetAppRepository;
import dev.restage.step.app.RestartApp;
import dev.restage.step.app.RunCommand;
import dev.restage.step.code.CheckCi;
import dev.restage.step.code.RebuildBranch;
import dev.restage.step.code.ReportBranches;
import dev.restage.step.database.AuditLeaks;
import dev.restage.step.database.CompareDatabases;
import dev.restage.step.database.CopyDatabase;
import dev.restage.step.database.MaskedBy;
import dev.restage.step.database.TakeBackup;
import dev.restage.step.media.CheckMedia;
import dev.restage.step.media.CleanFiles;
import dev.restage.step.media.CorrectFileFacts;
import dev.restage.step.media.EmptyMedia;
import dev.restage.step.media.MaskedNames;
import dev.restage.step.media.NeededMedia;
import dev.restage.step.media.SyncMedia;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The phases of a staging reset and their order. Each method adds a phase, if the environments have what it needs, and says
 * after which steps the next phase may begin.
 */
final class ResetPhases {

    private static final String BACKUP = "backup";
    private static final String COPY_DATABASE = "copy-database";
    private static final String COPY_MEDIA = "copy-media";

    private final StagingReset settings;

    ResetPhases(StagingReset settings) {
        this.settings = settings;
    }

    ResetPlan plan() {
        ResetPlan.Builder plan = ResetPlan.builder("staging reset", settings.production, settings.staging);
        List<String> looked = preflight(plan);
        Set<String> outside = Set.copyOf(plan.names());
        List<String> ready = backup(plan, looked);
        List<String> code = code(plan, ready);
        List<String> data = database(plan, ready);
        List<String> commanded = commands(plan, join(code, data));
        List<String> media = mediaPhase(plan, ready, data);
        List<String> copied = join(fileFacts(plan, join(commanded, media)), checkMedia(plan, commanded, media));
        List<String> clean = join(audit(plan, commanded), purges(plan, copied));
        List<String> open = restart(plan, clean);
        closed(plan, outside);
        messages(plan, checks(plan, open, code));
        settings.leftOut.forEach(plan::leaveOut);
        return plan.build();
    }

    private List<String> preflight(ResetPlan.Builder plan) {
        List<String> names = new ArrayList<>();
        if (settings.staging.code() != null && settings.production.code() != null) {
            names.add(add(
                    plan,
                    "branch-report",
                    new ReportBranches(settings.staging.code(), base(), settings.staleAfter),
                    List.of()));
        }
        if (settings.framework != null && copiesDatabase()) {
            Address from = settings.production.require(settings.production.database(), "database");
            Address to = settings.staging.require(settings.staging.database(), "database");
            names.add(add(plan, "compare-databases", new CompareDatabases(from, to), List.of()));
            settings.framework
                    .preflight(
                            settings.production,
                            settings.staging,
                            new MaskedBy(policy(settings.framework), settings.keyVariable))
                    .forEach((name, step) -> names.add(add(plan, name, step, List.of())));
        }
        return names;
    }

    private List<String> backup(ResetPlan.Builder plan, List<String> looked) {
        return settings.staging.database() == null
                ? looked
                : List.of(add(plan, BACKUP, new TakeBackup(settings.staging.database()), looked));
    }

    /** Around all from the backup to the restart. */
    private void closed(ResetPlan.Builder plan, Set<String> outside) {
        if (settings.staging.app() != null) {
            String[] inside = plan.names().stream()
                    .filter(name -> !outside.contains(name))
                    .toArray(String[]::new);
            plan.during("closed", new Closed(settings.staging.app(), settings.stay), inside);
        }
    }

    private List<String> code(ResetPlan.Builder plan, List<String> ready) {
        List<String> last = ready;
        if (settings.staging.code() != null && settings.production.code() != null) {
            if (settings.staging.app() != null) {
                last = List.of(add(plan, "reset-repository", new ResetAppRepository(settings.staging.app()), last));
            }
            last = List.of(add(
                    plan,
                    "rebuild-branch",
                    new RebuildBranch(settings.staging.code(), base(), settings.merges, settings.author),
                    last));
            if (settings.staging.app() != null) {
                last = List.of(add(
                        plan,
                        "await-deploy",
                        new AwaitDeploy(settings.staging.app(), settings.staging.code(), settings.deployLimit),
                        last));
            }
        }
        return last;
    }

    private List<String> database(ResetPlan.Builder plan, List<String> ready) {
        List<String> last = ready;
        if (settings.framework != null && copiesDatabase()) {
            Address from = settings.production.require(settings.production.database(), "database");
            Address to = settings.staging.require(settings.staging.database(), "database");
            MaskingPolicy policy = policy(settings.framework);
            Address copied = settings.dump == null ? from : settings.dump;
            CopyDatabase copy =
                    new CopyDatabase(copied, to, policy, settings.keyVariable, BACKUP, settings.left, settings.orphans);
            last = List.of(add(plan, COPY_DATABASE, copy, last));
            for (Map.Entry<String, Step> step : settings.framework
                    .afterCopy(settings.production, settings.staging)
                    .entrySet()) {
                last = List.of(add(plan, step.getKey(), step.getValue(), last));
            }
        }
        return last;
    }

    private List<String> commands(ResetPlan.Builder plan, List<String> before) {
        List<String> last = before;
        if (settings.framework != null && settings.staging.app() != null) {
            for (Map.Entry<String, String> command :
                    settings.framework.commands().entrySet()) {
                last = List.of(add(
                        plan,
                        command.getKey(),
                        new RunCommand(settings.staging.app(), command.getValue(), settings.commandLimit),
                        last));
            }
        }
        return last;
    }

    private List<String> mediaPhase(ResetPlan.Builder plan, List<String> ready, List<String> data) {
        Address from = settings.production.media();
        Address to = settings.staging.media();
        if (from == null || to == null) {
            return ready;
        }
        if (settings.framework == null || !copiesDatabase()) {
            return List.of(
                    add(plan, COPY_MEDIA, new SyncMedia(from, to, settings.media, null, cleaning(), null), ready));
        }
        List<String> behind = settings.framework.mediaLeftBehind();
        List<String> masked = settings.framework.maskedMedia();
        MediaSyncOptions options = settings.media.toBuilder()
                .exclude(join(settings.media.exclude(), behind).toArray(String[]::new))
                .build();
        MaskedNames names = masked.isEmpty() ? null : new MaskedNames(masked, settings.keyVariable);
        NeededMedia needed = settings.needed == null
                ? null
                : new NeededMedia(
                        settings.staging.require(settings.staging.database(), "database"),
                        settings.needed.apply(settings.framework),
                        COPY_DATABASE);
        List<String> copied = List.of(add(
                plan,
                COPY_MEDIA,
                new SyncMedia(from, to, options, names, cleaning(), needed),
                needed == null ? ready : data));
        return behind.isEmpty() || options.surplus() == MediaSyncOptions.Surplus.KEEP
                ? copied
                : List.of(add(plan, "empty-derived-media", new EmptyMedia(to, behind), copied));
    }

    private List<String> checkMedia(ResetPlan.Builder plan, List<String> commanded, List<String> copied) {
        Address media = settings.staging.media();
        if (settings.framework == null || !copiesDatabase() || settings.production.media() == null || media == null) {
            return copied;
        }
        MediaQuery query =
                settings.needed == null ? settings.framework.media() : settings.needed.apply(settings.framework);
        return List.of(add(
                plan,
                "check-media",
                new CheckMedia(
                        settings.staging.require(settings.staging.database(), "database"),
                        media,
                        query,
                        settings.framework.mediaLeftBehind(),
                        CheckMedia.Unmet.WARN),
                join(commanded, copied)));
    }

    private @Nullable CleanFiles cleaning() {
        if (settings.cleaning == null) {
            return null;
        }
        Address database = settings.production.database();
        return new CleanFiles(
                CleanFiles.FILES,
                settings.cleaning,
                settings.framework == null || database == null
                        ? List.of()
                        : settings.framework.replacedFiles(database));
    }

    /** After the media and the rows that tell of them. */
    private List<String> fileFacts(ResetPlan.Builder plan, List<String> copied) {
        Address from = settings.production.media();
        Address to = settings.staging.media();
        if (settings.cleaning == null
                || from == null
                || to == null
                || settings.framework == null
                || !copiesDatabase()) {
            return copied;
        }
        Address database = settings.staging.require(settings.staging.database(), "database");
        return List.of(add(
                plan, "correct-file-facts", new CorrectFileFacts(from, to, database, CorrectFileFacts.FILES), copied));
    }

    /** Before the site opens: what is found then has been seen by nobody. */
    private List<String> audit(ResetPlan.Builder plan, List<String> before) {
        if (settings.framework == null || !copiesDatabase()) {
            return before;
        }
        Address from = settings.production.require(settings.production.database(), "database");
        Address to = settings.staging.require(settings.staging.database(), "database");
        return List.of(add(
                plan,
                "leak-audit",
                new AuditLeaks(from, to, settings.framework.persons(), Set.of(), policy(settings.framework)),
                before));
    }

    private List<String> purges(ResetPlan.Builder plan, List<String> before) {
        List<String> names = new ArrayList<>();
        for (Address cache : settings.staging.caches()) {
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

    private List<String> restart(ResetPlan.Builder plan, List<String> before) {
        List<String> last = before;
        if (settings.staging.app() != null) {
            last = List.of(add(plan, "restart", new RestartApp(settings.staging.app()), last));
        }
        return last;
    }

    private List<String> checks(ResetPlan.Builder plan, List<String> opened, List<String> code) {
        List<String> names = new ArrayList<>(opened);
        if (settings.staging.web() != null) {
            Set<String> forbidden =
                    new TreeSet<>(settings.framework == null ? Set.of() : settings.framework.forbiddenHosts());
            if (settings.production.web() != null) {
                forbidden.add(host(settings.production.web()));
            }
            names.add(add(
                    plan,
                    "check-site",
                    new CheckSite(
                            settings.staging.web(), settings.paths, settings.samples, forbidden, settings.deployLimit),
                    opened));
        }
        if (settings.staging.code() != null && settings.production.code() != null) {
            names.add(add(plan, "check-ci", new CheckCi(settings.staging.code(), settings.checksLimit), code));
        }
        return names;
    }

    private void messages(ResetPlan.Builder plan, List<String> before) {
        if (settings.colleagues != null) {
            add(plan, "tell-colleagues", settings.colleagues, before);
        }
        if (settings.client != null) {
            add(plan, "tell-client", settings.client, before);
        }
    }

    private MaskingPolicy policy(Framework framework) {
        return settings.own == null ? framework.policy() : framework.policy().plus(settings.own);
    }

    private boolean copiesDatabase() {
        return settings.production.database() != null && settings.staging.database() != null;
    }

    private String base() {
        return settings.production.require(settings.production.code(), "code").fragment();
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
