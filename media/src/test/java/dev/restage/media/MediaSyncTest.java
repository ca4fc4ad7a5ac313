package dev.restage.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.media.MediaSyncOptions.EmptySource;
import dev.restage.media.MediaSyncOptions.Surplus;
import dev.restage.provider.GuardException;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.media.MediaAttribute;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class MediaSyncTest {

    private static final MediaSyncOptions MIRROR =
            MediaSyncOptions.builder().surplus(Surplus.DELETE).maxDeleteShare(1).build();

    /** Sorts the other way round, in the folder docs/ alone. */
    private static final KeyNames REVERSED = new KeyNames(List.of("docs/"), MediaSyncTest::reversed);

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
        assertThat(MediaSync.between(source, target, MIRROR).compare().isEmpty())
                .isTrue();
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

        assertThatThrownBy(() -> MediaSync.between(unsorted, target, MIRROR).run(Progress.NONE))
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
        assertThat(source.listed)
                .containsExactlyInAnyOrder(
                        "documents/", "images/", "images/>images/tmp/" + Character.toString(0x10FFFF));
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
    void copiesAnObjectThatKeepsChangingUntilItStops() {
        source.with("a", "1");
        AtomicInteger opened = new AtomicInteger();
        source.beforeOpen = () -> {
            if (opened.incrementAndGet() <= 4) {
                source.with("a", "changed " + opened.get());
            }
        };

        run(MIRROR);

        assertThat(target.contents()).containsEntry("a", "changed 4");
    }

    @Test
    void triesAgainWhatAStoreCannotTakeNow() {
        for (int i = 0; i < 20; i++) {
            source.with("k" + i, "1");
        }
        AtomicInteger refusals = new AtomicInteger(7);
        target.beforeCopy = key -> {
            if (refusals.getAndDecrement() > 0) {
                throw new ProviderException(ProviderException.Kind.THROTTLED, "slow down", null);
            }
        };

        assertThat(run(MIRROR).copiedObjects()).isEqualTo(20);
        assertThat(target.contents()).isEqualTo(source.contents());
    }

    @Test
    void leavesOutWhatLiesInAnArchiveAndKeepsItsOldCopy() {
        source.with("a", "1").with("b", "new").with("c", "3").with("d", "4");
        source.archived.addAll(List.of("b", "c", "d"));
        target.with("b", "old").with("d", "4");

        MediaSyncResult result = run(MIRROR);

        assertThat(target.contents())
                .containsEntry("a", "1")
                .containsEntry("b", "old")
                .containsOnlyKeys("a", "b", "d");
        assertThat(result.difference().archived().samples()).containsExactly("b", "c");
        assertThat(result.difference().targetObjects()).isEqualTo(2);
        assertThat(MediaSync.between(source, target, MIRROR).compare().holdsSource())
                .isTrue();
    }

    @Test
    void keepsToALimitOfBytes() {
        source.with("a", "x".repeat(30_000)).with("b", "y".repeat(30_000));
        long begun = System.nanoTime();

        run(MIRROR.toBuilder().bytesPerSecond(50_000).parallelCopies(1).build());

        // The first 16 kB are free, the rest takes its time.
        assertThat(System.nanoTime() - begun).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(600));
        assertThat(target.contents()).isEqualTo(source.contents());
    }

    @Test
    void countsObjectsAndBytesUpToTheirTotals() {
        source.with("a", "x".repeat(30_000)).with("b", "22");
        Map<Progress.Unit, List<Long>> done = new ConcurrentHashMap<>();
        Map<Progress.Unit, Long> totals = new ConcurrentHashMap<>();

        MediaSync.between(source, target, MIRROR).run((unit, count, total) -> {
            done.computeIfAbsent(unit, each -> new ArrayList<>()).add(count);
            totals.put(unit, total);
        });

        assertThat(totals).containsEntry(Progress.Unit.OBJECTS, 2L).containsEntry(Progress.Unit.BYTES, 30_002L);
        done.forEach((unit, counts) -> assertThat(counts).isSorted().endsWith(totals.get(unit)));
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
    void copiesUnderOtherNamesAndDeletesTheFormerOnes() {
        source.with("a", "1")
                .with("docs/a", "22")
                .with("docs/b", "33")
                .with("docs/deep/c", "4")
                .with("z", "5");
        target.with("docs/a", "22")
                .with("docs/staging-only", "x")
                .with(reversed("docs/b"), "33")
                .with("z", "5");

        MediaSyncResult result =
                MediaSync.between(source, target, MIRROR).names(REVERSED).run(Progress.NONE);

        assertThat(target.contents())
                .containsOnlyKeys("a", "docs/~a", "docs/~b", "docs/deep/~c", "z")
                .containsEntry("docs/~a", "22")
                .containsEntry("docs/deep/~c", "4");
        assertThat(result.copiedObjects()).isEqualTo(3);
        assertThat(result.deletedObjects()).isEqualTo(2);
        assertThat(result.difference().former().samples()).containsExactly("docs/a");
        assertThat(result.difference().surplus().samples()).containsExactly("docs/staging-only");
        assertThat(result.difference().same().samples()).containsExactly("docs/b", "z");
        assertThat(MediaSync.between(source, target, MIRROR)
                        .names(REVERSED)
                        .compare()
                        .isEmpty())
                .isTrue();
    }

    /** The caps are against a wrong source; what the source has is no sign of one. */
    @Test
    void deletesFormerNamesBeyondTheCaps() {
        for (int i = 0; i < 2500; i++) {
            source.with("docs/%05d".formatted(i), "same");
            target.with("docs/%05d".formatted(i), "same");
        }
        MediaSyncOptions none = MIRROR.toBuilder().maxDeletes(0).build();

        assertThat(MediaSync.between(source, target, none)
                        .names(REVERSED)
                        .run(Progress.NONE)
                        .deletedObjects())
                .isEqualTo(2500);
        assertThat(target.contents()).hasSize(2500);
        assertThat(target.deletions).containsExactly(1000, 1000, 500);
        target.with("docs/other", "x");
        assertThatThrownBy(() ->
                        MediaSync.between(source, target, none).names(REVERSED).run(Progress.NONE))
                .hasMessageContaining("1 objects would be deleted, but maxDeletes is 0");
    }

    @Test
    void keepsFormerNamesUnlessTold() {
        source.with("docs/a", "1");
        target.with("docs/a", "1");

        MediaSync.between(source, target, MediaSyncOptions.standard())
                .names(REVERSED)
                .run(Progress.NONE);

        assertThat(target.contents()).containsOnlyKeys("docs/a", "docs/~a");
    }

    @Test
    void renamesWithinTheScopeOnly() {
        source.with("docs/a", "1")
                .with("docs/in/b", "2")
                .with("docs/in/out/c", "3")
                .with("x/d", "4");
        MediaSyncOptions inside = MediaSyncOptions.builder()
                .include("docs/in/")
                .exclude("docs/in/out/")
                .build();

        MediaSync.between(source, target, inside).names(REVERSED).run(Progress.NONE);

        assertThat(target.contents()).containsOnlyKeys("docs/in/~b");
        assertThatThrownBy(() -> MediaSync.between(
                                source,
                                target,
                                MediaSyncOptions.builder().exclude("docs/in").build())
                        .names(REVERSED)
                        .compare())
                .hasMessageContaining("\"docs/in\"")
                .hasMessageContaining("end it with /");
    }

    @Test
    void refusesNamesOutsideTheirFolder() {
        source.with("docs/a", "1");
        KeyNames moving = new KeyNames(List.of("docs/"), key -> "other/" + key);

        assertThatThrownBy(() ->
                        MediaSync.between(source, target, MIRROR).names(moving).run(Progress.NONE))
                .hasMessageContaining("out of its folder docs/");
        assertThatThrownBy(() -> new KeyNames(List.of("docs"), key -> key)).hasMessageContaining("is no folder");
    }

    @Test
    void refusesAStoreThatOverlapsItself() {
        assertThatThrownBy(() -> MediaSync.between(source, source, MIRROR).run(Progress.NONE))
                .isInstanceOf(GuardException.class);
    }

    /** The digest of a plan is compared across processes, in which sets may have other orders. */
    @Test
    void optionsAreWrittenInOneOrder() {
        assertThat(JsonMapper.builder()
                        .build()
                        .writeValueAsString(MIRROR.toBuilder()
                                .keep(MediaAttribute.ENCRYPTION, MediaAttribute.TAGS, MediaAttribute.METADATA)
                                .build()))
                .contains("[\"METADATA\",\"TAGS\",\"ENCRYPTION\"]");
    }

    @Test
    void optionsGoThroughJsonAndMayBePartial() {
        JsonMapper json = JsonMapper.builder().build();

        assertThat(json.readValue(json.writeValueAsString(MIRROR), MediaSyncOptions.class))
                .isEqualTo(MIRROR);
        assertThat(json.readValue("{\"include\":[\"images/\"]}", MediaSyncOptions.class))
                .isEqualTo(MediaSyncOptions.builder().include("images/").build());
    }

    private static String reversed(String key) {
        int name = key.lastIndexOf('/') + 1;
        return key.substring(0, name) + "~" + new StringBuilder(key.substring(name)).reverse();
    }

    private MediaSyncResult run(MediaSyncOptions options) {
        return MediaSync.between(source, target, options).run(Progress.NONE);
    }
}
