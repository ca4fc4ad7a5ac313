package dev.restage.step.database;

import static dev.restage.trial.World.SOURCE;
import static dev.restage.trial.World.TARGET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.restage.masking.MaskingPolicy;
import dev.restage.masking.value.Mask;
import dev.restage.masking.value.PersonMask;
import dev.restage.plan.Environment;
import dev.restage.plan.ResetPlan;
import dev.restage.provider.Address;
import dev.restage.provider.Identity;
import dev.restage.provider.PlanException;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.RestageException.Effect;
import dev.restage.provider.Secret;
import dev.restage.provider.database.CopyCheck;
import dev.restage.provider.database.CopyOptions;
import dev.restage.provider.database.CopyOptions.Orphans;
import dev.restage.provider.database.CopyResult;
import dev.restage.provider.database.Dataset;
import dev.restage.provider.database.SnapshotId;
import dev.restage.run.StepRecord.Outcome;
import dev.restage.trial.Changes.Accident;
import dev.restage.trial.Tables;
import dev.restage.trial.Trial;
import dev.restage.trial.World;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CopyDatabaseTest {

    private static final MaskingPolicy POLICY = MaskingPolicy.builder()
            .mask("*", "email", Mask.email("example.com"))
            .build();

    private final CopyDatabase step = new CopyDatabase(SOURCE, TARGET, POLICY, "KEY");
    private final CopyDatabase afterBackup = new CopyDatabase(SOURCE, TARGET, POLICY, "KEY", "backup");
    private final World world = new World();

    @TempDir
    private Path home;

    private static CopyResult copied(@Nullable String before, String... leftOut) {
        return new CopyResult(
                Map.of("public.page", 40L, "public.user", 7L),
                4000,
                12,
                new CopyResult.Proof(2, 3, 120, 11),
                List.of(leftOut),
                before == null ? null : new SnapshotId(before));
    }

    private CopyOptions asked() {
        return world.target.copies.get(world.target.copies.size() - 1);
    }

    @Test
    void readsTheSourceAndChangesTheTarget() {
        assertThat(Trial.access(step)).isEqualTo("reads [fake:source] writes [fake:target] tells []");
    }

    @Test
    void saysHowMuchWillBeCopied() {
        world.source.holds(90);
        world.target.check = new CopyCheck(List.of(), List.of("EXTENSION pg_cron stays behind", "one more"));
        try (Trial trial = Trial.of(world, home, step)) {
            assertThat(trial.changes())
                    .containsExactly("fake:target will be replaced by a masked copy of fake:source: 1 tables, about 90"
                            + " rows, 2.5 MB");
            assertThat(trial.decision().notes()).containsExactly("EXTENSION pg_cron stays behind", "one more");
        }
        assertThat(world.target.content).isEqualTo("target");
    }

    @Test
    void refusesInThePreviewWhatCannotBeCopied() {
        world.target.check = new CopyCheck(List.of("the column user.phone has no rule", "too little space"), List.of());
        try (Trial trial = Trial.of(world, home, step)) {
            assertThatThrownBy(trial::decision)
                    .isInstanceOfSatisfying(ProviderException.class, e -> {
                        assertThat(e.kind()).isEqualTo(Kind.UNSUPPORTED);
                        assertThat(e.effect()).isEqualTo(Effect.NONE);
                    })
                    .hasMessage(
                            "fake:source cannot be copied to fake:target: the column user.phone has no rule; too little"
                                    + " space");
        }
        assertThat(world.changes.made()).isEmpty();
    }

    @Test
    void namesTheFirstOfManyProblemsAndCountsTheRest() {
        world.target.check = new CopyCheck(
                IntStream.rangeClosed(1, 27).mapToObj("problem %d"::formatted).toList(), List.of());
        try (Trial trial = Trial.of(world, home, step)) {
            assertThatThrownBy(trial::decision)
                    .hasMessageEndingWith("; problem 25; and 2 more")
                    .message()
                    .doesNotContain("problem 26");
        }
    }

    @Test
    void asksForTheMaskingKeyByItsName() {
        try (Trial trial = Trial.of(world, home, new CopyDatabase(SOURCE, TARGET, POLICY, "NO_SUCH_KEY"))) {
            assertThatThrownBy(trial::decision)
                    .isInstanceOfSatisfying(
                            ProviderException.class, e -> assertThat(e.kind()).isEqualTo(Kind.DENIED))
                    .hasMessageContaining("NO_SUCH_KEY")
                    .hasMessageContaining("to mask fake:source on its way to fake:target");
        }
    }

    @Test
    void recordsWhatWasCopiedMaskedAndProved() {
        world.target.result = copied(null);
        try (Trial trial = Trial.of(world, home, step)) {
            assertThat(trial.run().facts())
                    .containsEntry("replaced", "yes")
                    .containsAllEntriesOf(new TreeMap<>(Map.of(
                            "tables", "2",
                            "rows", "47",
                            "rows.after", "47",
                            "bytes", "4000",
                            "masked", "12",
                            "proof.tables", "2",
                            "proof.columns", "3",
                            "proof.values", "120",
                            "proof.fingerprints", "11",
                            "biggest", "public.page 40\npublic.user 7")));
            assertThat(trial.warnings()).isEmpty();
        }
        assertThat(world.target.content).isEqualTo("masked source");
    }

    @Test
    void saysThatPeopleWereReplacedOnlyWhereMaskedValuesWereLookedForAfterwards() {
        for (CopyResult unproved : List.of(
                new CopyResult(Map.of(), 0, 0, new CopyResult.Proof(2, 3, 120, 0), List.of(), null),
                new CopyResult(Map.of(), 0, 12, CopyResult.Proof.NONE, List.of(), null))) {
            world.target.result = unproved;
            try (Trial trial = Trial.of(world, home, step)) {
                assertThat(trial.run().facts()).doesNotContainKey("replaced");
            }
        }
    }

    @Test
    void saysInHowManyColumnsPasswordsWereReplacedForEverybody() {
        world.source.shape = Tables.database(
                Tables.table("auth_user", "id int4", "password"),
                Tables.table("member", "id int4", "password"),
                Tables.table("guest", "id int4", "password"));
        MaskingPolicy all = MaskingPolicy.builder()
                .mask("auth_user", "password", Mask.password())
                .mask("member", "password", new PersonMask.KnownPassword("pbkdf2$1$s$h"))
                .keep("guest", "password")
                .build();
        world.target.result = copied(null);
        try (Trial trial = Trial.of(world, home, new CopyDatabase(SOURCE, TARGET, all, "KEY"))) {
            assertThat(trial.run().facts()).containsEntry("passwords", "2");
        }
    }

    @Test
    void copiesNoOtherBackupThanTheOneThatWasApproved() {
        Address address = Address.of("fake:backup");
        AtomicReference<String> newest = new AtomicReference<>("b001");
        Dataset backup = mock();
        when(backup.identity()).thenAnswer(call -> Identity.of("fake backup", String.valueOf(newest.get())));
        when(backup.describe()).thenReturn(world.source.info);
        when(backup.shape()).thenReturn(world.source.shape);
        world.with(address, backup);
        CopyDatabase ofBackup = new CopyDatabase(address, TARGET, POLICY, "KEY");
        try (Trial trial = Trial.of(world, home, ofBackup)) {
            assertThat(trial.decision().pins()).containsEntry("what is read", "fake backup b001");
            world.changes.goWrong(1, Accident.BEFORE);
            trial.fails();
            newest.set("b002");

            assertThat(trial.failsToResume())
                    .hasMessageContaining(
                            "fake:backup is another one now (fake backup b002) than was approved (fake backup b001)")
                    .hasMessageContaining(
                            "undo the run, and preview again or name the one that you want in the address");
        }
        assertThat(world.target.content).isEqualTo("target");
    }

    @Test
    void ofADatabaseThatLivesOnNothingIsPinned() {
        try (Trial trial = Trial.of(world, home, step)) {
            assertThat(trial.decision().pins()).isEmpty();
        }
    }

    @Test
    void recordsOnlyTheBiggestTables() {
        Map<String, Long> rows = new TreeMap<>();
        IntStream.rangeClosed(1, 12).forEach(table -> rows.put("t" + table, (long) table));
        world.target.result = new CopyResult(rows, 1, 1, CopyResult.Proof.NONE, List.of(), null);
        try (Trial trial = Trial.of(world, home, new CopyDatabase(SOURCE, TARGET, POLICY, "KEY"))) {
            assertThat(trial.run().facts())
                    .hasEntrySatisfying(
                            "biggest",
                            biggest -> assertThat(biggest.lines())
                                    .hasSize(10)
                                    .startsWith("t12 12")
                                    .endsWith("t3 3"));
        }
    }

    @Test
    void warnsOfWhatStayedBehindUnasked() {
        world.target.result = copied(null, "the comment on page stayed behind");
        try (Trial trial = Trial.of(world, home, step)) {
            assertThat(trial.run().warnings()).containsExactly("the comment on page stayed behind");
        }
    }

    @Test
    void masksByThePolicyAndItsKeyAndLeavesBehindWhatIsNamed() {
        try (Trial trial = Trial.of(
                world,
                home,
                step.without("EXTENSION pg_cron").without("VIEW a", "VIEW b").orphans(Orphans.KEEP))) {
            trial.run();
        }
        assertThat(asked().policy()).isEqualTo(POLICY);
        assertThat(asked().key()).isEqualTo(Secret.of("k"));
        assertThat(asked().without()).containsExactly("EXTENSION pg_cron", "VIEW a", "VIEW b");
        assertThat(asked().orphans()).isEqualTo(Orphans.KEEP);
        assertThat(asked().before()).isNull();
    }

    @Test
    void refusesOrphansUnlessToldOtherwise() {
        assertThat(step.orphans()).isEqualTo(Orphans.REFUSE);
        assertThat(step.without()).isEmpty();
    }

    @Test
    void aPlanThatDoesNotSayWhatBecomesOfOrphansIsRefused() {
        String plan = ResetPlan.builder(
                        "incomplete",
                        Environment.production("production").also("fake:source").build(),
                        Environment.staging("staging").also("fake:target").build())
                .add("copy", step)
                .build()
                .toJson();
        String incomplete = plan.replaceAll(",\\s*\"orphans\"\\s*:\\s*\"REFUSE\"", "");

        assertThat(incomplete).isNotEqualTo(plan);
        assertThatThrownBy(() -> ResetPlan.fromJson(incomplete))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("the step copy: 'orphans' is missing");
    }

    @Test
    void reliesOnTheBackupThatWasTakenBefore() {
        world.target.result = copied("b001");
        world.target.snapshots.put("b001", "target");
        try (Trial trial = Trial.of(world, home, afterBackup, Map.of("backup", Map.of("snapshot", "b001")))) {
            assertThat(trial.run().kept("before")).isEmpty();
            assertThat(asked().before()).isEqualTo(new SnapshotId("b001"));
            trial.undo();
        }
        assertThat(world.target.content).as("the backup's own step restores it").isEqualTo("masked source");
    }

    @Test
    void takesNoBackupForGrantedThatWasNotTaken() {
        try (Trial trial = Trial.of(world, home, afterBackup)) {
            trial.run();
        }
        assertThat(asked().before()).isNull();
    }

    @Test
    void undoRestoresWhatTheDatabaseKeptOfTheStateBefore() {
        world.target.result = copied("kept");
        world.target.snapshots.put("kept", "as it was");
        try (Trial trial = Trial.of(world, home, step)) {
            assertThat(trial.run().kept("before")).contains("kept");
            trial.undo();
        }
        assertThat(world.target.content).isEqualTo("as it was");
    }

    @Test
    void undoFailsWhenWhatWasKeptIsGone() {
        world.target.result = copied("kept");
        try (Trial trial = Trial.of(world, home, step)) {
            trial.run();

            assertThat(trial.failsToUndo()).hasMessageContaining("there is no snapshot kept");
        }
    }

    @Test
    void tellsTheTargetWhatIsKnownOfItForARunThatFindsItHalfFilled() {
        Map<String, Map<String, String>> facts = Map.of(
                "compare-databases", Map.of("target.rows", "70", "source", "PostgreSQL"),
                "map-sites",
                        Map.of("target.sites", "staging.acme.example\t443\ttrue\t\thome", "mapping", "site a -> b"));
        try (Trial trial = Trial.of(world, home, step, facts)) {
            trial.run();
        }
        assertThat(asked().remembered())
                .isEqualTo(Map.of("target.rows", "70", "target.sites", "staging.acme.example\t443\ttrue\t\thome"));
    }

    @Test
    void isNotCopiedAgainWhileTheTargetHasAllTables() {
        try (Trial trial = Trial.of(world, home, step)) {
            trial.runAndBreakOff().resume();

            assertThat(trial.outcome()).isEqualTo(Outcome.SKIPPED);
        }
        assertThat(world.changes.made()).containsExactly("copy to target");
    }

    @Test
    void isCopiedAgainWhenTablesAreGone() {
        try (Trial trial = Trial.of(world, home, step)) {
            trial.runAndBreakOff();
            world.target.holds(Map.of());

            assertThat(trial.resume().outcome()).isEqualTo(Outcome.DONE);
        }
        assertThat(world.changes.made()).containsExactly("copy to target", "copy to target");
    }

    @Test
    void survivesAccidents() {
        int changes = Trial.survivesAccidents(
                home,
                World::new,
                step,
                Map.of(),
                after -> assertThat(after.target.content).isEqualTo("masked source"));

        assertThat(changes).isEqualTo(1);
    }
}
