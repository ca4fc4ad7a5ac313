package dev.restage.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.provider.media.FileRules;
import dev.restage.provider.media.Filtered;
import dev.restage.provider.media.Filtered.Outcome;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Drawings: pictures in them in all spellings, and the names that people give to their layers. */
class SvgTest {

    private static final String PHOTO = base64(Samples.read("photo.jpg"));
    private static final String INNER = "<svg xmlns='http://www.w3.org/2000/svg'><metadata>Okafor</metadata><g/></svg>";
    private static final Pattern PICTURE = Pattern.compile("base64,([A-Za-z0-9+/=]+)");

    static Stream<Arguments> pictures() {
        String photo = "data:image/jpeg;base64," + PHOTO;
        String encoded = URLEncoder.encode(INNER, StandardCharsets.UTF_8).replace("+", "%20");
        return Stream.of(
                Arguments.of("as before", "<image href='" + photo + "'/>"),
                Arguments.of("xlink", "<image xlink:href='" + photo + "'/>"),
                Arguments.of("a leading blank", "<image href=' " + photo + "'/>"),
                Arguments.of("blanks within", "<image href='da&#9;ta:image/jpeg;ba&#10;se64," + PHOTO + "'/>"),
                Arguments.of("capitals", "<image href='DATA:image/jpeg;BASE64," + PHOTO + "'/>"),
                Arguments.of("a blank before base64", "<image href='data:image/jpeg; base64," + PHOTO + "'/>"),
                Arguments.of("no type", "<image href='data:;base64," + PHOTO + "'/>"),
                Arguments.of(
                        "escaped base64", "<image href='data:image/jpeg;base64," + PHOTO.replace("/", "%2F") + "'/>"),
                Arguments.of(
                        "percent signs",
                        "<image href='data:image/jpeg,"
                                + URLEncoder.encode(latin(Samples.read("photo.jpg")), StandardCharsets.ISO_8859_1)
                                        .replace("+", "%20")
                                + "'/>"),
                Arguments.of("a drawing in it, encoded", "<image href='data:image/svg+xml," + encoded + "'/>"),
                Arguments.of(
                        "a drawing as it is",
                        "<image href=\"data:image/svg+xml," + INNER.replace("<", "&lt;") + "\"/>"),
                Arguments.of(
                        "a drawing in a drawing in it",
                        "<image href='data:image/svg+xml;base64,"
                                + base64(("<svg xmlns='http://www.w3.org/2000/svg'><image href='" + photo + "'/></svg>")
                                        .getBytes(StandardCharsets.UTF_8))
                                + "'/>"),
                Arguments.of("a page in it", html("<img src='" + photo + "'/>")),
                Arguments.of("sizes", html("<img srcset='a.jpg 1x," + photo + " 2x, b.jpg 3x'/>")),
                Arguments.of("an object in a page", html("<object data='" + photo + "'/>")),
                Arguments.of("a page in a page", html("<iframe srcdoc=\"&lt;img src='" + photo + "'>\"/>")),
                Arguments.of("a style sheet", "<style>rect{fill:url(" + photo + ")}</style>"),
                Arguments.of("a style sheet as it is", "<style><![CDATA[rect{fill:url('" + photo + "')}]]></style>"),
                Arguments.of("an import", "<style>@import \"data:text/css,a{b:url(" + photo + ")}\";</style>"),
                Arguments.of("a set of images", "<style>a{b:image-set('" + photo + "' 1x)}</style>"),
                Arguments.of("escapes", "<style>a{b:u\\72 l(\\64 ata:image/jpeg;base64," + PHOTO + ")}</style>"),
                Arguments.of("a style", "<rect style=\"fill:url( '" + photo + "' )\"/>"),
                Arguments.of("an attribute that is a style", "<rect cursor='url(" + photo + "), auto'/>"),
                Arguments.of("an animation", "<set attributeName='href' to='" + photo + "'/>"),
                Arguments.of("a script", "<script>show('" + photo + "')</script>"));
    }

    private static String html(String content) {
        return "<foreignObject><body xmlns='http://www.w3.org/1999/xhtml'>" + content + "</body></foreignObject>";
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pictures")
    void aPictureIsCleanedHoweverItIsWritten(String spelling, String content) {
        String cleaned = cleaned(content);

        assertThat(namesSomebody(cleaned)).as(cleaned).isFalse();
        assertThat(cleaned).contains("base64,");
    }

    @Test
    void whatStaysOfAPictureIsTheCleanedPicture() {
        String plain = base64(content("photo.jpg", Samples.read("photo.jpg")));

        assertThat(cleaned("<rect style='fill:url( data:image/jpeg;base64," + PHOTO + " )'/>"))
                .contains("fill:url(&quot;data:image/jpeg;base64," + plain + "&quot;)");
        assertThat(cleaned(html("<img srcset='a.jpg 1x, data:image/jpeg;base64," + PHOTO + " 2x, b.jpg 3x'/>")))
                .contains("a.jpg 1x, data:image/jpeg;base64," + plain + " 2x, b.jpg 3x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<g data-name='Ines Okafor'><rect/></g>",
                "<g id='Okafor'><rect/></g>",
                "<path id='portrait-of-okafor' d='M0 0h9v9z'/>",
                "<g id='Okafor'/><use href='#Okafor'/>",
                "<g id='Okafor' data-name='Okafor 2'/><use xlink:href='#Okafor'/><rect clip-path='url(#Okafor)'/>",
                "<g inkscape:label='Okafor' xmlns:inkscape='http://www.inkscape.org/namespaces/inkscape'/>",
                "<g serif:id='Okafor' xmlns:serif='http://www.serif.com/'/>",
                "<style>/* by Okafor */ a{}</style>",
                "<style>/* by Okafor */ a{}</style><g id='Okafor'/><use href='#Okafor'/>",
                "<image href='data:image/png;name=okafor.png;base64,iVBORw=='/>",
                "<foreignObject><meta xmlns='http://www.w3.org/1999/xhtml' name='author' content='Okafor'/></foreignObject>"
            })
    void whatPeopleCallTheirLayersGoes(String content) {
        assertThat(cleaned(content).toLowerCase(Locale.ROOT)).doesNotContain(Samples.NAME);
    }

    @ParameterizedTest
    @CsvSource({
        "<g id='Okafor'/><use href='#Okafor'/>, href=\"#id-1\"",
        "<g id='Okafor'/><rect fill='url(#Okafor)'/>, fill=\"url(#id-1)\"",
        "<g id='Okaför'/><use href='#Okaf%C3%B6r'/>, href=\"#id-1\""
    })
    void whatRefersToALayerStillFindsIt(String content, String reference) {
        assertThat(cleaned(content)).contains("id=\"id-1\"", reference);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<symbol id='Okafor'><rect/></symbol><g id='home'/>",
                "<view id='part' viewBox='0 0 1 1'/><g id='home'/>",
                "<style>g:target{display:inline}</style><g id='home'/>",
                "<style>#home{fill:red}</style><g id='home'/>",
                "<style>[id='home']{fill:red}</style><g id='home'/>",
                "<style>#\\68 ome{fill:red}</style><g id='home'/>",
                "<script>document.getElementById('home')</script><g id='home'/>",
                "<g aria-labelledby='home'/><text id='home'>a</text>",
                "<set begin='home.click'/><g id='home'/>",
                "<defs><g id='home'/></defs>",
                "<linearGradient id='home'/><rect fill='url(#home)'/>",
                "<g id='layer1'/><path id='path2'/><g id='Layer_1'/>"
            })
    void anIdentifierStaysThatSomethingElseMayReferTo(String content) {
        try (Filtered filtered = apply(svg(content).getBytes(StandardCharsets.UTF_8))) {
            assertThat(filtered.outcome()).isEqualTo(Outcome.CLEAN);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ISO-8859-1", "UTF-16", "UTF-8", "windows-1252"})
    void aDrawingMayBeWrittenInAnyEncoding(String encoding) {
        String drawing = "<?xml version='1.0' encoding='" + encoding + "'?>"
                + svg("<metadata>Okafor</metadata><text>Größe</text>");

        assertThat(new String(content("a.svg", drawing.getBytes(Charset.forName(encoding))), StandardCharsets.UTF_8))
                .contains("<text>Größe</text>", "encoding=\"UTF-8\"")
                .doesNotContain("Okafor");
    }

    @Test
    void aFormulaStays() {
        assertThat(
                        cleaned(
                                "<metadata/><foreignObject><math xmlns='http://www.w3.org/1998/Math/MathML'><mi>x</mi></math></foreignObject>"))
                .contains("<mi>x</mi>");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 8})
    void picturesWithinPicturesWithoutAnEndAreRefused(int depth) {
        String drawing = svg("<metadata/>");
        for (int i = 0; i < depth; i++) {
            drawing = svg("<image href='data:image/svg+xml;base64," + base64(drawing.getBytes(StandardCharsets.UTF_8))
                    + "'/>");
        }

        try (Filtered filtered = apply(drawing.getBytes(StandardCharsets.UTF_8))) {
            assertThat(filtered.outcome()).isEqualTo(depth == 2 ? Outcome.CLEANED : Outcome.REFUSED);
        }
    }

    @Test
    void elementsWithinElementsWithoutAnEndAreRefusedWithTheReason() {
        String drawing = svg("<g>".repeat(10_000) + "</g>".repeat(10_000));

        try (Filtered filtered = apply(drawing.getBytes(StandardCharsets.UTF_8))) {
            assertThat(filtered.why()).isEqualTo("has XML that cannot be read, as it goes beyond a limit");
        }
    }

    private static boolean namesSomebody(String drawing) {
        if (Samples.names(drawing.getBytes(StandardCharsets.UTF_8))) {
            return true;
        }
        Matcher pictures = PICTURE.matcher(drawing);
        while (pictures.find()) {
            byte[] picture = Base64.getDecoder().decode(pictures.group(1));
            if (Samples.names(picture) || namesSomebody(latin(picture))) {
                return true;
            }
        }
        return false;
    }

    private static String cleaned(String content) {
        return new String(content("a.svg", svg(content).getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }

    private static byte[] content(String key, byte[] bytes) {
        try (Filtered filtered = Samples.apply(new LibraryCleaner().filter(FileRules.STANDARD, Set.of()), key, bytes)) {
            assertThat(filtered.outcome()).as(filtered.why()).isEqualTo(Outcome.CLEANED);
            return Samples.content(filtered);
        }
    }

    private static Filtered apply(byte[] drawing) {
        return Samples.apply(new LibraryCleaner().filter(FileRules.STANDARD, Set.of()), "a.svg", drawing);
    }

    private static String svg(String content) {
        return "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'>" + content
                + "</svg>";
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
