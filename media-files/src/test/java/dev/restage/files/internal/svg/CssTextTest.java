package dev.restage.files.internal.svg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.files.internal.file.FakeWithin;
import dev.restage.files.internal.file.UncleanException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CssTextTest {

    private static final String UNCLEAN = uri("file: a picture made by Okafor");
    private static final String CLEAN = uri("file: a picture made by nobody");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a { fill: red }",
                "a::before { content: \"/* no comment */\" }",
                "a { background: url(images/a.png) }",
                "a { background: URL( \"a.png\" ) }",
                "@import 'other.css';",
                ".a\\:b { }",
                "a { content: 'it\\'s' }",
                "a { content: \"open",
                "a { background: url(open",
                "a { b: c\\",
            })
    void whatNeedsNoCleaningStaysAsItIsWritten(String css) throws Exception {
        assertThat(clean(css)).isEqualTo(css);
    }

    @ParameterizedTest
    @CsvSource({
        "a/* by Okafor */b, a/**/b",
        "'/* one */x/* two */', '/**/x/**/'",
        "/* by Okafor, '/**/'",
    })
    void commentsLeaveAnEmptyOne(String css, String cleaned) throws Exception {
        assertThat(clean(css)).isEqualTo(cleaned);
    }

    @Test
    void cleansPicturesHoweverTheyAreWritten() throws Exception {
        String cleaned = "url(\"%s\")".formatted(CLEAN);

        assertThat(clean("a { b: url(%s) }".formatted(UNCLEAN))).isEqualTo("a { b: %s }".formatted(cleaned));
        assertThat(clean("a { b: UrL(  %s  ) }".formatted(UNCLEAN))).isEqualTo("a { b: %s }".formatted(cleaned));
        assertThat(clean("a { b: u\\72l(%s) }".formatted(UNCLEAN))).isEqualTo("a { b: %s }".formatted(cleaned));
        assertThat(clean("a { b: url('%s') }".formatted(UNCLEAN))).isEqualTo("a { b: %s }".formatted(cleaned));
        assertThat(clean("@import \"%s\";".formatted(UNCLEAN))).isEqualTo("@import \"%s\";".formatted(CLEAN));
    }

    @Test
    void readsEscapesInAnAddress() throws Exception {
        assertThat(clean("a { b: url(%s) }".formatted(UNCLEAN.replace("data:", "\\64 ata\\:"))))
                .isEqualTo("a { b: url(\"%s\") }".formatted(CLEAN));
    }

    @Test
    void ofAPathOnAMachineTheFileStays() throws Exception {
        assertThat(clean("a { b: url(\"file:///home/okafor/a.png\") }")).isEqualTo("a { b: url(\"a.png\") }");
    }

    @Test
    void aPictureThatCannotBeCleanedStopsIt() {
        assertThatThrownBy(() -> clean("a { b: url(%s) }".formatted(uri("broken: a picture by Okafor"))))
                .isInstanceOf(UncleanException.class)
                .hasMessage("is broken");
    }

    private static String clean(String css) throws UncleanException, IOException {
        return CssText.clean(css, new DataUris(new FakeWithin()));
    }

    private static String uri(String text) {
        return "data:image/png;base64,"
                + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
