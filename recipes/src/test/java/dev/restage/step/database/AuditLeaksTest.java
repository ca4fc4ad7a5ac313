package dev.restage.step.database;

import static dev.restage.trial.World.SOURCE;
import static dev.restage.trial.World.TARGET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.masking.MaskingPolicy;
import dev.restage.masking.TableSelector;
import dev.restage.provider.PlanException;
import dev.restage.run.StepRecord.Outcome;
import dev.restage.trial.RealDatabase;
import dev.restage.trial.Trial;
import dev.restage.trial.World;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditLeaksTest {

    private static final CatalogTexts PERSONS = new CatalogTexts(
            TableSelector.named("person"), List.of("{name}", "{email}", "{phone}"), "accounts", "name the table");

    private final World world = new World();

    @AutoClose("giveBack")
    private final RealDatabase source = RealDatabase.holding(
            world,
            "CREATE TABLE person (name text, email text, phone text)",
            "INSERT INTO person VALUES ('Zoë Quickthorn', 'zoe@quickthorn.test', '+44 7700 900123'), ('Bo', NULL, '12')");

    @AutoClose("giveBack")
    private final RealDatabase target = RealDatabase.holding(
            world,
            "CREATE TABLE page (id int, title text, body text, data jsonb)",
            "INSERT INTO page VALUES (1, 'Welcome', 'to our site', '{}'), (2, NULL, 'short', NULL)");

    @TempDir
    private Path home;

    @BeforeEach
    void databases() {
        world.with(SOURCE, source).with(TARGET, target);
    }

    private Trial trial(String... allowed) {
        MaskingPolicy policy =
                MaskingPolicy.builder().keep("page", "title", "body").lenient().build();
        return trial(policy, allowed);
    }

    private Trial trial(MaskingPolicy policy, String... allowed) {
        return Trial.of(world, home, new AuditLeaks(SOURCE, TARGET, PERSONS, Set.of(allowed), policy));
    }

    @Test
    void onlyLooks() {
        assertThat(Trial.access(new AuditLeaks(SOURCE, TARGET, PERSONS, Set.of(), MaskingPolicy.none())))
                .isEqualTo("reads [fake:source, fake:target] writes [] tells []");
    }

    @Test
    void saysForHowManyPeopleItWillSearch() {
        try (Trial trial = trial()) {
            assertThat(trial.decision().changes()).isEmpty();
            assertThat(trial.decision().notes())
                    .containsExactly("fake:target will be searched for 3 addresses, names and numbers of fake:source");
        }
    }

    @Test
    void recordsWhatItHasSearched() {
        try (Trial trial = trial()) {
            assertThat(trial.run().facts())
                    .isEqualTo(Map.of("columns", "4", "values", "8", "persons", "3", "found", "0", "clean", "yes"));
            assertThat(trial.warnings()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "by Zoe Quickthorn",
                "ZOE@QUICKTHORN.TEST",
                "<a href=\"mailto:zoe%40quickthorn.test\">",
                "call 07700 900-123"
            })
    void failsWithThePlaceOfWhatItFindsAndNeverTheValue(String body) {
        target.run("UPDATE page SET body = '%s' WHERE id = 2".formatted(body));
        try (Trial trial = trial()) {
            assertThat(trial.fails())
                    .hasMessageContaining(
                            "personal data of fake:source can be read in fake:target: {page.body=1}. Add masking"
                                    + " rules for these columns, or allow them, and run the reset again; until then keep the site"
                                    + " closed")
                    .message()
                    .doesNotContainIgnoringCase("quickthorn")
                    .doesNotContain("900");
            assertThat(trial.facts()).isEmpty();
        }
    }

    @Test
    void looksIntoJsonAndIntoEverySchema() {
        target.run(
                "UPDATE page SET data = '{\"by\": {\"mail\": \"zoe@quickthorn.test\"}}' WHERE id = 1",
                "CREATE SCHEMA shop",
                "CREATE TABLE shop.sale (buyer text)",
                "INSERT INTO shop.sale VALUES ('Zoë Quickthorn'), ('Zoë Quickthorn')");
        try (Trial trial = trial()) {
            assertThat(trial.fails()).hasMessageContaining("{page.data=1, sale.buyer=2}");
        }
    }

    @Test
    void looksIntoDefinitionsToo() {
        target.definitions.put("COMMENT public.TABLE page", "ask Zoë Quickthorn");
        try (Trial trial = trial()) {
            assertThat(trial.fails()).hasMessageContaining("{COMMENT public.TABLE page=1}");
        }
    }

    @Test
    void passesOverWhatIsAllowedToNamePeople() {
        target.run("UPDATE page SET body = 'by Zoë Quickthorn'");
        target.definitions.put("COMMENT public.TABLE page", "ask Zoë Quickthorn");
        try (Trial trial = trial("page.body", "COMMENT public.TABLE page")) {
            assertThat(trial.run().facts()).containsEntry("found", "0").containsEntry("values", "9");
        }
    }

    @Test
    void warnsOfAnybodyInColumnsThatAreDeclaredAsSafe() {
        target.run("UPDATE page SET body = 'ask info@elsewhere.test' WHERE id = 1");
        try (Trial trial = trial()) {
            assertThat(trial.run().facts()).containsEntry("found", "0");
            assertThat(trial.warnings())
                    .containsExactly(
                            "columns of fake:target that the policy declares as safe hold values that look like e-mail"
                                    + " addresses or telephone numbers: {page.body=1}. Mask them if they are not public");
        }
        try (Trial trial = trial(MaskingPolicy.builder().lenient().build())) {
            assertThat(trial.run().warnings()).isEmpty();
        }
    }

    @Test
    void refusesASourceWithoutPeopleToSearchFor() {
        source.run("DROP TABLE person");
        try (Trial trial = trial()) {
            assertThatThrownBy(trial::decision)
                    .isInstanceOf(PlanException.class)
                    .hasMessageStartingWith("no table of accounts");
        }
    }

    @Test
    void isNotSearchedAgainWhenTheRunGoesOn() {
        try (Trial trial = trial()) {
            trial.runAndBreakOff().resume();

            assertThat(trial.outcome()).isEqualTo(Outcome.SKIPPED);
        }
    }

    @Test
    void isSearchedAgainAfterItHasFoundSomething() {
        target.run("UPDATE page SET body = 'by Zoë Quickthorn' WHERE id = 1");
        try (Trial trial = trial()) {
            trial.fails();
            target.run("UPDATE page SET body = ''");

            assertThat(trial.resume().facts()).containsEntry("found", "0");
        }
    }
}
