package dev.restage.files.internal.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.files.internal.file.UncleanException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GifPixelsTest {

    /** Clear, one pixel, end: three codes of three bits each. */
    private static final int[] ONE_PIXEL = {0b01_000_100, 0b1};

    @Test
    void takesBytesUpToTheMarkOfTheEnd() throws UncleanException {
        GifPixels pixels = new GifPixels(2, 100);

        assertThat(pixels.takes(ONE_PIXEL[0])).isTrue();
        assertThat(pixels.takes(ONE_PIXEL[1])).isTrue();
        assertThat(pixels.takes('O')).isFalse();
        assertThat(pixels.takes('k')).isFalse();
    }

    @Test
    void takesNothingBehindTheLastPixel() throws UncleanException {
        GifPixels pixels = new GifPixels(2, 3);
        // Clear, and then the colour 0 again and again, without an end.
        assertThat(pixels.takes(0b00_000_100)).isTrue();
        int taken = 1;
        while (taken < 100 && pixels.takes(0)) {
            taken++;
        }

        assertThat(taken).isLessThan(6);
    }

    @Test
    void aCodeThatStandsForNothingYetEndsIt() throws UncleanException {
        GifPixels pixels = new GifPixels(2, 100);
        // Clear, and then the code 7, where 6 would be the next one that is made.
        assertThat(pixels.takes(0b00_111_100)).isTrue();

        assertThat(pixels.takes(0)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 12, 255})
    void refusesColoursThatNoGifHas(int bits) {
        assertThatThrownBy(() -> new GifPixels(bits, 1))
                .isInstanceOf(UncleanException.class)
                .hasMessage("is a broken GIF: its colours have %d bits", bits);
    }
}
