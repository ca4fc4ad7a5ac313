package dev.restage.media.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyEscapeTest {

    private static final List<String> PARTS = List.of(
            "%",
            "%%",
            "4",
            "1",
            "41",
            "%41",
            "%4",
            ".",
            "..",
            " ",
            "a",
            "A",
            "é",
            "e\u0301",
            "\uD83D\uDE00",
            "\0",
            "\n",
            ":",
            "\\",
            "?",
            "con",
            "NUL",
            ".restage-",
            ".RESTAGE-",
            "lock",
            "%2E",
            "%2e",
            "\u017F",
            "K\u212A");

    @ParameterizedTest
    @CsvSource({
        "'',%",
        ".,%2E",
        "..,%2E%2E",
        "%,%25",
        "100%,100%",
        "%41,%2541",
        "%4g,%4g",
        ".restage-lock,%2Erestage-lock",
        ".Re\u017Ftage-lock,%2ERe\u017Ftage-lock",
        "a:b?,a:b?"
    })
    void keepsSafeNamesAndEscapesOthers(String segment, String name) {
        assertThat(new KeyEscape(false).escape(segment)).isEqualTo(name);
        assertThat(new KeyEscape(false).unescape(name)).isEqualTo(segment);
    }

    @ParameterizedTest
    @CsvSource({
        "a:b?,a%3Ab%3F",
        "a.,a%2E",
        "'a ',a%20",
        "con,%63on",
        "NUL.txt,%4EUL.txt",
        "com\u00B9,%63om\u00B9",
        "a\\b,a%5Cb"
    })
    void escapesWhatWindowsCannotHave(String segment, String name) {
        assertThat(new KeyEscape(true).isSafe(segment)).isFalse();
        assertThat(new KeyEscape(true).escape(segment)).isEqualTo(name);
        assertThat(new KeyEscape(true).unescape(name)).isEqualTo(segment);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void makesSafeNamesThatCanBeReadAgain(boolean windows) {
        KeyEscape escape = new KeyEscape(windows);
        Random random = new Random(7);
        Map<String, String> segments = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            StringBuilder segment = new StringBuilder();
            for (int parts = random.nextInt(5); parts > 0; parts--) {
                segment.append(PARTS.get(random.nextInt(PARTS.size())));
            }
            String name = escape.escape(segment.toString());

            assertThat(escape.unescape(name)).isEqualTo(segment.toString());
            assertThat(escape.isSafe(name)).as(name).isTrue();
            assertThat(segments.merge(name, segment.toString(), (one, other) -> other))
                    .isEqualTo(segment.toString());
        }
    }

    @Test
    void readsNothingElseAsAnEscape() {
        KeyEscape escape = new KeyEscape(false);
        for (String name : List.of("%41", "%FF", "%2541%00a%41")) {
            assertThat(escape.escape(escape.unescape(name))).isNotEqualTo(name);
        }
    }
}
