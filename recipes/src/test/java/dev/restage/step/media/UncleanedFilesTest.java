package dev.restage.step.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.media.FilterReport;
import dev.restage.media.MediaDifference.Part;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UncleanedFilesTest {

    private static final Part NONE = new Part(0, 0, List.of());

    private static Part part(String name, int objects, int samples) {
        return new Part(
                objects,
                0,
                IntStream.rangeClosed(1, samples).mapToObj(each -> name + each).toList());
    }

    private static FilterReport lying(Map<String, Part> uncleaned) {
        return new FilterReport(Map.of(), uncleaned, NONE, NONE);
    }

    @Test
    void hasNothingToSayOfNothing() {
        assertThat(UncleanedFiles.warnings(FilterReport.NONE)).isEmpty();
        assertThat(UncleanedFiles.names(FilterReport.NONE)).isEmpty();
    }

    @Test
    void namesEachFileAndCountsThoseBeyondTheSamples() {
        FilterReport report = lying(Map.of("mp4", part("film", 3, 2), "bmp", part("picture", 1, 1)));

        assertThat(UncleanedFiles.names(report).lines())
                .containsExactly("picture1", "film1", "film2", "and 1 more of the extension mp4");
    }

    @Test
    void warnsWithTheNumberOfEachExtensionAndSomeOfEach() {
        assertThat(UncleanedFiles.warnings(lying(Map.of("mp4", part("film", 3, 2), "bmp", part("picture", 1, 1)))))
                .containsExactly(
                        "4 objects lie at the target as they are at the source, wholly or in part, as they are of no"
                                + " kind that can be cleaned or was looked into: 1 bmp, 3 mp4; the first of each: picture1; film1;"
                                + " film2");
    }

    @Test
    void manyOfOneExtensionHideNoneOfTheOthers() {
        Map<String, Part> many = IntStream.range(0, 8)
                .boxed()
                .collect(Collectors.toMap(kind -> "e" + kind, kind -> part("f" + kind + "-", 500, 100)));

        assertThat(UncleanedFiles.warnings(lying(many)))
                .singleElement()
                .asString()
                .contains("f0-1; f0-2; f1-1", "f7-1; f7-2")
                .doesNotContain("f0-3");
    }

    @Test
    void warnsOfPlaceholdersAndOfWhatWasCopiedUncleanedBefore() {
        FilterReport report = new FilterReport(Map.of(), Map.of(), part("p", 25, 25), part("l", 2, 2));

        assertThat(UncleanedFiles.warnings(report))
                .satisfiesExactly(
                        first -> assertThat(first)
                                .startsWith("25 objects could not be cleaned and have placeholders: p1; p2")
                                .endsWith("p20; and more"),
                        second -> assertThat(second)
                                .isEqualTo(
                                        "2 objects could not be cleaned and were not copied, but the target has what was"
                                                + " copied there before, uncleaned: l1; l2; delete it there"));
    }
}
