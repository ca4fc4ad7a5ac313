package dev.restage.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.media.MediaSyncOptions.EmptySource;
import dev.restage.media.MediaSyncOptions.Surplus;
import dev.restage.provider.GuardException;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class MediaSyncTest {

    private static final MediaSyncOptions MIRROR =
            MediaSyncOptions.builder().surplus(Surplus.DELETE).maxDeleteShare(1).build();

    private final FakeStore source = new FakeStore("source");
    private final FakeStore target = new FakeStore("target");

    @Test
    void makesTheTargetLikeTheSource() {
        source.with("a", "1").with("b", "22").with("d", "new");
        target.with("b", "22").with("c", "extra").with("d", "old");

        MediaSyncResult result = run(MIRROR);

        assertThat(target.contents()).isEqualTo(source.contents());
        assertThat(result.copiedObjects()).isEqualTo(2);
        assertThat(result.copiedBytes()).isEqualTo(4);
        assertThat(result.deletedObjects()).isEqualTo(1);
        assertThat(result.difference().surplus().samples()).containsExactly("c");
        assertThat(MediaSync.compare(source, target, MIRROR).isEmpty()).isTrue();
    }

    @Test
    void keepsSurplusUnlessTold() {
        source.with("a", "1");
        target.with("b", "2");

        run(MediaSyncOptions.standard());

        assertThat(target.contents()).containsOnlyKeys("a", "b");
    }

    @Test
    void joinsKeysBeyondTheBasicPlaneInByteOrder() {
        String fullWidth = "\uFF5E.jpg";
        String emoji = "\uD83D\uDE00.jpg";
        source.with(fullWidth, "1").with(emoji, "2");
        target.with(emoji, "2");

        assertThat(run(MIRROR).deletedObjects()).isZero();
        assertThat(target.contents()).containsOnlyKeys(fullWidth, emoji);
    }

    @Test
    void deletesNothingWhenAListingIsOutOfOrder() {
        FakeStore unsorted = new FakeStore("source", Comparator.reverseOrder());
        unsorted.with("a", "1").with("b", "2");
        target.with("a", "1").with("c", "3");

        assertThatThrownBy(() -> MediaSync.run(unsorted, target, MIRROR, Progress.NONE))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("does not list its keys in the order");
        assertThat(target.deletions).isEmpty();
    }

    @Test
    void deletesNothingWhenTheSourceIsEmpty() {
        target.with("a", "1");

        assertThatThrownBy(() -> run(MIRROR)).hasMessageContaining("the source has no objects");
        assertThat(target.contents()).containsOnlyKeys("a");

        run(MIRROR.toBuilder().emptySource(EmptySource.ACCEPT).build());
        assertThat(target.contents()).isEmpty();
    }

    @Test
    void deletesNothingBeyondTheCaps() {
        source.with("a", "1");
        target.with("a", "1").with("b", "2").with("c", "3");

        assertThatThrownBy(() -> run(MIRROR.toBuilder().maxDeletes(1).build()))
                .hasMessageContaining("2 objects would be deleted, but maxDeletes is 1");
        assertThatThrownBy(() -> run(MIRROR.toBuilder().maxDeleteShare(0.5).build()))
                .hasMessageContaining("2 of the target's 3 objects");
        assertThat(target.deletions).isEmpty();
    }

    @Test
    void deletesInBatchesOfThousand() {
        source.with("a", "1");
        for (int i = 0; i < 1001; i++) {
            target.with("x" + i, "1");
        }

        run(MIRROR);

        assertThat(target.deletions).containsExactly(1000, 1);
    }

    @Test
    void looksOnlyBelowIncludedPrefixesAndNeverTouchesExcludedOnes() {
        source.with("documents/a", "1").with("images/b", "2").with("images/tmp/c", "3");
        target.with("images/tmp/staging", "4").with("other", "5").with("images/old", "6");
        MediaSyncOptions options = MIRROR.toBuilder()
                .include("images/", "documents/", "images/big/")
                .exclude("images/tmp/")
                .build();

        run(options);

        assertThat(target.contents()).containsOnlyKeys("documents/a", "images/b", "images/tmp/staging", "other");
        assertThat(source.listed).containsExactly("documents/", "images/");
    }

    @Test
    void countsAnObjectThatVanishesMeanwhileAndRemovesItsOldCopy() {
        source.with("a", "1").with("b", "new");
        target.with("b", "old");
        source.beforeOpen = () -> source.remove("b");

        MediaSyncResult result = run(MIRROR);

        assertThat(result.goneObjects()).isEqualTo(1);
        assertThat(target.contents()).containsOnlyKeys("a");
    }

    @Test
    void copiesAnObjectThatChangesMeanwhileAsItIsNow() {
        source.with("a", "1");
        AtomicInteger opened = new AtomicInteger();
        source.beforeOpen = () -> {
            if (opened.getAndIncrement() == 0) {
                source.with("a", "changed");
            }
        };

        run(MIRROR);

        assertThat(target.contents()).containsEntry("a", "changed");
    }

    @Test
    void deletesNothingWhenACopyFails() {
        source.with("a", "1");
        target.with("b", "2");
        source.beforeOpen = () -> {
            throw new ProviderException(ProviderException.Kind.DENIED, "no right to read", null);
        };

        assertThatThrownBy(() -> run(MIRROR))
                .hasMessageContaining("1 objects could not be copied")
                .hasMessageContaining("no right to read");
        assertThat(target.deletions).isEmpty();
    }

    @Test
    void refusesAStoreThatOverlapsItself() {
        assertThatThrownBy(() -> MediaSync.run(source, source, MIRROR, Progress.NONE))
                .isInstanceOf(GuardException.class);
    }

    @Test
    void optionsGoThroughJsonAndMayBePartial() {
        JsonMapper json = JsonMapper.builder().build();

        assertThat(json.readValue(json.writeValueAsString(MIRROR), MediaSyncOptions.class))
                .isEqualTo(MIRROR);
        assertThat(json.readValue("{\"include\":[\"images/\"]}", MediaSyncOptions.class))
                .isEqualTo(MediaSyncOptions.builder().include("images/").build());
    }

    private MediaSyncResult run(MediaSyncOptions options) {
        return MediaSync.run(source, target, options, Progress.NONE);
    }
}
