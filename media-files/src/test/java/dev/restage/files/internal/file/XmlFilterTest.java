package dev.restage.files.internal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.files.internal.file.Scrubber.Found;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.stream.events.Attribute;
import javax.xml.stream.events.StartElement;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class XmlFilterTest {

    private static final XmlFilter.Rules KEEP = new XmlFilter.Rules() {};

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void withoutRulesNothingChanges() throws Exception {
        String xml = "<a xmlns:x=\"urn:x\" b=\"c\"><x:d>text &amp; more</x:d><!-- note --><?do it?></a>";

        assertThat(filter(xml, KEEP)).isEqualTo(Found.NOTHING);
        assertThat(out.toString(StandardCharsets.UTF_8)).endsWith(xml);
    }

    @Test
    void anElementGoesWithAllThatIsInIt() throws Exception {
        assertThat(filter("<a><meta>by <b>Okafor</b></meta><c>stays</c></a>", new Cleaning()))
                .isEqualTo(Found.SOMETHING);
        assertThat(result()).isEqualTo("<a><c>stays</c></a>");
    }

    @Test
    void aTextIsReplacedHoweverItIsMadeUp() throws Exception {
        assertThat(filter("<a><author>Ines <b>Oka</b><![CDATA[for]]></author></a>", new Cleaning()))
                .isEqualTo(Found.SOMETHING);
        assertThat(result()).isEqualTo("<a><author>Author</author></a>");
    }

    @Test
    void aTextThatIsCleanAlreadyIsNoChange() throws Exception {
        assertThat(filter("<a><author>Author</author></a>", new Cleaning(false)))
                .isEqualTo(Found.NOTHING);
    }

    @Test
    void attributesGoOrChange() throws Exception {
        assertThat(filter("<a user=\"okafor\" path=\"/home/okafor\" x=\"1\"/>", new Cleaning()))
                .isEqualTo(Found.SOMETHING);
        assertThat(result()).isEqualTo("<a path=\"file\" x=\"1\"></a>");
    }

    @Test
    void commentsAndInstructionsGo() throws Exception {
        assertThat(filter("<!-- by Okafor --><?by Okafor?><a><!-- by Okafor --><?by Okafor?></a>", new Cleaning()))
                .isEqualTo(Found.SOMETHING);
        assertThat(result()).isEqualTo("<a></a>");
    }

    @Test
    void theAddressOfANamespaceMayGo() throws Exception {
        assertThat(filter("<a xmlns:u=\"urn:okafor\" xmlns:x=\"urn:x\"/>", new Cleaning()))
                .isEqualTo(Found.SOMETHING);
        assertThat(result()).contains("urn:x").doesNotContain("okafor");
    }

    @Test
    void whatTheBeginningSaysOfTheKindOfFileGoesAndItsEntitiesStay() throws Exception {
        String xml = "<!DOCTYPE a [<!ENTITY who \"somebody\"><!ENTITY unused \"Okafor\">]><a>&who;</a>";

        assertThat(filter(xml, new Cleaning())).isEqualTo(Found.SOMETHING);
        assertThat(result()).isEqualTo("<a>somebody</a>");
    }

    @Test
    void aNamespaceThatTheBeginningGivesIsKept() throws Exception {
        String xml = "<!DOCTYPE svg [<!ATTLIST svg xmlns CDATA #FIXED \"urn:svg\">]><svg/>";

        filter(xml, new Cleaning());

        assertThat(result()).isEqualTo("<svg xmlns=\"urn:svg\"></svg>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16", "ISO-8859-1"})
    void whateverItWasWrittenInUtf8IsWritten(String encoding) throws Exception {
        String xml = "<?xml version=\"1.0\" encoding=\"%s\"?><a>\u00e4</a>".formatted(encoding);

        filter(new ByteArrayInputStream(xml.getBytes(Charset.forName(encoding))), KEEP);

        assertThat(out.toString(StandardCharsets.UTF_8)).contains("UTF-8").endsWith("<a>\u00e4</a>");
    }

    @Test
    void nothingOutsideOfTheFileIsRead(@TempDir Path folder) throws Exception {
        Path secret = Files.writeString(folder.resolve("secret.txt"), "password");
        String xml = "<!DOCTYPE a [<!ENTITY x SYSTEM \"%s\">]><a>&x;</a>".formatted(secret.toUri());

        try {
            filter(xml, KEEP);
        } catch (UncleanException e) {
            assertThat(e).hasMessageStartingWith("has XML that cannot be read");
        }

        assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("password");
    }

    @Test
    void entitiesThatUnfoldWithoutAnEndAreRefused() {
        StringBuilder bomb = new StringBuilder("<!DOCTYPE a [<!ENTITY e0 \"x\">");
        for (int i = 1; i < 30; i++) {
            bomb.append("<!ENTITY e%d \"&e%d;&e%d;\">".formatted(i, i - 1, i - 1));
        }

        assertThatThrownBy(() -> filter(bomb + "]><a>&e29;</a>", KEEP))
                .isInstanceOf(UncleanException.class)
                .hasMessage("has XML that cannot be read, as it goes beyond a limit");
    }

    @Test
    void elementsWithinEachOtherWithoutAnEndAreRefused() {
        assertThatThrownBy(() -> filter("<a>".repeat(6_000) + "</a>".repeat(6_000), KEEP))
                .isInstanceOf(UncleanException.class)
                .hasMessage("has XML that cannot be read, as it goes beyond a limit");
    }

    @ParameterizedTest
    @CsvSource({"<a>", "<a></b>", "no xml", "<a b=c/>", "'<a>&nobody;</a>'", "''"})
    void whatIsNoXmlIsRefused(String text) {
        assertThatThrownBy(() -> filter(text, KEEP))
                .isInstanceOf(UncleanException.class)
                .hasMessage("has XML that cannot be read");
    }

    /** To read it again may help: it must not pass for a broken file. */
    @Test
    void aDiskThatFailsIsNoBrokenFile() {
        InputStream failing = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("Input/output error");
            }

            @Override
            public int read(byte[] buffer, int from, int length) throws IOException {
                return read();
            }
        };

        assertThatThrownBy(() -> filter(failing, KEEP))
                .isInstanceOf(IOException.class)
                .hasMessage("Input/output error");
    }

    @Test
    void aTextThatCannotBeCleanedStopsIt() {
        assertThatThrownBy(() -> filter("<a><author>broken</author></a>", new Cleaning()))
                .isInstanceOf(UncleanException.class)
                .hasMessage("has a broken author");
    }

    private Found filter(String xml, XmlFilter.Rules rules) throws UncleanException, IOException {
        return filter(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)), rules);
    }

    private Found filter(InputStream xml, XmlFilter.Rules rules) throws UncleanException, IOException {
        return XmlFilter.filter(xml, out, rules);
    }

    /** What was written, without the line that says in which encoding. */
    private String result() {
        return out.toString(StandardCharsets.UTF_8).replaceFirst("^<\\?xml[^>]*\\?>", "");
    }

    private record Cleaning(boolean dropsComments) implements XmlFilter.Rules {

        private Cleaning() {
            this(true);
        }

        @Override
        public boolean drops(StartElement element) {
            return element.getName().getLocalPart().equals("meta");
        }

        @Override
        public boolean replacesText(StartElement element) {
            return element.getName().getLocalPart().equals("author");
        }

        @Override
        public String text(StartElement element, String text) throws UncleanException {
            if (text.equals("broken")) {
                throw new UncleanException("has a broken author");
            }
            return "Author";
        }

        @Override
        public @Nullable String attribute(StartElement element, Attribute attribute) {
            return switch (attribute.getName().getLocalPart()) {
                case "user" -> null;
                case "path" -> "file";
                default -> attribute.getValue();
            };
        }

        @Override
        public boolean declares(String namespace) {
            return !namespace.contains("okafor");
        }
    }
}
