package dev.restage.files;

import static dev.restage.files.Pieces.TEXT;
import static dev.restage.files.Pieces.bytes;
import static dev.restage.files.Pieces.insert;
import static dev.restage.files.Pieces.join;
import static dev.restage.files.Pieces.segment;
import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.provider.media.FileRules;
import dev.restage.provider.media.Filtered;
import dev.restage.provider.media.Filtered.Outcome;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the parts of a TIFF claim, and what they are. */
class TiffTest {

    private static final int FIELDS = 10;
    private static final int PAGE_BYTES = 2 + FIELDS * 12 + 4;

    @Test
    void pagesThatShareTheirPixelsWithManyOthersAreRefused() {
        byte[] pixels = new byte[1 << 20];

        assertThat(apply(tiff(pixels, 1, 1, false)).outcome()).isNotEqualTo(Outcome.REFUSED);
        assertThat(apply(tiff(pixels, 100, 1, false)).why())
                .isEqualTo("is a TIFF whose parts claim the same bytes many times");
    }

    @Test
    void aFieldThatClaimsMoreThanTheFileHasIsRefused() {
        byte[] file = tiff(new byte[1], 1, 1, false);
        ByteBuffer.wrap(file).putInt(8 + 2 + 9 * 12 + 4, Integer.MAX_VALUE);

        assertThat(apply(file).why()).isEqualTo("is a TIFF whose parts claim the same bytes many times");
    }

    @Test
    void pagesThatGoRoundInACircleAreRefused() {
        assertThat(apply(tiff(new byte[1], 3, 1, true)).why())
                .isEqualTo("is a broken TIFF: its directories lead back to themselves");
    }

    @Test
    void aJpegWithinItIsCleanedAsAJpeg() {
        byte[] plain = Samples.read("plain.jpg");
        byte[] photo = insert(plain, 2, segment(0xFE, TEXT), segment(0xE1, bytes("Exif\0\0"), TEXT));

        try (Filtered filtered = apply(tiff(photo, 1, 7, false))) {
            assertThat(filtered.outcome()).as(filtered.why()).isEqualTo(Outcome.CLEANED);
            byte[] cleaned = Samples.content(filtered);
            assertThat(Samples.names(cleaned)).isFalse();
            assertThat(new String(cleaned, StandardCharsets.ISO_8859_1))
                    .contains(new String(plain, StandardCharsets.ISO_8859_1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain.tiff", "photo.tiff", "pages.tiff"})
    void aTextBehindTheLastPartGoes(String sample) {
        byte[] plain = cleanedOrPlain(Samples.read(sample));

        try (Filtered filtered = apply(join(plain, TEXT))) {
            assertThat(filtered.outcome()).as(filtered.why()).isEqualTo(Outcome.CLEANED);
            assertThat(Samples.names(Samples.content(filtered))).isFalse();
        }
    }

    /** The first directory is moved behind everything, and a text takes its place. */
    @Test
    void aTextBetweenPartsGoes() {
        byte[] file = tiff(new byte[1], 1, 1, false);
        ByteBuffer moved = ByteBuffer.wrap(join(file, new byte[1], file));
        byte[] without = moved.array();
        int directory = file.length + 9;
        System.arraycopy(file, 8, without, directory, file.length - 8);
        Arrays.fill(without, 8, file.length - 1, (byte) 0);
        System.arraycopy(TEXT, 0, without, 20, TEXT.length);
        moved.putInt(4, directory);
        moved.putShort(directory, (short) 9);
        moved.putInt(directory + 2 + 9 * 12, 0);
        Arrays.fill(without, directory + 2 + 9 * 12 + 4, without.length, (byte) 0);

        try (Filtered filtered = apply(without)) {
            assertThat(filtered.outcome()).as(filtered.why()).isEqualTo(Outcome.CLEANED);
            assertThat(Samples.names(Samples.content(filtered))).isFalse();
        }
    }

    private static byte[] cleanedOrPlain(byte[] file) {
        try (Filtered filtered = apply(file)) {
            return filtered.content() == null ? file : Samples.content(filtered);
        }
    }

    private static Filtered apply(byte[] file) {
        return Samples.apply(new LibraryCleaner().filter(FileRules.STANDARD, Set.of()), "a.tiff", file);
    }

    /** Pages that all show the same pixels. */
    private static byte[] tiff(byte[] pixels, int pages, int compression, boolean round) {
        ByteBuffer file = ByteBuffer.allocate(8 + pages * PAGE_BYTES);
        file.put(bytes("MM")).putShort((short) 42).putInt(8);
        for (int i = 0; i < pages; i++) {
            file.putShort((short) FIELDS);
            field(file, 256, 1);
            field(file, 257, 1);
            field(file, 258, 8);
            field(file, 259, compression);
            field(file, 262, 1);
            field(file, 273, file.limit());
            field(file, 277, 1);
            field(file, 278, 1);
            field(file, 279, pixels.length);
            file.putShort((short) 315).putShort((short) 2).putInt(4).put(bytes("Ok.\0"));
            file.putInt(i + 1 < pages ? file.position() + 4 : round ? 8 : 0);
        }
        return join(file.array(), pixels);
    }

    private static void field(ByteBuffer file, int tag, int value) {
        file.putShort((short) tag).putShort((short) 4).putInt(1).putInt(value);
    }
}
