package dev.restage.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.media.MediaDifference.Part;
import dev.restage.provider.media.MediaCosts;
import dev.restage.provider.media.MediaObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MediaDifferenceTest {

    private final NameFilter filter = new NameFilter();
    private final List<String> costs = new ArrayList<>();
    private final MediaDifference.Collector collector =
            new MediaDifference.Collector(new Filtering(null, MediaJournal.NONE));

    @Test
    void nothingHeardIsNoDifference() {
        MediaDifference difference = collector.difference();

        assertThat(difference.isEmpty()).isTrue();
        assertThat(difference.sourceObjects()).isZero();
        assertThat(difference.targetObjects()).isZero();
    }

    @Test
    void countsWhatItHears() {
        collector.same(object("same", 1));
        collector.missing(object("missing", 2));
        collector.changed(object("changed", 3), object("changed", 9));
        collector.surplus(object("surplus", 4));
        collector.former(object("former", 5));
        collector.archived(object("cold", 6), null);
        collector.refused(object("a:b", 7), null, "no name");
        collector.marker(object("folder/", 0));

        MediaDifference difference = collector.difference();

        assertThat(difference.same()).isEqualTo(new Part(1, 1, List.of("same")));
        assertThat(difference.missing()).isEqualTo(new Part(1, 2, List.of("missing")));
        assertThat(difference.changed()).isEqualTo(new Part(1, 3, List.of("changed")));
        assertThat(difference.surplus()).isEqualTo(new Part(1, 4, List.of("surplus")));
        assertThat(difference.former()).isEqualTo(new Part(1, 5, List.of("former")));
        assertThat(difference.archived()).isEqualTo(new Part(1, 6, List.of("cold")));
        assertThat(difference.refused()).isEqualTo(new Part(1, 7, List.of("\"a:b\": no name")));
        assertThat(difference.markers()).isEqualTo(new Part(1, 0, List.of("folder/")));
        assertThat(difference.lookedInto().objects()).isZero();
        assertThat(difference.sourceObjects()).isEqualTo(6);
        assertThat(difference.targetObjects()).isEqualTo(4);
    }

    @Test
    void whatStaysAtTheTargetIsCountedThere() {
        collector.archived(object("cold", 1), object("cold", 2));
        collector.refused(object("a:b", 1), object("a:b", 2), "no name");

        assertThat(collector.difference().targetObjects()).isEqualTo(2);
    }

    @Test
    void aTargetThatHoldsMoreHoldsTheSource() {
        collector.same(object("a", 1));
        collector.surplus(object("b", 1));

        assertThat(collector.difference().holdsSource()).isTrue();
        assertThat(collector.difference().isEmpty()).isFalse();
    }

    @Test
    void aFormerNameIsADifference() {
        collector.former(object("a", 1));

        assertThat(collector.difference().isEmpty()).isFalse();
    }

    /** They are no reason to copy anything. */
    @Test
    void whatCannotBeReadOrHeldIsNoReasonToCopy() {
        collector.archived(object("cold", 1), null);
        collector.refused(object("a:b", 1), null, "no name");
        collector.marker(object("folder/", 0));

        assertThat(collector.difference().holdsSource()).isTrue();
    }

    @Test
    void tellsWhatAFilterLooksInto() {
        filter.firstBytes = 10;
        MediaDifference.Collector filtered = new MediaDifference.Collector(new Filtering(filter, MediaJournal.NONE));
        filtered.missing(object("a.txt", 30));
        filtered.changed(object("b.dat", 30), object("b.dat", 30));
        filtered.missing(object("film.mp4", 99));
        filtered.same(object("c.txt", 30));

        assertThat(filtered.difference().lookedInto()).isEqualTo(new Part(2, 40, List.of("a.txt", "b.dat")));
    }

    @Test
    void tellsEachCopyToWhoKnowsWhatItCosts() {
        filter.firstBytes = 10;
        MediaDifference.Collector counted = new MediaDifference.Collector(
                new Filtering(filter, MediaJournal.NONE), new Costs(), new RefusedKeys(null));
        counted.missing(object("a.txt", 30));
        counted.changed(object("b.dat", 30), object("b.dat", 30));
        counted.missing(object("film.mp4", 99));
        counted.missing(object("empty.txt", 0));
        counted.same(object("c", 1));
        counted.surplus(object("d", 1));

        assertThat(costs).containsExactly("pass a.txt", "look b.dat 10", "copy film.mp4", "copy empty.txt");
    }

    @Test
    void saysWhereAllRefusedKeysAreIfTheyAreMore(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("refused.txt");
        try (RefusedKeys list = new RefusedKeys(file)) {
            MediaDifference.Collector refusing =
                    new MediaDifference.Collector(new Filtering(null, MediaJournal.NONE), null, list.begin());
            for (int i = 0; i < 5; i++) {
                refusing.refused(object("k" + i, 1), null, "no name");
            }
            assertThat(refusing.difference().refused().samples())
                    .hasSize(5)
                    .last()
                    .isEqualTo("\"k4\": no name");

            refusing.refused(object("k5", 1), null, "no name");
            refusing.refused(object("k6", 1), null, "no name");

            assertThat(refusing.difference().refused().samples())
                    .hasSize(6)
                    .last()
                    .isEqualTo("and 2 more, all in " + file);
            assertThat(Files.readAllLines(file)).hasSize(7);
        }
    }

    @Test
    void namesTheBeginningAndTheEndOfALongKey() {
        String key = "x".repeat(100) + "y".repeat(900);
        collector.refused(object(key, 1), null, "is too long");

        assertThat(collector.difference().refused().samples())
                .containsExactly(
                        "\"%s...%s (1000 characters)\": is too long".formatted("x".repeat(80), "y".repeat(80)));
    }

    @Test
    void keepsItsFiguresWhenItsCostsAreKnown() {
        collector.missing(object("a", 1));
        MediaDifference difference = collector.difference();

        MediaDifference costing = difference.costing(List.of("1 request"));

        assertThat(costing.costs()).containsExactly("1 request");
        assertThat(costing.costing(List.of())).isEqualTo(difference);
    }

    private static MediaObject object(String key, long sizeBytes) {
        return new MediaObject(key, sizeBytes, "", FakeStore.TIME);
    }

    private final class Costs implements MediaCosts {

        @Override
        public void copy(MediaObject object) {
            costs.add("copy " + object.key());
        }

        @Override
        public void pass(MediaObject object) {
            costs.add("pass " + object.key());
        }

        @Override
        public void look(MediaObject object, long bytes) {
            costs.add("look %s %d".formatted(object.key(), bytes));
        }

        @Override
        public List<String> sentences(long sourceObjects, long targetObjects, long deletes) {
            return List.of();
        }
    }
}
