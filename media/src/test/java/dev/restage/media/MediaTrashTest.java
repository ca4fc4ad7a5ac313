package dev.restage.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.media.MediaSyncOptions.Surplus;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MediaTrashTest {

    private static final Instant FIRST = Instant.parse("2026-03-01T10:00:00Z");

    private static final MediaSyncOptions MIRROR = MediaSyncOptions.builder()
            .surplus(Surplus.DELETE)
            .maxDeleteShare(1)
            .trashDays(7)
            .build();

    private final FakeStore source = new FakeStore("source");
    private final FakeStore target = new FakeStore("target");

    @TempDir
    private Path folder;

    @Test
    void putsBackWhatARunHasDeletedAndReplaced() {
        source.with("a", "new").with("b", "same").with("c", "added");
        target.with("a", "old").with("b", "same").with("surplus", "mine");
        Map<String, String> before = target.contents();

        withJournal(sync -> sync.run("r1", FIRST, Progress.NONE));
        assertThat(target.contents())
                .containsEntry("a", "new")
                .containsEntry("restage-trash/20260301T100000Z-r1/a", "old")
                .containsEntry("restage-trash/20260301T100000Z-r1/surplus", "mine")
                .doesNotContainKey("surplus");

        assertThat(undo("r1", FIRST)).isEqualTo(2);
        assertThat(target.contents()).isEqualTo(before);
        assertThat(undo("r1", FIRST)).isZero();
        assertThat(target.contents()).isEqualTo(before);
    }

    @Test
    void keepsTheFirstStateWhenARunGoesOn() {
        source.with("a", "new").with("b", "new");
        target.with("a", "old").with("b", "old");
        target.beforeCopy = key -> {
            if (key.equals("b")) {
                throw new ProviderException(ProviderException.Kind.DENIED, "no right to write b", null);
            }
        };
        assertThatThrownBy(() -> withJournal(sync -> sync.run("r1", FIRST, Progress.NONE)))
                .hasMessageContaining("no right to write b");
        target.beforeCopy = key -> {};

        withJournal(sync -> sync.run("r1", FIRST, Progress.NONE));
        undo("r1", FIRST);

        assertThat(target.contents()).isEqualTo(Map.of("a", "old", "b", "old"));
    }

    /** The source may have changed since the run began. */
    @Test
    void keepsWhatWasThereFirst() {
        source.with("a", "new");
        target.with("a", "old");
        withJournal(sync -> sync.run("r1", FIRST, Progress.NONE));
        source.with("a", "newer");
        withJournal(sync -> sync.run("r1", FIRST, Progress.NONE));

        undo("r1", FIRST);

        assertThat(target.contents()).isEqualTo(Map.of("a", "old"));
    }

    @Test
    void keepsNothingUnderTheNamesThatWereMasked() {
        source.with("docs/cv-ines", "1").with("docs/cv-tom", "2");
        target.with("docs/cv-ines", "1").with("docs/cv-tom", "old").with("docs/surplus", "x");
        KeyNames masked = new KeyNames(List.of("docs/"), key -> "docs/m" + key.hashCode());

        withJournal(sync -> sync.names(masked).run("r1", FIRST, Progress.NONE));

        assertThat(target.contents().keySet())
                .hasSize(3)
                .contains("restage-trash/20260301T100000Z-r1/docs/surplus")
                .noneMatch(key -> key.contains("cv-"));
    }

    @Test
    void isNoPartOfWhatIsCompared() {
        source.with("a", "1").with("restage-trash/x", "production's own");
        target.with("a", "0");

        withJournal(sync -> sync.run("r1", FIRST, Progress.NONE));

        assertThat(withJournal(sync -> sync.compare()).isEmpty()).isTrue();
        assertThat(target.contents()).containsOnlyKeys("a", "restage-trash/20260301T100000Z-r1/a");
    }

    @Test
    void losesWhatHasExpired() {
        source.with("a", "1");
        target.with("a", "0");
        withJournal(sync -> sync.run("r1", FIRST, Progress.NONE));

        target.with("a", "2");
        withJournal(sync -> sync.run("r2", FIRST.plus(Duration.ofDays(6)), Progress.NONE));
        assertThat(target.contents()).hasSize(3);

        withJournal(sync -> sync.run("r3", FIRST.plus(Duration.ofDays(8)), Progress.NONE));
        assertThat(target.contents()).containsOnlyKeys("a", "restage-trash/20260307T100000Z-r2/a");
    }

    private long undo(String run, Instant startedAt) {
        try (MediaJournal journal = MediaJournal.open(folder, source.identity(), target.identity())) {
            return MediaSync.undo(target, MIRROR, journal, run, startedAt);
        }
    }

    private <T> T withJournal(Function<MediaSync, T> work) {
        try (MediaJournal journal = MediaJournal.open(folder, source.identity(), target.identity())) {
            return work.apply(MediaSync.between(source, target, MIRROR).journal(journal));
        }
    }
}
