package dev.restage.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.media.MediaDifference.Part;
import dev.restage.media.MediaSyncOptions.Surplus;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.RestageException.Effect;
import dev.restage.provider.media.Filtered.Outcome;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Syncs through a filter that takes a person's name out of texts. */
class FilterTest {

    private static final MediaSyncOptions OPTIONS =
            MediaSyncOptions.builder().surplus(Surplus.DELETE).maxDeleteShare(1).build();

    private final FakeStore source = new FakeStore("source");
    private final FakeStore target = new FakeStore("target");
    private final NameFilter filter = new NameFilter();
    private final List<FilterReport> failed = new CopyOnWriteArrayList<>();

    @TempDir
    private Path folder;

    @Test
    void onlyWhatTheFilterChangesIsAnotherThanAtTheSource() {
        source.with("a.txt", "by Ines").with("b.txt", "by nobody").with("film.mp4", "Ines");

        MediaSyncResult result = run();

        assertThat(target.contents())
                .containsOnly(
                        Map.entry("a.txt", "by someone"),
                        Map.entry("b.txt", "by nobody"),
                        Map.entry("film.mp4", "Ines"));
        assertThat(result.copiedObjects()).isEqualTo(3);
        assertThat(result.difference().lookedInto().objects()).isEqualTo(2);
        assertThat(result.filtered().outcomes())
                .containsOnly(Map.entry(Outcome.CLEANED, 1L), Map.entry(Outcome.CLEAN, 1L));
        assertThat(result.filtered().uncleaned())
                .containsOnly(Map.entry("mp4", new Part(1, 4, List.of("film.mp4 was not looked into"))));
    }

    @Test
    void aSecondSyncCopiesNothing() {
        source.with("a.txt", "by Ines").with("b.txt", "by nobody").with("film.mp4", "Ines");
        run();

        assertThat(with(MediaSync::compare).isEmpty()).isTrue();
        assertThat(run().copiedObjects()).isZero();
        assertThat(filter.seen).containsExactlyInAnyOrder("a.txt", "b.txt");
    }

    @Test
    void whatWasCopiedBeforeThereWasAFilterIsCopiedAgain() {
        source.with("a.txt", "by Ines").with("b.txt", "by nobody");
        MediaSync.between(source, target, OPTIONS).run(Progress.NONE);
        assertThat(MediaSync.between(source, target, OPTIONS).compare().isEmpty())
                .isTrue();

        assertThat(with(MediaSync::compare).changed().objects()).isEqualTo(2);
        run();

        assertThat(target.contents()).containsEntry("a.txt", "by someone");
        assertThat(with(MediaSync::compare).isEmpty()).isTrue();
    }

    @Test
    void anotherTreatmentLooksAgain() {
        source.with("a.txt", "by Ines");
        run();

        filter.treatment = "newer";

        assertThat(run().copiedObjects()).isEqualTo(1);
        assertThat(run().copiedObjects()).isZero();
    }

    @Test
    void whatChangedOnEitherSideIsCopiedAgain() {
        source.with("a.txt", "by Ines").with("b.txt", "Ines again");
        run();

        source.with("a.txt", "by Ines, later");
        target.with("b.txt", "Ines, put back by hand");
        run();

        assertThat(target.contents())
                .containsOnly(Map.entry("a.txt", "by someone, later"), Map.entry("b.txt", "someone again"));
    }

    @Test
    void withoutAFilterTheTargetBecomesLikeTheSource() {
        source.with("a.txt", "by Ines");
        run();

        plain();

        assertThat(target.contents()).isEqualTo(source.contents());
        assertThat(altered("a.txt")).isNull();
    }

    @Test
    void anObjectThatCannotBeCleanedIsNotCopiedAndAllOthersAre() {
        for (int i = 0; i < 30; i++) {
            source.with("broken%02d.txt".formatted(i), "broken").with("good%02d.txt".formatted(i), "by Ines " + i);
        }
        target.with("surplus", "mine");

        assertThatThrownBy(this::run)
                .isInstanceOfSatisfying(ProviderException.class, failure -> {
                    assertThat(failure.kind()).isEqualTo(ProviderException.Kind.UNSUPPORTED);
                    assertThat(failure.effect()).isEqualTo(Effect.SOME);
                })
                .hasMessageContaining("30 objects were not copied")
                .hasMessageContaining("broken07.txt is broken")
                .hasMessageContaining("nothing was deleted");
        assertThat(target.contents()).hasSize(31).doesNotContainValue("broken").containsKey("surplus");
    }

    @Test
    void whatIsNotKnownToBeCleanIsNotKeptInTheTrash() {
        MediaSyncOptions trash = OPTIONS.toBuilder().trashDays(7).build();
        source.with("a.txt", "by Ines");
        target.with("a.txt", "by Ines, uncleaned");
        Instant now = Instant.now();

        with(trash, sync -> sync.run("first", now, Progress.NONE));
        assertThat(target.contents()).containsOnly(Map.entry("a.txt", "by someone"));

        source.with("a.txt", "by Ines, later");
        with(trash, sync -> sync.run("second", now, Progress.NONE));
        assertThat(target.contents())
                .containsEntry("a.txt", "by someone, later")
                .containsValue("by someone");
    }

    @Test
    void sizeAndHashOfAlteredObjectsAreRemembered() {
        source.with("documents/a.txt", "by Ines").with("documents/b.txt", "by nobody");
        KeyNames names = new KeyNames(List.of("documents/"), key -> key.replace("a.txt", "masked.txt"));

        with(OPTIONS, sync -> sync.names(names).run(Progress.NONE));

        // printf "by someone" | sha1sum
        assertThat(altered("documents/masked.txt"))
                .isEqualTo(new MediaJournal.Altered(10, "db94efbb61359859135f5503a8c5e46857327521"));
        assertThat(altered("documents/a.txt")).isNull();
        assertThat(altered("documents/b.txt")).isNull();
    }

    @Test
    void placeholdersOfWhatCannotBeCleanedAreNamed() {
        source.with("c.txt", "replace");

        MediaSyncResult result = run();

        assertThat(target.contents()).containsOnly(Map.entry("c.txt", "left behind"));
        assertThat(result.filtered().placeholders().samples()).containsOnly("c.txt is broken");
        assertThat(run().filtered().placeholders().samples())
                .as("named by the next sync too")
                .containsOnly("c.txt is broken");
    }

    @Test
    void aSyncThatFailsTellsWhatItHasCopiedAsItIs() {
        source.with("a.txt", "broken").with("b.txt", "odd, by Ines").with("film.mp4", "Ines");

        assertThatThrownBy(this::run).hasMessageContaining("a.txt is broken");

        assertThat(failed)
                .singleElement()
                .satisfies(report -> assertThat(report.uncleaned())
                        .containsOnly(
                                Map.entry("txt", new Part(1, 12, List.of("b.txt is odd"))),
                                Map.entry("mp4", new Part(1, 4, List.of("film.mp4 was not looked into")))));
    }

    @Test
    void theNextSyncNamesWhatTheFailedOneHasCopied() {
        source.with("a.txt", "broken").with("b.txt", "odd, by Ines");
        assertThatThrownBy(this::run).isInstanceOf(ProviderException.class);

        source.with("a.txt", "by nobody");
        MediaSyncResult next = run();

        assertThat(next.copiedObjects()).isEqualTo(1);
        assertThat(next.filtered().uncleaned()).containsOnlyKeys("txt");
        assertThat(next.filtered().uncleanedObjects()).isEqualTo(1);
    }

    @Test
    void theNextSyncNamesWhatOneHasCopiedThatStoppedInTheMiddle() {
        source.with("a.txt", "odd, by Ines").with("film.mp4", "Ines").with("z.txt", "odd");
        target.beforeCopy = key -> {
            if (key.equals("z.txt")) {
                throw new ProviderException(ProviderException.Kind.FAILED, "the store is gone", null);
            }
        };
        assertThatThrownBy(this::run).hasMessageContaining("the store is gone");
        assertThat(failed).singleElement().returns(2L, FilterReport::uncleanedObjects);

        target.beforeCopy = key -> {};

        assertThat(run().filtered().uncleanedObjects()).isEqualTo(3);
    }

    @Test
    void whatWasCleanedOrDeletedSinceIsNotNamedAnyMore() {
        source.with("a.txt", "odd, by Ines").with("b.txt", "odd, too").with("film.mp4", "Ines");
        assertThat(run().filtered().uncleanedObjects()).isEqualTo(3);

        source.delete(List.of("film.mp4"));
        source.with("b.txt", "by Ines, later");

        assertThat(run().filtered().uncleaned())
                .containsOnly(Map.entry("txt", new Part(1, 12, List.of("a.txt is odd"))));
    }

    @Test
    void namesWhatLiesAtTheTargetFromBeforeThereWasAFilterAndCannotBeCleaned() {
        source.with("a.txt", "broken").with("b.txt", "broken");
        target.with("a.txt", "broken");

        assertThatThrownBy(this::run).hasMessageContaining("2 objects were not copied");

        assertThat(failed)
                .singleElement()
                .returns(List.of("a.txt"), report -> report.left().samples());
    }

    @Test
    void namesTheKeyAtTheTarget() {
        source.with("documents/ines.txt", "odd");
        KeyNames names = new KeyNames(List.of("documents/"), key -> key.replace("ines", "masked"));

        for (int i = 0; i < 2; i++) {
            MediaSyncResult result = with(OPTIONS, sync -> sync.names(names).run(Progress.NONE));
            assertThat(result.filtered().uncleaned())
                    .containsOnly(Map.entry("txt", new Part(1, 3, List.of("documents/masked.txt is odd"))));
        }
    }

    @Test
    void countsAnObjectOnceHoweverOftenItIsTried() {
        source.with("a.txt", "odd");
        AtomicInteger tries = new AtomicInteger();
        target.beforeCopy = key -> {
            if (tries.incrementAndGet() == 1) {
                throw new ProviderException(ProviderException.Kind.UNAVAILABLE, "a moment", null);
            }
        };

        assertThat(run().filtered().outcomes()).containsOnly(Map.entry(Outcome.UNKNOWN, 1L));
    }

    @Test
    void anEmptyObjectNamesNobody() {
        source.with("empty.mp4", "");

        assertThat(run().filtered().uncleaned()).isEmpty();
    }

    @Test
    void ofAnObjectWhoseNameSaysThatItIsNoTextOnlyTheBeginningIsRead() {
        source.with("notes.dat", "Ines has written a long text").with("film.dat", "odd, and very long");
        filter.firstBytes = 4;

        MediaSyncResult result = run();

        assertThat(target.contents())
                .containsOnly(
                        Map.entry("notes.dat", "someone has written a long text"),
                        Map.entry("film.dat", "odd, and very long"));
        assertThat(filter.read).containsOnly(Map.entry("notes.dat", 28L), Map.entry("film.dat", 4L));
        assertThat(result.difference().lookedInto().bytes()).isEqualTo(8);
    }

    private MediaSyncResult run() {
        return with(sync -> sync.run(Progress.NONE));
    }

    private void plain() {
        try (MediaJournal journal = journal()) {
            MediaSync.between(source, target, OPTIONS).journal(journal).run(Progress.NONE);
        }
    }

    private <T> T with(Function<MediaSync, T> work) {
        return with(OPTIONS, work);
    }

    private <T> T with(MediaSyncOptions options, Function<MediaSync, T> work) {
        try (MediaJournal journal = journal()) {
            return work.apply(
                    MediaSync.between(source, target, options).journal(journal).filter(filter, failed::add));
        }
    }

    private MediaJournal journal() {
        return MediaJournal.open(folder, source.identity(), target.identity());
    }

    private MediaJournal.@Nullable Altered altered(String key) {
        try (MediaJournal journal = journal()) {
            return journal.altered(key).orElse(null);
        }
    }
}
