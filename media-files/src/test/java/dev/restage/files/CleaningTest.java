package dev.restage.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.provider.media.FileRules;
import dev.restage.provider.media.Filtered;
import dev.restage.provider.media.Filtered.Outcome;
import dev.restage.provider.media.MediaFilter;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every format that is cleaned. */
class CleaningTest {

    private final MediaFilter filter = new LibraryCleaner().filter(FileRules.STANDARD, Set.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "photo.jpg", "progressive.jpg", "cmyk.jpg", "photo.png", "photo.webp", "lossy.webp", "photo.tiff",
                "pages.tiff", "drawing.svg", "report.pdf", "restricted.pdf", "letter.docx", "figures.xlsx", "talk.pptx",
                "report.odt", "figures.xls"
            })
    void nothingNamesThePersonAfterwards(String sample) {
        byte[] original = Samples.read(sample);
        assertThat(Samples.names(original) || sample.equals("restricted.pdf"))
                .as("the sample names the person")
                .isTrue();

        try (Filtered filtered = Samples.apply(filter, "documents/" + sample, original)) {
            assertThat(filtered.outcome()).as(filtered.why()).isEqualTo(Outcome.CLEANED);
            assertThat(Samples.names(Samples.content(filtered))).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "photo.jpg", "progressive.jpg", "cmyk.jpg", "photo.png", "photo.webp", "lossy.webp", "photo.tiff",
                "pages.tiff", "drawing.svg", "letter.docx", "figures.xlsx", "talk.pptx", "report.odt", "figures.xls"
            })
    void whatWasCleanedIsClean(String sample) {
        byte[] cleaned;
        try (Filtered filtered = Samples.apply(filter, sample, Samples.read(sample))) {
            cleaned = Samples.content(filtered);
        }

        try (Filtered again = Samples.apply(filter, sample, cleaned)) {
            assertThat(again.outcome()).isEqualTo(Outcome.CLEAN);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"photo.jpg", "photo.tiff", "report.pdf", "letter.docx", "report.odt", "figures.xls"})
    void theSameFileGivesTheSameBytes(String sample) {
        try (Filtered first = Samples.apply(filter, sample, Samples.read(sample));
                Filtered second = Samples.apply(filter, sample, Samples.read(sample))) {
            assertThat(Samples.content(first)).isEqualTo(Samples.content(second));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain.jpg", "plain.png", "plain.webp", "plain.tiff"})
    void aFileWithNothingToRemoveMayBeCopiedAsItIs(String sample) {
        try (Filtered filtered = Samples.apply(filter, sample, Samples.read(sample))) {
            assertThat(filtered.outcome()).isEqualTo(Outcome.CLEAN);
            assertThat(filtered.content()).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"photo.jpg", "report.pdf", "letter.docx", "figures.xls", "photo.webp"})
    void aFileIsKnownByItsContentWhateverItsName(String sample) {
        try (Filtered filtered = Samples.apply(filter, "upload.dat", Samples.read(sample))) {
            assertThat(filtered.outcome()).as(filtered.why()).isEqualTo(Outcome.CLEANED);
            assertThat(Samples.names(Samples.content(filtered))).isFalse();
        }
    }
}
