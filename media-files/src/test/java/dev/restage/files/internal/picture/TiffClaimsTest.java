package dev.restage.files.internal.picture;

import static dev.restage.files.Pieces.bytes;
import static dev.restage.files.Pieces.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.files.internal.file.UncleanException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TiffClaimsTest {

    private static final int LONG = 4;
    private static final int STRIPS = 273;
    private static final int STRIP_BYTES = 279;
    private static final int OLD_JPEG_TABLES = 519;
    private static final int SUB_PAGES = 330;

    @Test
    void aFileWhosePartsAreAllClaimedLeavesNothing() throws UncleanException {
        assertThat(TiffClaims.of(join(page(0, STRIPS, 38, STRIP_BYTES, 4), bytes("pixl")))
                        .leaveSomething())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"MM", "II"})
    void whatNoPartClaimsIsLeft(String order) throws UncleanException {
        byte[] page = page(order, 0, STRIPS, 38, STRIP_BYTES, 4);

        assertThat(TiffClaims.of(join(page, bytes("pixlby Okafor"))).leaveSomething())
                .isTrue();
    }

    /** Programs align parts with them. */
    @Test
    void zerosAreNothing() throws UncleanException {
        assertThat(TiffClaims.of(join(page(0, STRIPS, 38, STRIP_BYTES, 4), bytes("pixl"), new byte[7]))
                        .leaveSomething())
                .isFalse();
    }

    /** The tables of the older way to hold a JPEG lie somewhere, and nothing says how long they are. */
    @Test
    void whereAPartTellsNoLengthNothingIsTakenForLeft() throws UncleanException {
        assertThat(TiffClaims.of(join(page(0, OLD_JPEG_TABLES, 38, STRIP_BYTES, 4), bytes("tables")))
                        .leaveSomething())
                .isFalse();
    }

    @Test
    void pagesWithinAPageAreLookedAtToo() throws UncleanException {
        byte[] first = page(0, SUB_PAGES, 38, 256, 1);
        byte[] second = page(0, STRIPS, 68, STRIP_BYTES, 4);
        byte[] within = Arrays.copyOfRange(second, 8, second.length);

        assertThat(TiffClaims.of(join(first, within, bytes("pixl"))).leaveSomething())
                .isFalse();
        assertThat(TiffClaims.of(join(first, within, bytes("pixlOkafor"))).leaveSomething())
                .isTrue();
    }

    @Test
    void directoriesThatLeadBackToThemselvesAreRefused() {
        assertThatThrownBy(() -> TiffClaims.of(page(8, 256, 1, 257, 1)))
                .isInstanceOf(UncleanException.class)
                .hasMessage("is a broken TIFF: its directories lead back to themselves");
    }

    @ParameterizedTest
    @ValueSource(ints = {39, 1_000_000, Integer.MAX_VALUE, -1})
    void aDirectoryBeyondTheEndIsRefused(int next) {
        assertThatThrownBy(() -> TiffClaims.of(page(next, 256, 1, 257, 1)))
                .isInstanceOf(UncleanException.class)
                .hasMessage("is a broken TIFF: a directory goes beyond its end");
    }

    @Test
    void aPartThatClaimsFarMoreThanThereIsIsRefused() {
        assertThatThrownBy(() -> TiffClaims.of(page(0, STRIPS, 38, STRIP_BYTES, 100_000_000)))
                .isInstanceOf(UncleanException.class)
                .hasMessage("is a TIFF whose parts claim the same bytes many times");
    }

    @Test
    void aPartThatClaimsALittleMoreIsLeftToTheLibrary() throws UncleanException {
        assertThat(TiffClaims.of(join(page(0, STRIPS, 38, STRIP_BYTES, 400), bytes("pixl")))
                        .leaveSomething())
                .isFalse();
    }

    private static byte[] page(int next, int tag, int value, int otherTag, int otherValue) {
        return page("MM", next, tag, value, otherTag, otherValue);
    }

    /** A head and one directory of two numbers: 38 bytes. */
    private static byte[] page(String order, int next, int tag, int value, int otherTag, int otherValue) {
        return ByteBuffer.allocate(38)
                .order(order.equals("MM") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN)
                .put(bytes(order))
                .putShort((short) 42)
                .putInt(8)
                .putShort((short) 2)
                .putShort((short) tag)
                .putShort((short) LONG)
                .putInt(1)
                .putInt(value)
                .putShort((short) otherTag)
                .putShort((short) LONG)
                .putInt(1)
                .putInt(otherValue)
                .putInt(next)
                .array();
    }
}
