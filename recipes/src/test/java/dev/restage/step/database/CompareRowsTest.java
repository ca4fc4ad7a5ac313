package dev.restage.step.database;

import static dev.restage.trial.World.SOURCE;
import static dev.restage.trial.World.TARGET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.masking.MaskingPolicy;
import dev.restage.masking.TableSelector;
import dev.restage.masking.value.Mask;
import dev.restage.masking.value.MaskKey;
import dev.restage.masking.value.MaskTarget;
import dev.restage.provider.PlanException;
import dev.restage.provider.database.Incomplete;
import dev.restage.provider.database.SnapshotId;
import dev.restage.run.StepRecord.Outcome;
import dev.restage.trial.RealDatabase;
import dev.restage.trial.Trial;
import dev.restage.trial.World;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareRowsTest {

    private static final CatalogTexts USERS = new CatalogTexts(
            TableSelector.having("username"), List.of("{username}"), "users", "name the table with userTable(\"…\")");
    private static final String TABLE = "CREATE TABLE auth_user (username varchar(150), is_active bool DEFAULT true)";

    private final World world = new World();

    @AutoClose("giveBack")
    private final RealDatabase source =
            RealDatabase.holding(world, TABLE, "INSERT INTO auth_user VALUES ('ada'), ('bob')");

    @AutoClose("giveBack")
    private final RealDatabase target = RealDatabase.holding(world, TABLE);

    @TempDir
    private Path home;

    @BeforeEach
    void databases() {
        world.with(SOURCE, source).with(TARGET, target);
    }

    private Trial trial(@Nullable MaskedBy masked) {
        return Trial.of(world, home, new CompareRows(SOURCE, TARGET, USERS, masked));
    }

    private void targetHas(String... names) {
        for (String name : names) {
            target.run("INSERT INTO auth_user VALUES ('%s')".formatted(name));
        }
    }

    @Test
    void onlyLooks() {
        assertThat(Trial.access(new CompareRows(SOURCE, TARGET, USERS, null)))
                .isEqualTo("reads [fake:source, fake:target] writes [] tells []");
    }

    @Test
    void saysNothingIfTheTargetHasNothingOfItsOwn() {
        targetHas("ada");
        try (Trial trial = trial(null)) {
            assertThat(trial.decision().notes()).isEmpty();
            assertThat(trial.run().facts()).isEqualTo(Map.of("count", "0", "names", "", "target.users", "0\n"));
        }
    }

    @Test
    void namesWhatOnlyTheTargetHas() {
        targetHas("zoe", "ada", "carl");
        try (Trial trial = trial(null)) {
            assertThat(trial.decision().changes()).isEmpty();
            assertThat(trial.decision().notes())
                    .containsExactly("2 users exist only on the target and will be gone: carl, zoe");
            assertThat(trial.run().facts())
                    .isEqualTo(Map.of("count", "2", "names", "carl, zoe", "target.users", "2\ncarl, zoe"));
        }
    }

    @Test
    void namesFiftyAndCountsAll() {
        target.run("INSERT INTO auth_user SELECT 'u' || lpad(n::text, 3, '0') FROM generate_series(1, 53) n");
        try (Trial trial = trial(null)) {
            assertThat(trial.run().facts())
                    .containsEntry("count", "53")
                    .hasEntrySatisfying(
                            "names",
                            names -> assertThat(names).startsWith("u001, u002").endsWith("u050, and 3 more"));
        }
    }

    @Test
    void knowsAgainWhatTheLastCopyHasMasked() {
        MaskingPolicy policy = MaskingPolicy.builder()
                .mask("auth_user", "username", Mask.username("example.com"))
                .lenient()
                .build();
        String masked = String.valueOf(Mask.username("example.com")
                .apply("ada", MaskTarget.of("character varying(150)", Set.of()), MaskKey.of("k")));
        targetHas(masked, "tester");
        try (Trial trial = trial(new MaskedBy(policy, "KEY"))) {
            assertThat(trial.decision().notes())
                    .containsExactly("1 users exist only on the target and will be gone: tester");
        }
        try (Trial trial = trial(null)) {
            assertThat(trial.decision().notes()).singleElement().asString().startsWith("2 users");
        }
    }

    @Test
    void aTextOfSeveralColumnsIsComparedAsItIs() {
        CatalogTexts names =
                new CatalogTexts(TableSelector.having("username"), List.of("{username} || {nick}"), "names", "look");
        MaskingPolicy policy = MaskingPolicy.builder()
                .mask("auth_user", "username", Mask.hash())
                .mask("auth_user", "nick", Mask.hash())
                .lenient()
                .build();
        String hashed = String.valueOf(
                Mask.hash().apply("adaa", MaskTarget.of("character varying(150)", Set.of()), MaskKey.of("k")));
        source.run("ALTER TABLE auth_user ADD COLUMN nick varchar(150) DEFAULT 'a'");
        target.run("ALTER TABLE auth_user ADD COLUMN nick varchar(150) DEFAULT ''");
        targetHas("adaa", hashed);
        try (Trial trial = Trial.of(world, home, new CompareRows(SOURCE, TARGET, names, new MaskedBy(policy, "KEY")))) {
            assertThat(trial.run().facts()).containsEntry("count", "1").containsEntry("names", hashed);
        }
    }

    @Test
    void asksForTheMaskingKeyByItsName() {
        targetHas("tester");
        try (Trial trial = trial(new MaskedBy(MaskingPolicy.none(), "NO_SUCH_KEY"))) {
            assertThatThrownBy(trial::decision)
                    .hasMessageContaining("NO_SUCH_KEY")
                    .hasMessageContaining("to know masked values again");
        }
    }

    @Test
    void aTargetThatWasNeverFilledHasNothingOfItsOwn() {
        target.run("DROP TABLE auth_user");
        try (Trial trial = trial(null)) {
            assertThat(trial.run().facts()).containsEntry("count", "0");
        }
    }

    @Test
    void refusesASourceInWhichNothingCanBeCompared() {
        source.run("DROP TABLE auth_user");
        try (Trial trial = trial(null)) {
            assertThatThrownBy(trial::decision)
                    .isInstanceOf(PlanException.class)
                    .hasMessage(
                            "no table of users, or none with a column to know them by, is found in fake:source: name the"
                                    + " table with userTable(\"…\")");
        }
    }

    @Test
    void ofAHalfFilledTargetItTellsWhatIsRememberedOfTheStateBefore() {
        targetHas("half", "filled");
        target.incomplete =
                new Incomplete(Trial.NOW, "a copy", new SnapshotId("b1"), Map.of("target.users", "2\ncarl, zoe"));
        try (Trial trial = trial(null)) {
            assertThat(trial.decision().notes())
                    .containsExactly(
                            "2 users exist only on the target, as it was before it became incomplete, and will be"
                                    + " gone: carl, zoe");
            assertThat(trial.run().facts())
                    .isEqualTo(Map.of("count", "2", "names", "carl, zoe", "target.users", "2\ncarl, zoe"));
        }
    }

    @Test
    void saysThatNothingIsKnownOfTheStateBefore() {
        target.incomplete = new Incomplete(Trial.NOW, "a copy", new SnapshotId("b1"), Map.of());
        try (Trial trial = trial(null)) {
            assertThat(trial.decision().notes())
                    .containsExactly("users that only the target has are not known: fake:target is incomplete since"
                            + " 2026-11-30T10:00:00Z, not yet a copy; its state before is the snapshot b1");
            assertThat(trial.run().facts()).containsOnlyKeys("unknown");
        }
    }

    @Test
    void isNotAskedAgainWhenTheTargetIsReplacedAlready() {
        targetHas("zoe");
        try (Trial trial = trial(null)) {
            trial.runAndBreakOff();
            target.run("DELETE FROM auth_user");

            assertThat(trial.resume().outcome()).isEqualTo(Outcome.SKIPPED);
            assertThat(trial.facts()).containsEntry("names", "zoe");
        }
    }
}
