package dev.restage.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.media.MediaSyncOptions.Surplus;
import dev.restage.provider.Filtered;
import dev.restage.provider.Filtered.Outcome;
import dev.restage.provider.MediaContent;
import dev.restage.provider.MediaFilter;
import dev.restage.provider.MediaObject;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.RestageException.Effect;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.UnaryOperator;
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
        assertThat(result.filtered().passed()).containsOnly(Map.entry("mp4", 1L));
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
        assertThat(result.filtered().replaced()).containsOnly(Map.entry("c.txt", "is broken"));
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
                    MediaSync.between(source, target, options).journal(journal).filter(filter));
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

    private static final class NameFilter implements MediaFilter {

        private final List<String> seen = new CopyOnWriteArrayList<>();
        private String treatment = "1";

        @Override
        public String treatment(String key, long sizeBytes) {
            return key.endsWith(".txt") ? treatment : "";
        }

        @Override
        public Filtered apply(MediaObject object, MediaContent content) {
            seen.add(object.key());
            String text = text(content);
            return switch (text) {
                case "broken" -> Filtered.refused("is broken");
                case "replace" -> altered(Outcome.UNCLEAN_REPLACED, "is broken", before -> "left behind", text);
                default ->
                    text.contains("Ines")
                            ? altered(Outcome.CLEANED, "", before -> before.replace("Ines", "someone"), text)
                            : Filtered.CLEAN;
            };
        }

        private static Filtered altered(Outcome outcome, String why, UnaryOperator<String> change, String text) {
            byte[] bytes = change.apply(text).getBytes(StandardCharsets.UTF_8);
            return new Filtered(outcome, why, new Filtered.Content() {
                @Override
                public long sizeBytes() {
                    return bytes.length;
                }

                @Override
                public InputStream open() {
                    return new ByteArrayInputStream(bytes);
                }

                @Override
                public void close() {}
            });
        }

        private static String text(MediaContent content) {
            try {
                return new String(content.stream().readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
