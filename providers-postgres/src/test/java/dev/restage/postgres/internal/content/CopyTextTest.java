package dev.restage.postgres.internal.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CopyTextTest {

    @Test
    void everyCharacterThatTextCanHoldComesBack() {
        String all = IntStream.rangeClosed(1, 0x2fff)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .appendCodePoint(0x1f600)
                .toString();

        byte[] encoded = CopyText.encoded(all);

        assertThat(encoded).doesNotContain('\t', '\n', '\r');
        assertThat(decoded(encoded)).isEqualTo(all);
    }

    @Test
    void everyByteIsReadFromItsOctalAndItsHexEscape() {
        for (int b = 1; b < 0x80; b++) {
            String expected = "a" + (char) b + "z";
            assertThat(decoded("a\\%03oz".formatted(b))).isEqualTo(expected);
            assertThat(decoded("a\\x%02xz".formatted(b))).isEqualTo(expected);
            assertThat(decoded("a\\x%02Xz".formatted(b))).isEqualTo(expected);
        }
        for (int b = 0x80; b <= 0x7ff; b++) {
            byte[] utf8 = Character.toString(b).getBytes(StandardCharsets.UTF_8);
            assertThat(decoded("\\%o\\x%x".formatted(utf8[0] & 0xff, utf8[1] & 0xff)))
                    .isEqualTo(Character.toString(b));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "\\b\\f\\n\\r\\t\\v, 8 12 10 13 9 11",
        "\\\\N, 92 78",
        "\\\\x41, 92 120 52 49",
        "\\q\\., 113 46",
        "\\x, 120",
        "\\xg, 120 103",
        "\\x4g, 4 103",
        "\\x414, 65 52",
        "\\1011, 65 49",
        "\\18, 1 56",
        "\\8, 56",
        "a\\, 97 92"
    })
    void escapesMeanWhatTheyMeanToTheServer(String written, String codes) {
        assertThat(decoded(written)
                        .chars()
                        .mapToObj(Integer::toString)
                        .reduce((a, b) -> a + " " + b)
                        .orElseThrow())
                .isEqualTo(codes);
    }

    @Test
    void valueWithoutEscapesIsWrittenAsItIs() {
        assertThat(CopyText.encoded("Zoë 😀")).isEqualTo("Zoë 😀".getBytes(StandardCharsets.UTF_8));
        assertThat(CopyText.encoded("\\N")).isEqualTo("\\\\N".getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(String written) {
        return decoded(written.getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(byte[] written) {
        byte[] row = new byte[written.length + 2];
        System.arraycopy(written, 0, row, 1, written.length);
        return new CopyText().decoded(row, 1, written.length + 1);
    }
}
