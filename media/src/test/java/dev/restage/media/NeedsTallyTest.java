package dev.restage.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.media.MediaDifference.Part;
import dev.restage.provider.media.MediaObject;
import dev.restage.provider.media.MediaReference;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NeedsTallyTest {

    private final NeedsTally tally = new NeedsTally();

    @Test
    void beginsWithNothing() {
        assertThat(tally.needs()).isEqualTo(new MediaNeeds(0, 0, List.of(), new Part(0, 0, List.of()), List.of()));
    }

    @Test
    void countsWhatGoesTogetherAndWhatDoesNot() {
        tally.met(reference("a"));
        tally.unmet(reference("b"));
        tally.unneeded(object("c", 7), "c");

        assertThat(tally.needs())
                .isEqualTo(new MediaNeeds(2, 1, List.of(reference("b")), new Part(1, 7, List.of("c")), List.of()));
    }

    @Test
    void suspectsAFolderWhereNoFileHasAnObjectAndThereAreObjects() {
        tally.unmet(reference("docs/a"));
        tally.unmet(reference("docs/b"));
        tally.unneeded(object("docs/x", 1), "docs/x");

        assertThat(tally.needs().otherNames()).containsExactly("docs/");
    }

    @Test
    void suspectsNoFolderWhereOneFileHasItsObject() {
        tally.unmet(reference("docs/a"));
        tally.met(reference("docs/b"));
        tally.unneeded(object("docs/x", 1), "docs/x");
        tally.unmet(reference("empty/a"));
        tally.unneeded(object("unnamed/x", 1), "unnamed/x");

        assertThat(tally.needs().otherNames()).isEmpty();
    }

    /** What lies in no folder is no place of one kind of files. */
    @Test
    void suspectsNothingOutsideOfFolders() {
        tally.unmet(reference("a"));
        tally.unneeded(object("b", 1), "b");

        assertThat(tally.needs().otherNames()).isEmpty();
    }

    @Test
    void tellsAThousandFoldersApartAndNoMore() {
        IntStream.range(0, 1_500).forEach(i -> {
            tally.unmet(reference("f%04d/a".formatted(i)));
            tally.unneeded(object("f%04d/b".formatted(i), 1), "f%04d/b".formatted(i));
        });

        MediaNeeds needs = tally.needs();

        assertThat(needs.otherNames()).hasSize(1_000).startsWith("f0000/").endsWith("f0999/");
        assertThat(needs.missing()).isEqualTo(1_500);
        assertThat(needs.unneeded().objects()).isEqualTo(1_500);
    }

    @Test
    void namesTheFirstTwentyObjectsWhoeverComesFirst() {
        IntStream.range(0, 30).map(i -> 29 - i).forEach(i -> {
            String key = "k%02d".formatted(i);
            tally.unneeded(object(key, 1), key);
        });

        assertThat(tally.needs().unneeded().samples())
                .hasSize(20)
                .startsWith("k00")
                .endsWith("k19");
    }

    @Test
    void takesOverTheFilesOfAnotherAndNotItsObjects() {
        NeedsTally other = new NeedsTally();
        other.met(reference("renditions/a"));
        other.unmet(reference("renditions/b"));
        other.unneeded(object("renditions/c", 9), "renditions/c");
        tally.met(reference("a"));

        tally.addFiles(other);

        assertThat(tally.needs())
                .isEqualTo(
                        new MediaNeeds(3, 1, List.of(reference("renditions/b")), new Part(0, 0, List.of()), List.of()));
    }

    private static MediaReference reference(String key) {
        return new MediaReference(key, "t.c", 1);
    }

    private static MediaObject object(String key, long sizeBytes) {
        return new MediaObject(key, sizeBytes, "", FakeStore.TIME);
    }
}
