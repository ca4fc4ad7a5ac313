package dev.restage.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.restage.provider.PlanException;
import dev.restage.provider.ProviderException;
import dev.restage.provider.RestageException;
import dev.restage.provider.RestageException.Effect;
import dev.restage.run.Entry;
import dev.restage.run.Entry.Kind;
import dev.restage.run.Receipt;
import dev.restage.run.Receipt.Condition;
import dev.restage.store.RunStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is on disk of a run, whatever happens to the process or to the file. */
class JournalTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-24T03:00:00.123456Z"), ZoneOffset.UTC);
    private static final String RUN = "20261124-030000-k7q2";

    @TempDir
    private Path folder;

    private final List<Entry> heard = new ArrayList<>();

    @Test
    void writesOneLineAnEntryWithTheTimeInMilliseconds() throws IOException {
        try (Journal journal = open()) {
            journal.write(Kind.RUN_STARTED, "", "", "{}");
            journal.write(Kind.FACT, "copy", "rows", "two\nlines \u2028 and \"quotes\"");
        }

        List<String> lines = Files.readAllLines(file());
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).startsWith("{").contains("2026-11-24T03:00:00.123Z");
        Receipt receipt = Journal.receipt(store(), RUN);
        assertThat(receipt.entries()).extracting(Entry::number).containsExactly(1L, 2L);
        assertThat(receipt.entries().get(1).value()).isEqualTo("two\nlines \u2028 and \"quotes\"");
        assertThat(receipt.condition()).isEqualTo(Condition.UNFINISHED);
    }

    @Test
    void hasAnEntryOnDiskBeforeAnybodyHearsOfIt() {
        List<Integer> linesWhenHeard = new ArrayList<>();
        try (Journal journal = Journal.create(store(), RUN, CLOCK, entry -> linesWhenHeard.add(lines().size()))) {
            journal.write(Kind.RUN_STARTED, "", "", "{}");
            journal.write(Kind.STEP_STARTED, "copy", "", "");
        }

        assertThat(linesWhenHeard).containsExactly(1, 2);
    }

    @Test
    void goesOnWithTheChainOfAnEarlierProcess() {
        writeThree();

        try (Journal journal = open()) {
            Entry next = journal.write(Kind.STEP_DONE, "copy", "", "");

            assertThat(next.number()).isEqualTo(4);
        }
        assertThat(Journal.receipt(store(), RUN).condition()).isEqualTo(Condition.UNFINISHED);
    }

    @Test
    void theLastFactOfANameCountsAndTheFirstThatIsKept() {
        try (Journal journal = open()) {
            for (Kind kind : new Kind[] {Kind.FACT, Kind.KEPT}) {
                journal.write(kind, "copy", "before", "old");
                journal.write(kind, "copy", "before", "new");
            }
            journal.write(Kind.WARNING, "copy", "after", "no fact");

            Receipt receipt = journal.receipt();
            assertThat(receipt.facts().find("copy", "before")).contains("new");
            assertThat(receipt.kept("copy", "before")).contains("old");
            assertThat(receipt.facts().find("other", "before")).isEmpty();
            assertThat(receipt.kept("copy", "after")).isEmpty();
        }
    }

    @Test
    void aTextThatNoFileCanHoldLeavesTheChainWhole() {
        try (Journal journal = open()) {
            journal.write(Kind.RUN_STARTED, "", "", "half a character \ud83d and \0 nothing");
        }

        assertThat(Journal.receipt(store(), RUN).condition()).isEqualTo(Condition.UNFINISHED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"number\":4", "{\"number\":4}", "garbage"})
    void forgetsALineThatIsNotWhole(String half) throws IOException {
        writeThree();
        Files.writeString(file(), half, StandardOpenOption.APPEND);

        assertThat(Journal.receipt(store(), RUN).entries()).hasSize(3);
        try (Journal journal = open()) {
            journal.write(Kind.STEP_FAILED, "copy", "", "died");
        }

        assertThat(lines()).hasSize(4);
        assertThat(Journal.receipt(store(), RUN).condition()).isEqualTo(Condition.UNFINISHED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "half a first line"})
    void aRunThatDiedBeforeItsFirstLineCannotBeReliedOn(String content) throws IOException {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), content);

        assertThatThrownBy(() -> Journal.receipt(store(), RUN))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining(RUN + " in " + folder)
                .hasMessageContaining("run the plan anew");
    }

    private static Stream<Arguments> tampering() {
        UnaryOperator<List<String>> oneIsGone = lines -> List.of(lines.get(0), lines.get(2));
        UnaryOperator<List<String>> firstIsGone = lines -> lines.subList(1, 3);
        UnaryOperator<List<String>> oneIsTwice =
                lines -> List.of(lines.get(0), lines.get(1), lines.get(1), lines.get(2));
        UnaryOperator<List<String>> twoAreSwapped = lines -> List.of(lines.get(0), lines.get(2), lines.get(1));
        UnaryOperator<List<String>> anotherValue = lines -> replaced(lines, "\"7\"", "\"8\"");
        UnaryOperator<List<String>> anotherStep = lines -> replaced(lines, "\"copy\"", "\"migrate\"");
        UnaryOperator<List<String>> anotherKind = lines -> replaced(lines, "FACT", "WARNING");
        UnaryOperator<List<String>> anotherTime = lines -> replaced(lines, "03:00:00.123Z", "03:00:00.124Z");
        return Stream.of(
                Arguments.of("a line is gone", oneIsGone),
                Arguments.of("the first line is gone", firstIsGone),
                Arguments.of("a line is there twice", oneIsTwice),
                Arguments.of("two lines are swapped", twoAreSwapped),
                Arguments.of("a value is another", anotherValue),
                Arguments.of("a step is another", anotherStep),
                Arguments.of("a kind is another", anotherKind),
                Arguments.of("a time is another", anotherTime));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tampering")
    void refusesAJournalThatSomebodyChanged(String how, UnaryOperator<List<String>> change) throws IOException {
        writeThree();
        List<String> changed = change.apply(lines());
        assertThat(changed).as(how).isNotEqualTo(lines());
        Files.write(file(), changed);

        assertThatThrownBy(() -> Journal.receipt(store(), RUN))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("changed or damaged: line ")
                .hasMessageContaining("put it back from a backup");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "not JSON",
                "{\"number\":4,\"at\":\"2026-11-24T03:00:00Z\",\"kind\":\"NO_SUCH_KIND\",\"step\":\"\",\"name\":\"\",\"value\":\"\",\"hash\":\"\"}",
                "{\"number\":4,\"at\":\"yesterday\",\"kind\":\"FACT\",\"step\":\"\",\"name\":\"\",\"value\":\"\",\"hash\":\"\"}",
                "{\"number\":4,\"at\":\"2026-11-24T03:00:00Z\",\"kind\":\"FACT\",\"step\":null,\"name\":\"\",\"value\":\"\",\"hash\":\"\"}"
            })
    void namesTheLineThatIsNoEntry(String line) throws IOException {
        writeThree();
        Files.writeString(file(), line + "\n", StandardOpenOption.APPEND);

        assertThatThrownBy(() -> Journal.receipt(store(), RUN))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("changed or damaged: line 4 ");
        assertThatThrownBy(this::open).isInstanceOf(PlanException.class);
    }

    @Test
    void saysWhereItLooksForARunThatIsUnknown() {
        assertThatThrownBy(() -> Journal.receipt(store(), "none"))
                .isInstanceOf(PlanException.class)
                .hasMessage("there is no run none in %s: look at the ids there, which runs() lists", folder);
    }

    @Test
    void refusesToBeginWhereItCannotWrite() throws IOException {
        Files.createDirectories(file());

        assertThatThrownBy(this::open)
                .hasMessageContaining("cannot be written, so nothing was changed")
                .asInstanceOf(type(ProviderException.class))
                .returns(Effect.NONE, RestageException::effect)
                .returns(ProviderException.Kind.FAILED, ProviderException::kind);
        assertThatThrownBy(() -> Journal.receipt(store(), RUN))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("make it readable");
    }

    @Test
    void saysThatWhatWasChangedIsUnknownWhenALineCannotBeWritten() {
        Journal journal = open();
        journal.write(Kind.RUN_STARTED, "", "", "{}");
        journal.close();

        assertThatThrownBy(() -> journal.write(Kind.STEP_STARTED, "copy", "", ""))
                .hasMessageContaining("the journal of run " + RUN + " cannot be written")
                .asInstanceOf(type(ProviderException.class))
                .returns(Effect.UNKNOWN, RestageException::effect);
        assertThat(journal.receipt().entries()).as("only what is on disk").hasSize(1);
        assertThat(heard).hasSize(1);
    }

    @Test
    void keepsTheEntriesOfManyThreadsInOneChain() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        try (Journal journal = open()) {
            for (int i = 0; i < 8; i++) {
                String step = "step " + i;
                threads.add(new Thread(() -> {
                    for (int n = 0; n < 5; n++) {
                        journal.write(Kind.FACT, step, "n" + n, "");
                    }
                }));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join(30_000);
            }
        }

        Receipt receipt = Journal.receipt(store(), RUN);
        assertThat(receipt.entries()).hasSize(40).isEqualTo(heard);
    }

    @Test
    void runsHaveFoldersOfTheirOwn() {
        writeThree();
        try (Journal other = Journal.create(store(), "another", CLOCK, entry -> {})) {
            other.write(Kind.RUN_STARTED, "", "", "{}");
        }

        assertThat(Journal.receipt(store(), RUN).entries()).hasSize(3);
        assertThat(Journal.receipt(store(), "another").entries()).hasSize(1);
    }

    private void writeThree() {
        try (Journal journal = open()) {
            journal.write(Kind.RUN_STARTED, "", "", "{}");
            journal.write(Kind.STEP_STARTED, "copy", "", "");
            journal.write(Kind.FACT, "copy", "rows", "7");
        }
    }

    private Journal open() {
        Consumer<Entry> hearing = Collections.synchronizedList(heard)::add;
        return Files.exists(file())
                ? Journal.open(store(), RUN, CLOCK, hearing)
                : Journal.create(store(), RUN, CLOCK, hearing);
    }

    private RunStore store() {
        return RunStore.folder(folder);
    }

    private Path file() {
        return folder.resolve(RUN).resolve("journal.jsonl");
    }

    private List<String> lines() {
        try {
            return Files.readAllLines(file());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<String> replaced(List<String> lines, String from, String to) {
        return lines.stream().map(line -> line.replace(from, to)).toList();
    }
}
