package dev.restage.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.provider.PlanException;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderRunStoreTest {

    @TempDir
    private Path folder;

    @Test
    void aNewJournalIsNobodyElses() throws IOException {
        RunStore store = RunStore.folder(folder.resolve("not/yet/there"));
        try (RunLog log = store.create("one")) {
            log.append(0, "a\n".getBytes(UTF_8));
            log.sync();
        }

        assertThatThrownBy(() -> store.create("one"))
                .isInstanceOfSatisfying(
                        ProviderException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONFLICT))
                .hasMessageContaining("there is a run one in ");
        assertThat(store.read("one").orElseThrow()).asString(UTF_8).isEqualTo("a\n");
        assertThat(store.list()).containsExactly("one");
        assertThat(store.isTaken("one")).isFalse();
    }

    @Test
    void oneWriterAtATimeHasAJournalAlsoThroughAnotherStoreOfTheFolder() throws IOException {
        RunStore store = RunStore.folder(folder);
        RunStore other = RunStore.folder(folder.resolve("."));
        RunLog log = store.create("one");

        assertThat(other.isTaken("one")).isTrue();
        assertThatThrownBy(() -> other.open("one"))
                .isInstanceOfSatisfying(
                        ProviderException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONFLICT))
                .hasMessageContaining("is going on in another process or thread");
        log.append(0, "a\n".getBytes(UTF_8));
        log.close();

        try (RunLog next = other.open("one")) {
            next.append(2, "b\n".getBytes(UTF_8));
        }
        assertThat(store.read("one").orElseThrow()).asString(UTF_8).isEqualTo("a\nb\n");
    }

    @Test
    void cutsWhatWasNeverWhole() throws IOException {
        RunStore store = RunStore.folder(folder);
        store.create("one").close();
        Files.writeString(folder.resolve("one").resolve("journal.jsonl"), "a\nhalf of a lon");

        try (RunLog log = store.open("one")) {
            log.append(2, "b\n".getBytes(UTF_8));
            assertThatThrownBy(() -> log.append(100, "c\n".getBytes(UTF_8)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("somebody has cut it");
        }

        assertThat(store.read("one").orElseThrow()).asString(UTF_8).isEqualTo("a\nb\n");
    }

    @Test
    void tellsOfARunThatIsMissing() throws IOException {
        RunStore store = RunStore.folder(folder.resolve("missing"));

        assertThat(store.list()).isEmpty();
        assertThat(store.read("one")).isEmpty();
        assertThat(store.isTaken("one")).isFalse();
        assertThatThrownBy(() -> store.open("one"))
                .isInstanceOfSatisfying(
                        ProviderException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "", ".", "..", "a/b", "a\\b", "a.b", "a\nb", "-a"})
    void whatIsNoIdIsRefusedByName(String id) {
        RunStore store = RunStore.folder(folder);

        assertThatThrownBy(() -> store.create(id)).isInstanceOf(PlanException.class);
        assertThatThrownBy(() -> store.open(id)).isInstanceOf(PlanException.class);
        assertThatThrownBy(() -> store.read(id))
                .isInstanceOf(PlanException.class)
                .hasMessageStartingWith("\"" + id.replace("\n", "?") + "\" is no id of a run");
        assertThat(folder).isEmptyDirectory();
    }
}
