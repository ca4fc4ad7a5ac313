package dev.restage.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnsTest {

    @ParameterizedTest
    @CsvSource({
        "abc, 3",
        "'', 0",
        "über, 4",
        "u\u0308ber, 4",
        "日本, 4",
        "한국, 4",
        "ａ, 2",
        "a日b, 4",
        "\uD83D\uDE00, 2",
        "\uD840\uDC00, 2"
    })
    void measuresWhatATerminalShows(String text, int width) {
        assertThat(Columns.width(text)).isEqualTo(width);
    }

    @ParameterizedTest
    @CsvSource({
        "abcdef, 6, abcdef",
        "abcdef, 5, ab...",
        "abcdef, 3, ...",
        "abcdef, 2, ''",
        "abc, 3, abc",
        "'ab cdef', 6, ab...",
        "日本語日本語, 7, 日本...",
        "日本語日本語, 8, 日本...",
        "\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00, 5, \uD83D\uDE00..."
    })
    void cutsWhatDoesNotFitAndNeverThroughACharacter(String text, int columns, String expected) {
        String fitted = Columns.fit(text, columns, "...");

        assertThat(fitted).isEqualTo(expected);
        assertThat(Columns.width(fitted)).isLessThanOrEqualTo(columns);
    }

    @Test
    void padsByWhatIsShown() {
        assertThat(Columns.pad("ab", 4)).isEqualTo("ab  ");
        assertThat(Columns.pad("日本", 5)).isEqualTo("日本 ");
        assertThat(Columns.pad("abcdef", 4)).isEqualTo("abcdef");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u001b[2Jgone",
                "bell\u0007",
                "back\b\b",
                "null\0",
                "right\u202eto left",
                "zero\u200bwidth",
                "\u009b31m"
            })
    void takesOutWhatMovesTheCursorOrHides(String text) {
        assertThat(Columns.clean(text)).doesNotContainPattern("[\\p{Cc}\\p{Cf}]");
    }

    @Test
    void makesOneLine() {
        assertThat(Columns.clean("  two\r\nlines\tand   blanks \n")).isEqualTo("two lines and blanks");
        assertThat(Columns.clean("   ")).isEmpty();
    }
}
