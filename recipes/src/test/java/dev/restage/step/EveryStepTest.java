package dev.restage.step;

import static dev.restage.trial.World.APP;
import static dev.restage.trial.World.CACHE;
import static dev.restage.trial.World.CODE;
import static dev.restage.trial.World.SOURCE;
import static dev.restage.trial.World.TARGET;
import static dev.restage.trial.World.TARGET_MEDIA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.masking.MaskingPolicy;
import dev.restage.masking.TableSelector;
import dev.restage.media.MediaSyncOptions;
import dev.restage.plan.Environment;
import dev.restage.plan.ResetPlan;
import dev.restage.plan.Step;
import dev.restage.provider.PlanException;
import dev.restage.provider.app.PurgeScope;
import dev.restage.provider.media.MediaQuery;
import dev.restage.recipe.sites.MapSites;
import dev.restage.recipe.sites.RewriteSites;
import dev.restage.recipe.wagtail.Neutralise;
import dev.restage.recipe.wagtail.ProposeContent;
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
import dev.restage.step.code.RunWorkflow;
import dev.restage.step.database.AuditLeaks;
import dev.restage.step.database.CatalogTexts;
import dev.restage.step.database.CompareDatabases;
import dev.restage.step.database.CompareRows;
import dev.restage.step.database.CopyDatabase;
import dev.restage.step.database.EmptyTables;
import dev.restage.step.database.ExecuteSql;
import dev.restage.step.database.MaskedBy;
import dev.restage.step.database.TakeBackup;
import dev.restage.step.media.CheckMedia;
import dev.restage.step.media.CorrectFileFacts;
import dev.restage.step.media.EmptyMedia;
import dev.restage.step.media.SyncMedia;
import dev.restage.trial.Trial;
import dev.restage.trial.World;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for each step that ships: how a plan names it, and that it refuses a thing which cannot do what it needs. */
class EveryStepTest {

    private static final Duration LIMIT = Duration.ZERO;
    private static final TableSelector TABLES = TableSelector.named("t");
    private static final CatalogTexts TEXTS = new CatalogTexts(TABLES, List.of("{a}"), "texts", "look");
    private static final MaskingPolicy POLICY = MaskingPolicy.none();
    private static final MediaQuery QUERY = new MediaQuery(List.of(), null);
    private static final MediaSyncOptions OPTIONS = MediaSyncOptions.builder().build();

    private final World world = new World();

    @TempDir
    private Path home;

    /** Each with a cache where it needs an app, and an app where it needs something else. */
    static List<Step> misled() {
        return List.of(
                new AwaitDeploy(CACHE, CODE, LIMIT),
                new AwaitDeploy(APP, CACHE, LIMIT),
                new CheckSite(APP, List.of("/"), 0, Set.of(), LIMIT),
                new PurgeCache(APP, PurgeScope.everything()),
                new ResetAppRepository(CACHE),
                new RestartApp(CACHE),
                new RunCommand(CACHE, "true", LIMIT),
                new Closed(CACHE, Set.of()),
                new CheckCi(APP, LIMIT),
                new RebuildBranch(APP, "main", List.of(), "A <a@b.example>"),
                new ReportBranches(APP, "main", LIMIT),
                new RunWorkflow(APP, "a.yml", "main", Map.of(), LIMIT),
                new AuditLeaks(APP, TARGET, TEXTS, Set.of(), POLICY),
                new CompareDatabases(SOURCE, APP),
                new CompareRows(SOURCE, APP, TEXTS, null),
                new CopyDatabase(APP, TARGET, POLICY, "KEY"),
                new CopyDatabase(SOURCE, APP, POLICY, "KEY"),
                new EmptyTables(APP, TABLES, "things"),
                new ExecuteSql(APP, "change", List.of()),
                new TakeBackup(APP),
                new CheckMedia(APP, TARGET_MEDIA, QUERY, List.of(), CheckMedia.Unmet.WARN),
                new CheckMedia(TARGET, APP, QUERY, List.of(), CheckMedia.Unmet.WARN),
                new CorrectFileFacts(CACHE, TARGET_MEDIA, APP, TABLES),
                new EmptyMedia(APP, List.of("images/")),
                new SyncMedia(APP, TARGET_MEDIA, OPTIONS),
                new SyncMedia(SOURCE, APP, OPTIONS),
                new SendMessage(CACHE, "title", "text"),
                new MapSites(APP, TARGET, Map.of(), null, MapSites.Unpaired.LOCALHOST),
                new RewriteSites(APP, "map"),
                new Neutralise(APP),
                new ProposeContent(APP, new MaskedBy(POLICY, "KEY")));
    }

    @Test
    void noStepIsForgotten() throws Exception {
        Path classes = Path.of(SendMessage.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Set<Class<?>> all = new HashSet<>();
        try (Stream<Path> files = Files.walk(classes.resolve("dev/restage/step"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".class")).toList()) {
                String name = classes.relativize(file)
                        .toString()
                        .replace(file.getFileSystem().getSeparator(), ".");
                Class<?> type = Class.forName(name.substring(0, name.length() - ".class".length()));
                if (Step.class.isAssignableFrom(type)) {
                    all.add(type);
                }
            }
        }

        assertThat(misled()).extracting(Object::getClass).containsAll(all);
        assertThat(all).hasSizeGreaterThan(20);
    }

    @ParameterizedTest
    @MethodSource("misled")
    void isRefusedInThePreview(Step step) {
        try (Trial trial = Trial.of(world, home, step)) {
            assertThatThrownBy(trial::decision)
                    .isInstanceOf(PlanException.class)
                    .hasMessageMatching("(?s).*fake:(app|cache|source).*");
        }
        assertThat(world.changes.made()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("misled")
    void isNamedInAPlanByItsBareNameIfItIsAStepForAnySite(Step step) {
        Class<?> type = step.getClass();
        String name = type.getName().startsWith("dev.restage.step.") ? type.getSimpleName() : type.getName();
        Environment.Builder staging = Environment.staging("staging");
        step.access().writes().forEach(address -> staging.also(address.toString()));
        ResetPlan.Builder builder =
                ResetPlan.builder("one", Environment.production("production").build(), staging.build());
        step.needs().forEach(needed -> builder.add(needed, new SendMessage(World.PEOPLE, "title", "text")));
        ResetPlan plan =
                builder.add("step", step, step.needs().toArray(String[]::new)).build();

        assertThat(plan.toYaml()).contains("type: \"" + name + "\"");
        assertThat(ResetPlan.fromYaml(plan.toYaml())).isEqualTo(plan);
    }
}
