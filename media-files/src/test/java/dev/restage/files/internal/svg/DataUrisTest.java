package dev.restage.files.internal.svg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.files.internal.file.FakeWithin;
import dev.restage.files.internal.file.UncleanException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataUrisTest {

    private static final String BY_OKAFOR = "file: a picture made by Okafor";
    private static final String CLEAN = "data:image/png;base64," + packed("file: a picture made by nobody");

    private final FakeWithin within = new FakeWithin();
    private final DataUris uris = new DataUris(within);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a.png",
                "#part",
                "https://example.org/a.png",
                "data:",
                "data:image/png;base64,AAAA",
                "data:text/plain,a%20text%20that%20is%20long%20enough",
                "data:image/png;base64,AAAA#xywh=0,0,5,5",
            })
    void whatNeedsNoCleaningStaysAsItIsWritten(String uri) throws Exception {
        assertThat(uris.clean(uri)).isEqualTo(uri);
    }

    @Test
    void cleansAPictureInEverySpelling() throws Exception {
        String packed = packed(BY_OKAFOR);

        assertThat(uris.clean("data:image/png;base64," + packed)).isEqualTo(CLEAN);
        assertThat(uris.clean(" \n DATA:image/PNG;BASE64," + packed)).isEqualTo(CLEAN);
        assertThat(uris.clean("da\tta:image/png;base64," + packed.substring(0, 8) + "\n" + packed.substring(8)))
                .isEqualTo(CLEAN);
        assertThat(uris.clean("data:image/png; base64," + packed)).isEqualTo(CLEAN);
        assertThat(uris.clean("data:image/png," + BY_OKAFOR.replace(" ", "%20")))
                .isEqualTo(CLEAN);
    }

    @Test
    void keepsTheCharsetAndNothingElseOfItsHead() throws Exception {
        assertThat(uris.clean(
                        "data:text/plain;charset=utf-8;name=okafor.txt;base64," + packed("file: without a name in it")))
                .isEqualTo("data:text/plain;charset=utf-8;base64," + packed("file: without a name in it"));
    }

    @Test
    void keepsAFragmentThatShowsAPartAndNoOther() throws Exception {
        String uri = "data:image/png;base64," + packed(BY_OKAFOR);

        assertThat(uris.clean(uri + "#icon-1")).isEqualTo(CLEAN + "#icon-1");
        assertThat(uris.clean(uri + "#xywh=percent:1,2,3,4")).isEqualTo(CLEAN + "#xywh=percent:1,2,3,4");
        assertThat(uris.clean(uri + "#by Ines Okafor")).isEqualTo(CLEAN);
    }

    @Test
    void cleansStyleSheetsWithPicturesInThem() throws Exception {
        String css = "a { b: url(data:image/png;base64,%s) } /* by Okafor */".formatted(packed(BY_OKAFOR));

        String cleaned = uris.clean("data:text/css;base64," + packed(css));

        assertThat(new String(
                        Base64.getDecoder().decode(cleaned.substring(cleaned.indexOf(',') + 1)),
                        StandardCharsets.UTF_8))
                .isEqualTo("a { b: url(\"%s\") } /**/".formatted(CLEAN));
    }

    @Test
    void styleSheetsWithinEachOtherWithoutAnEndAreRefused() {
        String css = "a { }";
        for (int depth = 0; depth < 6; depth++) {
            css = "@import \"data:text/css;base64,%s\";".formatted(packed(css));
        }
        String deepest = "data:text/css;base64," + packed(css);

        assertThatThrownBy(() -> uris.clean(deepest))
                .isInstanceOf(UncleanException.class)
                .hasMessage("has pictures within pictures within pictures");
    }

    @Test
    void aPictureThatCannotBeUnpackedIsRefused() {
        assertThatThrownBy(() -> uris.clean("data:image/png;base64,A"))
                .isInstanceOf(UncleanException.class)
                .hasMessage("has a picture in it that cannot be read");
    }

    @Test
    void cleansEachPictureOfASet() throws Exception {
        String uri = "data:image/png;base64," + packed(BY_OKAFOR);

        assertThat(uris.cleanSet("a.png 1x, %s 2x,file:///home/okafor/b.png 3x".formatted(uri)))
                .isEqualTo("a.png 1x, %s 2x,b.png 3x".formatted(CLEAN));
        assertThat(uris.cleanSet("")).isEmpty();
        assertThat(uris.cleanSet(" , a.png, b.png ")).isEqualTo(" , a.png, b.png ");
    }

    @Test
    void cleansWhatStandsInATextOfAnotherKind() throws Exception {
        assertThat(uris.cleanWithin("x = \"data:image/png;base64,%s\"; y = 1".formatted(packed(BY_OKAFOR))))
                .isEqualTo("x = \"%s\"; y = 1".formatted(CLEAN));
        assertThat(uris.cleanWithin("no data: at all")).isEqualTo("no data: at all");
    }

    @Test
    void cleansPicturesOfWhichAScriptMakesAddresses() throws Exception {
        String large = BY_OKAFOR + " ".repeat(100);

        assertThat(uris.cleanScript("show('%s')".formatted(packed(large))))
                .isEqualTo("show('%s')".formatted(packed(large.replace("Okafor", "nobody"))));
        String other = "show('%s')".formatted(packed("no picture" + " ".repeat(100)));
        assertThat(uris.cleanScript(other)).isEqualTo(other);
        assertThat(within.seen).hasSize(1);
    }

    private static String packed(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
