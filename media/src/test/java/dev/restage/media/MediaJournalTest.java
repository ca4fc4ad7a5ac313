package dev.restage.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.provider.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MediaJournalTest {

    private final FakeStore source = new FakeStore("source");
    private final FakeStore target = new FakeStore("target");

    @TempDir
    private Path folder;

    /** As a bucket under KMS does: equal content has an ETag of its own in each place. */
    private void giveTargetItsOwnEtags() {
        target.etagMark = "kms";
    }

    @Test
    void knowsWhatWasCopiedUnderAnotherEtag() {
        giveTargetItsOwnEtags();
        source.with("a", "1").with("b", "2");

        assertThat(run()).isEqualTo(2);
        assertThat(run()).isZero();

        target.with("a", "x");
        source.with("b", "y");
        assertThat(run()).isEqualTo(2);
        assertThat(target.contents()).containsEntry("a", "1").containsEntry("b", "y");
    }

    @Test
    void copiesAgainWithoutAJournal() {
        giveTargetItsOwnEtags();
        source.with("a", "1");

        MediaSync sync = MediaSync.between(source, target, MediaSyncOptions.standard());

        assertThat(sync.run(Progress.NONE).copiedObjects()).isEqualTo(1);
        assertThat(sync.run(Progress.NONE).copiedObjects()).isEqualTo(1);
    }

    @Test
    void asksForChecksumsOnceWhereEtagsSayNothing() {
        source.checksums = true;
        target.checksums = true;
        source.etagMark = "parts";
        source.with("a", "1").with("b", "2").with("c", "33");
        target.with("a", "1").with("b", "x").with("c", "3");

        assertThat(run()).isEqualTo(2);
        assertThat(source.checksumsAsked).hasValue(2);

        assertThat(run()).isZero();
        assertThat(source.checksumsAsked).hasValue(2);
    }

    @Test
    void beginsAnewWhenItsFileIsBroken() throws IOException {
        giveTargetItsOwnEtags();
        source.with("a", "1");
        run();
        Path file = onlyFile();
        Files.write(file, List.of("no journal"));

        assertThat(run()).isEqualTo(1);
        assertThat(run()).isZero();
    }

    @Test
    void remembersNothingWhileAnotherRunHoldsIt() {
        try (MediaJournal first = MediaJournal.open(folder, source.identity(), target.identity())) {
            first.copied("a", "1", "2");
            assertThat(first.holds("a", "1", "2")).isTrue();

            try (MediaJournal second = MediaJournal.open(folder, source.identity(), target.identity())) {
                assertThat(second).isSameAs(MediaJournal.NONE);
                second.copied("b", "1", "2");
                assertThat(second.holds("b", "1", "2")).isFalse();
            }
        }
    }

    @Test
    void doesNotWriteNamesOfFilesDown() throws IOException {
        giveTargetItsOwnEtags();
        source.with("documents/cv-ines-okafor.pdf", "1");
        run();

        assertThat(new String(Files.readAllBytes(onlyFile()), StandardCharsets.ISO_8859_1))
                .doesNotContain("okafor");
    }

    private Path onlyFile() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findFirst().orElseThrow();
        }
    }

    private long run() {
        try (MediaJournal journal = MediaJournal.open(folder, source.identity(), target.identity())) {
            return MediaSync.between(source, target, MediaSyncOptions.standard())
                    .journal(journal)
                    .run(Progress.NONE)
                    .copiedObjects();
        }
    }
}
