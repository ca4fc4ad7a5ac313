package dev.restage.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.restage.media.MediaSyncOptions.Surplus;
import dev.restage.media.internal.transfer.NameTaken;
import dev.restage.media.internal.transfer.Trash;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.RestageException.Effect;
import dev.restage.provider.media.MediaFilter;
import dev.restage.provider.media.MediaObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CopiesTest {

    private static final MediaSyncOptions OPTIONS =
            MediaSyncOptions.builder().parallelCopies(1).surplus(Surplus.DELETE).build();

    private final FakeStore source = new FakeStore("source");
    private final FakeStore target = new FakeStore("target");
    private final List<String> reports = new ArrayList<>();

    private MediaSyncOptions options = OPTIONS;
    private KeyNames names = KeyNames.SAME;
    private MediaJournal journal = MediaJournal.NONE;
    private @Nullable MediaFilter filter;
    private @Nullable Trash trash;

    @Test
    void copiesWhatIsSubmittedAndCountsIt() {
        source.with("a", "1").with("b", "22");
        try (Copies copies = copies()) {
            copies.submit(source.object("a"), null);
            copies.submit(source.object("b"), null);
            copies.await(2, 3);

            assertThat(copies.objects()).isEqualTo(2);
            assertThat(copies.bytes()).isEqualTo(3);
            assertThat(copies.gone()).isZero();
        }
        assertThat(target.contents()).isEqualTo(source.contents());
        assertThat(reports).endsWith("2/2 OBJECTS", "3/3 BYTES");
    }

    @Test
    void nothingSubmittedIsNothingDone() {
        try (Copies copies = copies()) {
            copies.await(0, 0);

            assertThat(copies.objects()).isZero();
            assertThat(copies.effect()).isEqualTo(Effect.UNKNOWN);
        }
    }

    @Test
    void copiesUnderTheNameAtTheTarget() {
        names = new KeyNames(List.of("docs/"), key -> "docs/masked");
        source.with("docs/okafor", "1");
        try (Copies copies = copies()) {
            copies.submit(source.object("docs/okafor"), null);
            copies.await(1, 1);
        }
        assertThat(target.contents()).containsOnlyKeys("docs/masked");
    }

    @Test
    void whatHasGoneIsCountedAndItsOldCopyNamed() {
        source.with("a", "1").with("b", "2");
        target.with("b", "old");
        MediaObject a = source.object("a");
        MediaObject b = source.object("b");
        source.remove("a");
        source.remove("b");
        try (Copies copies = copies()) {
            copies.submit(a, null);
            copies.submit(/* object= */ b, /* before= */ target.object("b"));
            copies.await(2, 2);

            assertThat(copies.gone()).isEqualTo(2);
            assertThat(copies.objects()).isZero();
            assertThat(copies.goneButAtTarget()).containsExactly(target.object("b"));
        }
    }

    @Test
    void whatHasChangedIsLookedAtAgain() {
        MediaObject listed = source.with("a", "listed").object("a");
        source.with("a", "as it is now");
        try (Copies copies = copies()) {
            copies.submit(listed, null);
            copies.await(1, 1);
        }
        assertThat(target.contents()).containsEntry("a", "as it is now");
    }

    @Test
    void whatChangesWheneverItIsCopiedIsGivenUp() {
        source.with("a", "0");
        AtomicInteger version = new AtomicInteger();
        source.beforeOpen = () -> source.with("a", "version " + version.incrementAndGet());
        try (Copies copies = copies()) {
            copies.submit(source.object("a"), null);

            assertThatThrownBy(() -> copies.await(1, 1))
                    .isInstanceOf(ProviderException.class)
                    .hasMessage(
                            "1 objects could not be copied from fake source to fake target, for example a: a has changed;"
                                    + " nothing was deleted; run again to go on")
                    .returns(Kind.CONFLICT, e -> ((ProviderException) e).kind())
                    .returns(Effect.UNKNOWN, e -> ((ProviderException) e).effect());
        }
        assertThat(version).hasValue(6);
    }

    @Test
    void goesOnAfterAFailureAndThenSaysIt() {
        source.with("a", "1").with("b", "2").with("c", "3");
        target.beforeCopy = key -> {
            if (key.equals("b")) {
                throw new ProviderException(Kind.DENIED, "no right to write b", null);
            }
        };
        try (Copies copies = copies()) {
            for (String key : List.of("a", "b", "c")) {
                copies.submit(source.object(key), null);
            }
            assertThatThrownBy(() -> copies.await(3, 3))
                    .hasMessageContaining("1 objects could not be copied")
                    .hasMessageContaining("for example b: no right to write b")
                    .returns(Kind.DENIED, e -> ((ProviderException) e).kind())
                    .returns(Effect.SOME, e -> ((ProviderException) e).effect());
        }
        assertThat(target.contents()).containsOnlyKeys("a", "c");
    }

    @Test
    void stopsAfterTenFailures() {
        source.with("a", "1");
        AtomicInteger tried = new AtomicInteger();
        target.beforeCopy = key -> {
            tried.incrementAndGet();
            throw new ProviderException(Kind.DENIED, "no right to write", null);
        };
        try (Copies copies = copies()) {
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 10_000; i++) {
                            copies.submit(source.object("a"), null);
                        }
                    })
                    .isInstanceOf(ProviderException.class)
                    .hasMessageContaining("could not be copied");
        }
        // Those that were under way, or taken over by who submits, end.
        assertThat(tried.get()).isBetween(10, 20);
    }

    @Test
    void aDefectOfAStoreIsAFailureToo() {
        source.with("a", "1");
        target.beforeCopy = key -> {
            throw new IllegalStateException("defect");
        };
        try (Copies copies = copies()) {
            copies.submit(source.object("a"), null);

            assertThatThrownBy(() -> copies.await(1, 1))
                    .hasMessageContaining("for example a: defect")
                    .hasRootCauseInstanceOf(IllegalStateException.class)
                    .returns(Kind.FAILED, e -> ((ProviderException) e).kind());
        }
    }

    @Test
    void whatHasNoRoomWaitsForTheDeletions() {
        source.with("a/b", "1");
        AtomicBoolean taken = new AtomicBoolean(true);
        target.beforeCopy = key -> {
            if (taken.get()) {
                throw new ProviderException(Kind.UNSUPPORTED, "a is a file", new NameTaken("a"));
            }
        };
        try (Copies copies = copies()) {
            copies.submit(source.object("a/b"), null);
            copies.await(1, 1);
            assertThat(copies.objects()).isZero();

            taken.set(false);
            copies.copyBlocked();

            assertThat(copies.objects()).isEqualTo(1);
            copies.copyBlocked();
            assertThat(copies.objects()).isEqualTo(1);
        }
        assertThat(target.contents()).containsOnlyKeys("a/b");
    }

    @Test
    void whatHasNoRoomAfterTheDeletionsFails() {
        source.with("a/b", "1");
        target.beforeCopy = key -> {
            throw new ProviderException(Kind.UNSUPPORTED, "a is a file", new NameTaken("a"));
        };
        try (Copies copies = copies()) {
            copies.submit(source.object("a/b"), null);
            copies.await(1, 1);

            assertThatThrownBy(copies::copyBlocked).hasMessageContaining("a is a file");
        }
    }

    @Test
    void whereNothingIsDeletedItDoesNotWait() {
        options = OPTIONS.toBuilder().surplus(Surplus.KEEP).build();
        source.with("a/b", "1");
        target.beforeCopy = key -> {
            throw new ProviderException(Kind.UNSUPPORTED, "a is a file", new NameTaken("a"));
        };
        try (Copies copies = copies()) {
            copies.submit(source.object("a/b"), null);

            assertThatThrownBy(() -> copies.await(1, 1)).hasMessageContaining("a is a file");
        }
    }

    @Test
    void keepsWhatItReplacesAndRemembersWhatItMakes(@TempDir Path folder) {
        source.with("new", "1").with("changed", "2");
        target.with("changed", "old");
        trash = new Trash(target, "run", Set.of());
        try (MediaJournal opened = MediaJournal.open(folder, source.identity(), target.identity())) {
            journal = opened;
            try (Copies copies = copies()) {
                copies.submit(source.object("new"), null);
                copies.submit(source.object("changed"), target.object("changed"));
                copies.await(2, 2);
            }
            assertThat(journal.added("run")).containsExactly("new");
        }
        assertThat(target.contents())
                .containsOnlyKeys("new", "changed", "restage-trash/run/changed")
                .containsEntry("restage-trash/run/changed", "old");
    }

    @Test
    void replacesNothingThatTheTrashCannotHold() {
        source.with("a", "new");
        target.with("a", "old");
        trash = new Trash(target, "run", Set.of());
        target.beforeCopy = key -> {
            if (key.startsWith(Trash.PREFIX)) {
                throw new ProviderException(Kind.DENIED, "no right to keep", null);
            }
        };
        try (Copies copies = copies()) {
            copies.submit(source.object("a"), target.object("a"));

            assertThatThrownBy(() -> copies.await(1, 1)).hasMessageContaining("no right to keep");
        }
        assertThat(target.contents()).containsEntry("a", "old");
    }

    @Test
    void allOthersAreCopiedBeforeItSaysWhatCouldNotBeCleaned() {
        filter = new NameFilter();
        source.with("a.txt", "broken").with("b.txt", "by Ines").with("c.mp4", "film");
        try (Copies copies = copies()) {
            for (String key : List.of("a.txt", "b.txt", "c.mp4")) {
                copies.submit(source.object(key), null);
            }
            assertThatThrownBy(() -> copies.await(3, 3))
                    .hasMessageContaining(
                            "1 objects were not copied to fake target because they could not be cleaned: a.txt"
                                    + " is broken")
                    .returns(Effect.SOME, e -> ((ProviderException) e).effect());
            assertThat(copies.filtered().outcomes()).hasSize(2);
        }
        assertThat(target.contents()).containsOnlyKeys("b.txt", "c.mp4").containsEntry("b.txt", "by someone");
    }

    @Test
    void whoIsInterruptedWhileItWaitsHearsIt() throws InterruptedException {
        source.with("a", "1");
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        target.beforeCopy = key -> {
            running.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        try (Copies copies = copies()) {
            copies.submit(source.object("a"), null);
            running.await();
            Thread.currentThread().interrupt();

            Throwable heard = catchThrowable(() -> copies.await(1, 1));
            boolean stays = Thread.interrupted();
            goOn.countDown();

            assertThat(heard)
                    .isInstanceOf(ProviderException.class)
                    .hasMessage("the copy to fake target was interrupted; nothing was deleted; run again to go on");
            assertThat(stays).isTrue();
        }
    }

    private Copies copies() {
        Progress progress = (unit, done, total) -> {
            synchronized (reports) {
                reports.add("%d/%d %s".formatted(done, total, unit));
            }
        };
        return new Copies(source, target, options, names, journal, new Filtering(filter, journal), trash, progress);
    }
}
