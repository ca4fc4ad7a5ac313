package dev.restage.step;

import static dev.restage.trial.World.CACHE;
import static dev.restage.trial.World.PEOPLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.plan.Step;
import dev.restage.provider.Message;
import dev.restage.provider.PlanException;
import dev.restage.run.StepRecord.Outcome;
import dev.restage.trial.Changes.Accident;
import dev.restage.trial.Trial;
import dev.restage.trial.World;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SendMessageTest {

    private static final Map<String, Map<String, String>> FACTS =
            Map.of("copy", Map.of("rows", "12", "tables", "3"), "site", Map.of("name", "staging"));

    private final Step step = new SendMessage(
            PEOPLE,
            "{{site.name}} is fresh",
            "- {{copy.rows}} rows in {{copy.tables}} tables\n- {{media.objects}} files\nBye");
    private final World world = new World();

    @TempDir
    private Path home;

    @Test
    void changesNothingAndTellsPeople() {
        assertThat(Trial.access(step)).isEqualTo("reads [] writes [] tells [fake:people]");
    }

    @Test
    void showsTheTextAndSendsNothingYet() {
        try (Trial trial = Trial.of(world, home, step, FACTS)) {
            assertThat(trial.changes()).containsExactly("fake:people will get the message \"{{site.name}} is fresh\"");
            assertThat(trial.decision().notes())
                    .singleElement()
                    .asString()
                    .startsWith("it says, each line if what it states was recorded: - {{copy.rows}} rows")
                    .endsWith("Bye");
        }
        assertThat(world.people.read).isEmpty();
    }

    @Test
    void statesWhatWasRecordedAndLeavesOutTheRest() {
        try (Trial trial = Trial.of(world, home, step, FACTS)) {
            assertThat(trial.run().facts())
                    .isEqualTo(Map.of("message", "staging is fresh\n- 12 rows in 3 tables\nBye"));
        }
        assertThat(world.people.read).containsExactly(new Message("staging is fresh", "- 12 rows in 3 tables\nBye"));
    }

    @Test
    void aMessageThatIsNotDeliveredIsAWarning() {
        world.changes.goWrong(1, Accident.BEFORE);
        try (Trial trial = Trial.of(world, home, step, FACTS)) {
            assertThat(trial.run().facts()).isEmpty();
            assertThat(trial.warnings())
                    .containsExactly("the message \"staging is fresh\" was not delivered: the line broke at"
                            + " \"send staging is fresh\"");
        }
        assertThat(world.people.read).isEmpty();
    }

    @Test
    void isNotSentTwice() {
        try (Trial trial = Trial.of(world, home, step, FACTS)) {
            trial.runAndBreakOff().resume();

            assertThat(trial.outcome()).isEqualTo(Outcome.SKIPPED);
        }
        assertThat(world.people.read).hasSize(1);
    }

    @Test
    void whatWasSentIsNotTakenBack() {
        try (Trial trial = Trial.of(world, home, step, FACTS)) {
            trial.run().undo();
        }
        assertThat(world.changes.made()).containsExactly("send staging is fresh");
    }

    @Test
    void refusesInThePreviewToTellAThing() {
        try (Trial trial = Trial.of(world, home, new SendMessage(CACHE, "hello", ""))) {
            assertThatThrownBy(trial::decision)
                    .isInstanceOf(PlanException.class)
                    .hasMessageContaining("fake:cache");
        }
    }
}
