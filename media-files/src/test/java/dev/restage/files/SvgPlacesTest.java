package dev.restage.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.provider.media.FileRules;
import dev.restage.provider.media.Filtered;
import dev.restage.provider.media.Filtered.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Places in drawings that nobody sees, and what other files and styles need of a drawing. */
class SvgPlacesTest {

    private static final Pattern BASE_64 = Pattern.compile("[A-Za-z0-9+/]{100,}=*");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<g xml:base='file:///home/okafor/'/>",
                "<g xml:base='https://example.org/~okafor/'/>",
                "<g xmlns:x='file:///home/okafor/'/>",
                "<x:g xmlns:x='file:///home/okafor/'/><g/>",
                "<image xlink:href='file:///home/okafor/a.png'/>",
                "<image href='C:\\Users\\okafor\\a.png'/>",
                "<a href='\\\\okafor-pc\\photos\\a.png'><g/></a>",
                "<rect style='fill:url(file:///home/okafor/a.svg)'/>",
                "<style>@import 'file:///C:/Users/okafor/a.css';</style>",
                "<g data-author='Ines Okafor'/>",
                "<g data-created-by='Ines Okafor'/>",
                "<g author='Ines Okafor'/>",
                "<author>Ines Okafor</author>",
                "<g><creator><text>Ines Okafor</text></creator></g>",
                "<g property='dc:creator' content='Ines Okafor'/>",
                "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml' data-author='Okafor'>a</p></foreignObject>",
                "<script>/* by Okafor */ a(); // Okafor</script>",
                "<g onclick='/* Okafor */ a()'/>"
            })
    void nothingNamesThePersonAfterwards(String content) {
        assertThat(cleaned(svg(content)).toLowerCase(Locale.ROOT)).doesNotContain(Samples.NAME);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"var a = '%s';", "var a = \"data:image/jpeg;base64,\" + \"%s\";", "var a = {\"b\":\"%s\"};"})
    void aPhotographInAScriptIsCleaned(String script) {
        String photo = Base64.getEncoder().encodeToString(Samples.read("photo.jpg"));
        String cleaned = cleaned(svg("<script>" + script.formatted(photo) + "</script>"));

        Matcher found = BASE_64.matcher(cleaned);
        assertThat(found.find()).isTrue();
        assertThat(Samples.names(Base64.getDecoder().decode(found.group()))).isFalse();
        assertThat(cleaned).contains(script.substring(0, 8));
    }

    @Test
    void aPhotographWithEscapedSlashesToo() {
        String photo =
                Base64.getEncoder().encodeToString(Samples.read("photo.jpg")).replace("/", "\\/");

        Matcher found = BASE_64.matcher(cleaned(svg("<script>var a = '" + photo + "';</script>")));

        assertThat(found.find()).isTrue();
        assertThat(Samples.names(Base64.getDecoder().decode(found.group()))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "<?xml-stylesheet href='a.css' type='text/css'?>, href=\"a.css\" type=\"text/css\"",
        "<?xml-stylesheet type='text/css' href='a.css' media='screen' by='Okafor'?>, type=\"text/css\" href=\"a.css\" media=\"screen\"",
        "<?xml-stylesheet href='file:///home/okafor/a.css'?>, href=\"a.css\""
    })
    void aStyleSheetStays(String instruction, String kept) {
        String cleaned = cleaned(instruction + svg("<metadata/><g id='home' class='a'/>"));

        assertThat(cleaned).contains("<?xml-stylesheet " + kept + "?>", "id=\"home\"");
        assertThat(cleaned).doesNotContainIgnoringCase(Samples.NAME);
    }

    @Test
    void anotherInstructionGoes() {
        assertThat(cleaned("<?by Okafor?>" + svg("<g/>"))).doesNotContain("Okafor");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<svg xmlns='http://www.w3.org/2000/svg' style='display:none'><g id='home'/></svg>",
                "<svg xmlns='http://www.w3.org/2000/svg' width='0' height='0'><g id='home'/></svg>",
                "<svg xmlns='http://www.w3.org/2000/svg' visibility='hidden'><path id='home'/></svg>",
                "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><svg id='home'><g/></svg></svg>",
                "<svg xmlns='http://www.w3.org/2000/svg'><g id='home'/><g id='user'/></svg>"
            })
    void whatOtherFilesShowOfASpriteKeepsItsName(String sprite) {
        assertThat(apply(sprite).outcome()).isEqualTo(Outcome.CLEAN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><g id='Okafor'/><g id='user'/></svg>",
                "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><g id='Okafor'/><g id='user'/></svg>"
            })
    void namesOfLayersInADrawingThatIsShownGo(String drawing) {
        assertThat(cleaned(drawing)).doesNotContain("Okafor");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<style>[data-state='on']{fill:red}</style><g data-state='on'/>",
                "<style>g[state]{fill:red}</style><g state='on'/>",
                "<script>a.dataset.stateNow</script><g data-state-now='on'/>",
                "<script>a.getAttribute('data-state')</script><g data-state='on'/>",
                "<g aria-label='a' role='img' tabindex='0' onclick='b()' xml:space='preserve' xml:lang='de'/>",
                "<filter id='f'><feTurbulence baseFrequency='.1' numOctaves='2' stitchTiles='stitch'/></filter>",
                "<defs><clipPath id='c'><use href='#d'/></clipPath></defs><text><textPath href='#d'>a</textPath></text>",
                "<path d='M0 0h9' pathLength='9' vector-effect='non-scaling-stroke' paint-order='stroke'/>",
                "<a href='/home/a' xlink:href='#b'><text dx='1' textLength='9' lengthAdjust='spacing'>a</text></a>",
                "<script>a = 'http://b/c';</script>"
            })
    void whatDrawsOrIsReferredToStays(String content) {
        assertThat(apply(svg(content)).outcome()).isEqualTo(Outcome.CLEAN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<a href=\"https://acme.example/team/#Okafor\">",
                "<use href=\"sprite.svg#Okafor\"/>",
                "<use xlink:href=\"../a.svg#Okafor\"/>",
                "<rect fill=\"url(a.svg#Okafor)\"/>",
                "<rect fill=\"#bed\"/>",
                "<rect style=\"fill:#bed\"/>",
                "<animate values=\"#bed;#fed\" attributeName=\"fill\"/>",
                "<set attributeName=\"fill\" to=\"#bed\"/>"
            })
    void whatIsNoReferenceWithinTheDrawingStays(String element) {
        String content = element.endsWith("/>") ? element : element + "<rect/></a>";

        String cleaned = cleaned(
                svg("<g id='Okafor'/><g id='bed'/><use href='#Okafor'/><rect clip-path='url(#bed)'/>" + content));

        assertThat(cleaned.replace("></rect>", "/>").replaceAll("></(use|animate|set)>", "/>"))
                .contains(element)
                .doesNotContain("id=\"Okafor\"", "id=\"bed\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "Ebene (2) | <use href=\"#Ebene (2)\"/> | href=\"#id-1\"",
                "Ebene (2) | <use href=\"#Ebene%20(2)\"/> | href=\"#id-1\"",
                "Ebene (2) | <use xlink:href=\" #Ebene%20%282%29 \"/> | href=\" #id-1\"",
                "Anna Smith | <use xlink:href=\"#Anna Smith\"/> | href=\"#id-1\"",
                "Anna's | <use href=\"#Anna's\"/> | href=\"#id-1\"",
                "Anna's | <rect fill=\"url('#Anna%27s')\"/> | url('#id-1')",
                "Anna's | <rect style='fill:url(\"#Anna&apos;s\")'/> | #id-1",
                "Ebene (2) | <rect clip-path=\"url('#Ebene (2)')\"/> | url('#id-1')",
                "Anna Smith | <rect style=\"fill:red;mask:url( '#Anna Smith' )\"/> | '#id-1'",
                "Anna 100%25 | <use href=\"#Anna 100%25\"/> | href=\"#id-1\"",
                "Anna | <set attributeName=\"href\" to=\"#Anna\"/> | to=\"#id-1\"",
                "Anna B | <animate attributeName=\"xlink:href\" values=\"#bed;#Anna B\"/> | values=\"#bed;#id-1\""
            })
    void aReferenceIsSeenWhateverTheNameIs(String name, String content, String reference) {
        String cleaned = cleaned(svg("<g id=\"" + name + "\"><rect/></g>" + content));

        assertThat(cleaned).contains("id=\"id-1\"", reference);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[id]",
                ":not([id])",
                "[id^='ho']",
                "[id$='me']",
                "[id*='om']",
                "[id~='home']",
                "[id|='home']",
                "[ id = \"home\" ]",
                "[id='home' i]",
                "[ID=home]",
                "[*|id=home]",
                "[|id=home]",
                "[\\69 d]",
                "[id='h\\6f me']",
                "g[id=home]",
                "a{fill:url('#home')} b"
            })
    void whatAStyleSheetSelectsByItsNameKeepsIt(String selector) {
        assertThat(apply(svg("<style>" + selector + "{fill:red}</style><g id='home'/>"))
                        .outcome())
                .isEqualTo(Outcome.CLEAN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!ATTLIST svg xmlns CDATA #FIXED \"http://www.w3.org/2000/svg\">",
                "<!ATTLIST svg xmlns CDATA 'http://www.w3.org/2000/svg'>",
                "<!ATTLIST svg version CDATA #FIXED '1.1'\n xmlns CDATA #FIXED 'http://www.w3.org/2000/svg'>"
            })
    void aNamespaceThatTheTypeOfDocumentDeclaresStays(String declaration) {
        String cleaned = cleaned("<!DOCTYPE svg [" + declaration + "]><svg viewBox='0 0 9 9'><g/></svg>");

        assertThat(cleaned).contains("xmlns=\"http://www.w3.org/2000/svg\"").doesNotContain("DOCTYPE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!ATTLIST svg xmlns CDATA #FIXED 'http://www.w3.org/2000/svg'>",
                "<!ATTLIST other xmlns CDATA #FIXED 'http://www.w3.org/2000/svg'>"
            })
    void aNamespaceThatTheRootDeclaresIsDeclaredOnce(String declaration) {
        assertThat(cleaned("<!DOCTYPE svg [" + declaration + "]>" + svg("<g/>")))
                .containsOnlyOnce("xmlns=\"http://www.w3.org/2000/svg\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#svgView(viewBox(0,0,10,10))",
                "#svgView(viewBox(0,0,10,10);preserveAspectRatio(xMidYMid))",
                "#svgView(transform(rotate(45)))",
                "#xywh=percent:5,5,15.5,15",
                "#part"
            })
    void thePartOfAPictureThatIsShownStays(String part) {
        String photo = Base64.getEncoder().encodeToString(Samples.read("photo.jpg"));

        assertThat(cleaned(svg("<image href='data:image/jpeg;base64," + photo + part + "'/>")))
                .contains(part + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<metadata>Okafor</metadata>", "<author>Okafor</author>", "<g><meta>Okafor</meta></g>"})
    void aDrawingWithoutANamespaceIsCleanedToo(String content) {
        assertThat(cleaned("<svg viewBox='0 0 9 9'><path d='M0 0h9'/>" + content + "</svg>"))
                .contains("<path")
                .doesNotContain("Okafor");
    }

    private static Filtered apply(String drawing) {
        return Samples.apply(
                new LibraryCleaner().filter(FileRules.STANDARD, Set.of()),
                "a.svg",
                drawing.getBytes(StandardCharsets.UTF_8));
    }

    private static String cleaned(String drawing) {
        try (Filtered filtered = apply(drawing)) {
            assertThat(filtered.outcome()).as(filtered.why()).isEqualTo(Outcome.CLEANED);
            return new String(Samples.content(filtered), StandardCharsets.UTF_8);
        }
    }

    private static String svg(String content) {
        return "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' viewBox='0 0 9 9'>"
                + content + "</svg>";
    }
}
