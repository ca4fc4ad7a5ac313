package dev.restage.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.RestageException.Effect;
import dev.restage.provider.media.Filtered.Outcome;
import dev.restage.provider.media.MediaAttribute;
import dev.restage.provider.media.MediaObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilteringTest {

    private final FakeStore source = new FakeStore("source");
    private final FakeStore target = new FakeStore("target");
    private final NameFilter filter = new NameFilter();

    @TempDir
    private Path folder;

    private MediaJournal journal = MediaJournal.NONE;
    private Filtering filtering = new Filtering(filter, journal);

    @BeforeEach
    void open() {
        journal = MediaJournal.open(folder, source.identity(), target.identity());
        filtering = new Filtering(filter, journal);
    }

    @AfterEach
    void close() {
        journal.close();
    }

    @Test
    void withoutAFilterNothingIsLookedInto() {
        Filtering none = new Filtering(null, journal);
        source.with("a.txt", "by Ines");

        copy(none, "a.txt", null);

        assertThat(none.treatment(source.object("a.txt"))).isEmpty();
        assertThat(none.readsBytes(source.object("a.txt"))).isZero();
        assertThat(target.contents()).containsEntry("a.txt", "by Ines");
        assertThat(none.report()).isEqualTo(FilterReport.NONE);
        assertThatCode(() -> none.checkNoneRefused(target, Effect.NONE)).doesNotThrowAnyException();
    }

    @Test
    void tellsHowMuchIsReadForSure() {
        filter.firstBytes = 4;

        assertThat(filtering.readsBytes(object("a.txt", 30))).isEqualTo(30);
        assertThat(filtering.readsBytes(object("a.dat", 30))).isEqualTo(4);
        assertThat(filtering.readsBytes(object("a.dat", 3))).isEqualTo(3);
        assertThat(filtering.readsBytes(object("film.mp4", 30))).isZero();
    }

    @Test
    void remembersWhatItHasMadeOfWhich() {
        source.with("a.txt", "by Ines");
        MediaObject copied = copy(filtering, "a.txt", null);

        assertThat(filtering.holds(source.object("a.txt"), copied)).isTrue();

        filter.treatment = "2";
        assertThat(filtering.holds(source.object("a.txt"), copied))
                .as("another treatment")
                .isFalse();
        filter.treatment = "1";
        assertThat(filtering.holds(source.with("a.txt", "by Ines, later").object("a.txt"), copied))
                .as("another source")
                .isFalse();
        source.with("a.txt", "by Ines");
        assertThat(filtering.holds(
                        source.object("a.txt"), target.with("a.txt", "x").object("a.txt")))
                .as("another target")
                .isFalse();
    }

    @Test
    void whatItHasNotSeenIsNotHeld() {
        source.with("a.txt", "1");
        target.with("a.txt", "1");

        assertThat(filtering.holds(source.object("a.txt"), target.object("a.txt")))
                .isFalse();
    }

    @Test
    void keepsInTheTrashWhatIsKnownToBeClean() {
        source.with("a.txt", "by Ines").with("film.mp4", "1");
        target.with("a.txt", "from before").with("film.mp4", "2");
        assertThat(filtering.mayKeep(source.object("a.txt"), target.object("a.txt")))
                .isFalse();
        assertThat(filtering.mayKeep(source.object("film.mp4"), target.object("film.mp4")))
                .isTrue();

        MediaObject copied = copy(filtering, "a.txt", target.object("a.txt"));

        assertThat(filtering.mayKeep(source.object("a.txt"), copied)).isTrue();
    }

    @Test
    void refusesWithoutACopyAndNamesWhatStaysAtTheTarget() {
        source.with("a.txt", "broken").with("b.txt", "broken");
        target.with("b.txt", "from before");

        assertThatThrownBy(() -> copy(filtering, "a.txt", null)).isInstanceOf(Filtering.RefusedException.class);
        assertThatThrownBy(() -> copy(filtering, "b.txt", target.object("b.txt")))
                .isInstanceOf(Filtering.RefusedException.class);

        assertThat(target.contents()).isEqualTo(Map.of("b.txt", "from before"));
        assertThat(filtering.report().outcomes()).isEqualTo(Map.of(Outcome.REFUSED, 2L));
        assertThat(filtering.report().left().samples()).containsExactly("b.txt");
        assertThatThrownBy(() -> filtering.checkNoneRefused(target, Effect.SOME))
                .isInstanceOf(ProviderException.class)
                .hasMessage(
                        "2 objects were not copied to fake target because they could not be cleaned: a.txt is broken;"
                                + " b.txt is broken; all others are copied and nothing was deleted; exclude them, or let placeholders"
                                + " take their place")
                .returns(Kind.UNSUPPORTED, e -> ((ProviderException) e).kind())
                .returns(Effect.SOME, e -> ((ProviderException) e).effect());
    }

    /** What an earlier sync has cleaned may stay there. */
    @Test
    void whatWasCleanedBeforeIsNotNamedAsLeft() {
        source.with("a.txt", "by Ines");
        MediaObject before = copy(filtering, "a.txt", null);
        source.with("a.txt", "broken");

        assertThatThrownBy(() -> copy(filtering, "a.txt", before)).isInstanceOf(Filtering.RefusedException.class);

        assertThat(filtering.report().left().objects()).isZero();
    }

    @Test
    void namesAHundredThatWereRefusedAndCountsAll() {
        for (int i = 0; i < 101; i++) {
            String key = "k%03d.txt".formatted(i);
            source.with(key, "broken");
            assertThatThrownBy(() -> copy(filtering, key, null)).isInstanceOf(Filtering.RefusedException.class);
        }

        assertThatThrownBy(() -> filtering.checkNoneRefused(target, Effect.SOME))
                .hasMessageStartingWith("101 objects were not copied")
                .hasMessageContaining("k099.txt is broken; and more; all others");
    }

    @Test
    void remembersSizeAndHashOfWhatItHasAltered() {
        source.with("a.txt", "by Ines");
        copy(filtering, "a.txt", null);

        // Source: printf 'by someone' | sha1sum
        assertThat(journal.altered("a.txt"))
                .hasValueSatisfying(altered -> assertThat(altered.sizeBytes()).isEqualTo(10));
        assertThat(journal.altered("a.txt").orElseThrow().sha1()).matches("[0-9a-f]{40}");

        source.with("a.txt", "by nobody");
        copy(filtering, "a.txt", target.object("a.txt"));
        assertThat(journal.altered("a.txt")).isEmpty();
    }

    @Test
    void copiesUnderTheNameAtTheTargetAndReportsThat() {
        source.with("film.mp4", "1");

        filtering.copy(way(), source.object("film.mp4"), null, "masked.mp4");

        assertThat(target.contents()).containsOnlyKeys("masked.mp4");
        assertThat(filtering.report().uncleaned().get("mp4"))
                .isNotNull()
                .extracting(MediaDifference.Part::samples)
                .asString()
                .contains("masked.mp4 was not looked into");
    }

    @Test
    void hearsOfWhatTheTargetHasAlready() {
        source.with("film.mp4", "1").with("empty.mp4", "").with("b.txt", "odd");
        copy(filtering, "b.txt", null);
        Filtering next = new Filtering(filter, journal);

        next.same(source.object("film.mp4"), "film.mp4");
        next.same(source.object("empty.mp4"), "empty.mp4");
        next.same(source.object("b.txt"), "b.txt");

        assertThat(next.report().uncleanedObjects()).isEqualTo(2);
        assertThat(next.report().outcomes()).isEmpty();
    }

    @Test
    void forgetsWhatItHasHeardWhenStoresAreComparedAnew() {
        source.with("film.mp4", "1");
        filtering.same(source.object("film.mp4"), "film.mp4");
        filtering.restart();
        filtering.same(source.object("film.mp4"), "film.mp4");

        assertThat(filtering.report().uncleanedObjects()).isEqualTo(1);
    }

    @Test
    void readsTheRestOnlyIfTheFilterWantsIt() {
        filter.firstBytes = 4;
        source.with("odd.dat", "odd, and very long").with("text.dat", "text, and very long");

        copy(filtering, "odd.dat", null);
        copy(filtering, "text.dat", null);

        assertThat(filter.read).containsEntry("odd.dat", 4L).containsEntry("text.dat", 19L);
    }

    private MediaObject copy(Filtering by, String key, @Nullable MediaObject before) {
        return by.copy(way(), source.object(key), before, key);
    }

    private Filtering.Way way() {
        return new Filtering.Way(source, source, target, MediaAttribute.USUAL);
    }

    private static MediaObject object(String key, long sizeBytes) {
        return new MediaObject(key, sizeBytes, "", FakeStore.TIME);
    }

    /** The report can be read, and not be changed. */
    @Test
    void aReportIsOfOneMoment() {
        source.with("a.mp4", "1").with("b.mp4", "2");
        copy(filtering, "a.mp4", null);
        FilterReport report = filtering.report();
        copy(filtering, "b.mp4", null);

        assertThat(report.uncleanedObjects()).isEqualTo(1);
        assertThat(filtering.report().uncleanedObjects()).isEqualTo(2);
        assertThat(List.copyOf(report.uncleaned().keySet())).containsExactly("mp4");
    }
}
