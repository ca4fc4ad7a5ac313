package dev.restage.media.internal.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlobTest {

    private static final List<String> PIECES =
            List.of("a", "b", ".", "/", "*", "**", "?", "[ab]", "[!a]", "[+-0]", "{a,b/a}", "{.,*b}", "\\*");
    private static final String LETTERS = "ab./*";

    @ParameterizedTest
    @CsvSource({
        "*.jpg, a.jpg, true",
        "*.jpg, a/b.jpg, false",
        "**.jpg, a/b.jpg, true",
        "images/**/a.jpg, images/x/y/a.jpg, true",
        "images/?.jpg, images/1.jpg, true",
        "images/?.jpg, images/12.jpg, false",
        "images/?.jpg, images//.jpg, false",
        "'{a,b/c}.pdf', b/c.pdf, true",
        "'{a,b/c}.pdf', c.pdf, false",
        "[a-c].txt, b.txt, true",
        "[!a-c].txt, b.txt, false",
        "[!a-c].txt, d.txt, true",
        "'\\*.txt', '*.txt', true",
        "'\\*.txt', 'a.txt', false",
        "a+(b).txt, a+(b).txt, true",
        "a^b$.txt, a^b$.txt, true",
    })
    void matchesPatternsAsJavaDoes(String pattern, String key, boolean matches) {
        assertThat(Glob.of(pattern).matches(key)).isEqualTo(matches);
    }

    @Test
    void matchesAnyCharacterOfAKey() {
        assertThat(Glob.of("a*z").matches("a\n\u0001\uD83D\uDE00z")).isTrue();
    }

    /** Random patterns on random paths, each as the JDK's own reader of such patterns has it. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void agreesWithTheJdk(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            String pattern = text(random, PIECES, 5);
            PathMatcher jdk = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
            for (int i = 0; i < 10; i++) {
                // A path has no empty names, as a key may.
                String key =
                        Path.of(text(random, List.of(LETTERS.split("")), 6)).toString();

                assertThat(Glob.of(pattern).matches(key))
                        .as("%s on %s", pattern, key)
                        .isEqualTo(jdk.matches(Path.of(key)));
            }
        }
    }

    private static String text(Random random, List<String> pieces, int most) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(most) + 1; i > 0; i--) {
            text.append(pieces.get(random.nextInt(pieces.size())));
        }
        return text.toString();
    }

    @ParameterizedTest
    @CsvSource({
        "documents/*.pdf, documents/",
        "images/2026/a.jpg, images/2026/a.jpg",
        "**.tmp, ''",
        "a[bc], a",
        "'a{b,c}', a",
        "'a\\*b', a",
    })
    void knowsWhatAllItsKeysBeginWith(String pattern, String beginning) {
        assertThat(Glob.of(pattern).beginning()).isEqualTo(beginning);
    }

    @Test
    void groupsMayLieWithinEachOther() {
        Glob glob = Glob.of("{a,b{c,d}}.txt");

        assertThat(List.of("a.txt", "bc.txt", "bd.txt")).allMatch(glob::matches);
        assertThat(List.of("b.txt", "c.txt", "abc.txt")).noneMatch(glob::matches);
    }

    @Test
    void aCommaOutsideOfAGroupIsAComma() {
        assertThat(Glob.of("a,b").matches("a,b")).isTrue();
        assertThat(Glob.of("a,b").matches("a")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "[a^b], ^, true",
        "[a^b], c, false",
        "[a&&b], &, true",
        "[a&&b], a, true",
        "[]a], ], true",
        "'[[]', [, true"
    })
    void takesSignsOfOtherLanguagesByTheLetter(String pattern, String key, boolean matches) {
        assertThat(Glob.of(pattern).matches(key)).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({"[.-0]", "[!a]", "?", "*"})
    void noSignForOneNameTakesASlash(String pattern) {
        assertThat(Glob.of("a" + pattern + "b").matches("a/b")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "'{a', a { has no }",
        "'a}', a } has no {",
        "'{a}}', a } has no {",
        "'[a', a [ has no ]",
        "'[]', a [ has no ]",
        "'a\\', it ends in a backslash",
        "'[z-a]', a range in [z-a] runs backwards or is empty",
        "'[!]', a range in [!] runs backwards or is empty",
    })
    void saysWhatIsWrongWithAPattern(String pattern, String why) {
        assertThatThrownBy(() -> Glob.of(pattern))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("glob:%s is no pattern: %s", pattern, why);
    }

    @Test
    void readsALongKeyInOneGo() {
        Glob glob = Glob.of("**a**a**a**b");

        assertThat(glob.matches("x/".repeat(50) + "a/a/a/b")).isTrue();
        assertThat(glob.matches("x/".repeat(50) + "a/a/a/c")).isFalse();
    }
}
