package dev.restage.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.restage.Restage;
import dev.restage.masking.MaskingPolicy;
import dev.restage.masking.TableSelector;
import dev.restage.masking.value.Mask;
import dev.restage.plan.Environment;
import dev.restage.plan.PlanPreview;
import dev.restage.plan.ResetPlan;
import dev.restage.provider.Address;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.Secret;
import dev.restage.provider.database.CopyOptions;
import dev.restage.recipe.sites.MapSites;
import dev.restage.recipe.sites.RewriteSites;
import dev.restage.run.Receipt;
import dev.restage.run.RunException;
import dev.restage.step.database.CatalogTexts;
import dev.restage.step.database.CompareDatabases;
import dev.restage.step.database.CompareRows;
import dev.restage.step.database.CopyDatabase;
import dev.restage.step.database.TakeBackup;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A copy in place has failed, and a new run meets what it left. */
class RunAfterFailureTest {

    private static final CatalogTexts PAGES =
            new CatalogTexts(TableSelector.named("wagtailcore_page"), List.of("{slug}"), "pages", "make some");

    /** Makes values that the server refuses. */
    private static final MaskingPolicy UNFIT = MaskingPolicy.builder()
            .mask("b", "day", Mask.constant("hush-hush"))
            .lenient()
            .build();

    private static final MaskingPolicy CORRECTED =
            MaskingPolicy.builder().lenient().build();

    @TempDir
    Path home;

    private static dev.restage.sandbox.server.PostgresDatabase made;
    private static PostgresDatabase production;

    private PostgresDatabase staging;
    private Address from = Address.of("postgres://nobody@nowhere/db");
    private Address to = from;
    private Restage restage = Restage.builder().build();

    @BeforeAll
    static void fill(@TempDir Path folder) throws SQLException {
        made = TestDatabases.server().createDatabase("after_a" + unique());
        production = new TestDatabases(folder).open(made);
        site(production, "www.acme.test", 3, "CREATE TABLE b (day interval)", "INSERT INTO b VALUES ('1 day')");
    }

    @BeforeEach
    void stage() throws SQLException {
        dev.restage.sandbox.server.PostgresDatabase other =
                TestDatabases.server().createDatabase("after_b" + unique());
        staging = new TestDatabases(home).open(other);
        from = Address.of(made + "?sslmode=disable&passwordVariable=ONE");
        to = Address.of(other + "?sslmode=disable&passwordVariable=OTHER");
        site(staging, "staging.acme.test", 5);
        restage = Restage.builder()
                .variables(Map.of(
                        "RESTAGE_HOME", home.toString(),
                        "ONE", made.password(),
                        "OTHER", other.password(),
                        "KEY", "a key that is long enough for masking"))
                .build();
    }

    @AfterEach
    void close() {
        restage.close();
    }

    @Test
    void newRunsFindTheSiteRecordsAndTheSnapshotOfTheStateBeforeTheFirst() throws Exception {
        Map<String, String> before = TestDatabases.contents(staging);

        Receipt first = failed(plan(UNFIT));
        assertThat(before(first)).isNotEmpty();
        assertThat(staging.incomplete().orElseThrow().before()).hasToString(before(first));

        Receipt second = failed(plan(UNFIT));
        assertThat(before(second)).isEqualTo(before(first));
        assertThat(staging.snapshots()).hasSize(1);

        PlanPreview preview = restage.preview(plan(CORRECTED));
        assertThat(preview.toString())
                .contains("is incomplete since", before(first), "www.acme.test:443 -> staging.acme.test:443")
                .contains("2 pages exist only on the target, as it was before it became incomplete,", "page-4, page-5");
        Receipt third = restage.run(preview);

        assertThat(TestDatabases.one(staging, "SELECT hostname FROM wagtailcore_site"))
                .isEqualTo("staging.acme.test");
        assertThat(staging.incomplete()).isEmpty();
        assertThat(before(third)).isEqualTo(before(first));
        assertThat(third.facts().find("compare", "rows.before"))
                .isEqualTo(first.facts().find("compare", "rows.before"));

        restage.undo(third.runId());
        assertThat(TestDatabases.contents(staging)).isEqualTo(before);
    }

    @Test
    void aCopyWithoutABackupBeforeItIsUndoneToTheStateBeforeTheFirst() throws Exception {
        Map<String, String> before = TestDatabases.contents(staging);
        failed(copying(UNFIT));

        Receipt second = restage.run(restage.preview(copying(CORRECTED)));

        assertThat(TestDatabases.one(staging, "SELECT hostname FROM wagtailcore_site"))
                .isEqualTo("www.acme.test");
        restage.undo(second.runId());
        assertThat(TestDatabases.contents(staging)).isEqualTo(before);
    }

    @Test
    void siteRecordsThatNobodyRemembersAreAskedForBeforeAnythingIsChanged() throws Exception {
        ProviderException failure = catchThrowableOfType(
                ProviderException.class,
                () -> staging.copyFrom(
                        production, new CopyOptions(UNFIT, Secret.of("a long enough key for it")), Progress.NONE));
        assertThat(failure)
                .hasMessageContaining("its state before is the snapshot")
                .hasMessageContaining("correct what failed, then run again");

        assertThatThrownBy(() -> restage.preview(looking(Map.of())))
                .hasMessageContaining("its own site records are not known")
                .hasMessageContaining(staging.snapshots().get(0).id().value());
        assertThat(restage.preview(looking(Map.of("www.acme.test", "other.acme.test")))
                        .toString())
                .contains("www.acme.test:443 -> other.acme.test:443", "pages that only the target has are not known");

        staging.restore(staging.snapshots().get(0).id(), Progress.NONE);
        assertThat(restage.preview(looking(Map.of())).toString())
                .contains("www.acme.test:443 -> staging.acme.test:443")
                .doesNotContain("incomplete");
    }

    @Test
    void aTargetThatWasCopiedAndNotRewrittenIsNotTakenForStaging() throws Exception {
        staging.copyFrom(production, new CopyOptions(CORRECTED, Secret.of("a long enough key for it")), Progress.NONE);

        assertThatThrownBy(() -> restage.preview(looking(Map.of())))
                .hasMessageContaining("has production's hosts in its own site records")
                .hasMessageContaining(".host(\"www.acme.test\", \"…\")");
        assertThat(restage.preview(looking(Map.of("www.acme.test", "staging.acme.test")))
                        .toString())
                .contains("www.acme.test:443 -> staging.acme.test:443");
    }

    private Receipt failed(ResetPlan plan) {
        PlanPreview preview = restage.preview(plan);
        RunException failure = catchThrowableOfType(RunException.class, () -> restage.run(preview));
        assertThat(failure).isNotNull();
        assertThat(staging.incomplete()).isPresent();
        return failure.receipt();
    }

    private static String before(Receipt receipt) {
        return receipt.facts().find("backup", "snapshot").orElse("");
    }

    private ResetPlan plan(MaskingPolicy policy) {
        return looks(Map.of())
                .add("backup", new TakeBackup(to), "compare", "map-sites", "pages")
                .add("copy", new CopyDatabase(from, to, policy, "KEY", "backup"), "backup")
                .add("rewrite-sites", new RewriteSites(to, "map-sites"), "copy")
                .build();
    }

    /** What such a plan looks at before it changes anything. */
    private ResetPlan looking(Map<String, String> hosts) {
        return looks(hosts).build();
    }

    private ResetPlan.Builder looks(Map<String, String> hosts) {
        return empty().add("compare", new CompareDatabases(from, to))
                .add("map-sites", new MapSites(from, to, hosts, null, MapSites.Unpaired.REFUSED))
                .add("pages", new CompareRows(from, to, PAGES, null));
    }

    private ResetPlan copying(MaskingPolicy policy) {
        return empty().add("copy", new CopyDatabase(from, to, policy, "KEY")).build();
    }

    private ResetPlan.Builder empty() {
        return ResetPlan.builder(
                "reset",
                Environment.production("production").database(from.toString()).build(),
                Environment.staging("staging").database(to.toString()).build());
    }

    private static String unique() {
        return UUID.randomUUID().toString().substring(0, 8);
    }

    private static void site(PostgresDatabase database, String host, int pages, String... more) throws SQLException {
        TestDatabases.run(
                database,
                String.join(";", more),
                "CREATE TABLE wagtailcore_page (id int PRIMARY KEY, slug text)",
                "CREATE TABLE wagtailcore_site (id int PRIMARY KEY, hostname text, port int, site_name text,"
                        + " root_page_id int REFERENCES wagtailcore_page, is_default_site boolean)",
                "INSERT INTO wagtailcore_page SELECT i, 'page-' || i FROM generate_series(1, %d) i".formatted(pages),
                "INSERT INTO wagtailcore_site VALUES (1, '%s', 443, 'Acme', 1, true)".formatted(host),
                "ANALYZE");
    }
}
