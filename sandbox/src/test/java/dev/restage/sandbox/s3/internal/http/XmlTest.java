package dev.restage.sandbox.s3.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

class XmlTest {

    private static final String DECLARATION = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

    @Test
    void writesADocumentInTheNamespaceOfS3() {
        Xml xml = Xml.document("Tagging")
                .open("Tag")
                .text("Key", "a")
                .text("Size", 7)
                .text("On", true);

        assertThat(text(xml.close("Tag").close("Tagging")))
                .isEqualTo(DECLARATION
                        + "<Tagging xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Tag><Key>a</Key><Size>7</Size>"
                        + "<On>true</On></Tag></Tagging>");
    }

    @Test
    void anErrorHasNoNamespace() {
        assertThat(text(Xml.document("Error").close("Error"))).isEqualTo(DECLARATION + "<Error></Error>");
    }

    @Test
    void escapesWhatWouldBeMarkup() {
        String awkward = "<a href=\"x\">&amp;</a> 'é' \uD83D\uDE00";
        Xml xml = Xml.document("Error").text("Message", awkward).close("Error");

        assertThat(text(xml)).contains("&lt;a href=&quot;x&quot;&gt;&amp;amp;&lt;/a&gt;");
        assertThat(Xml.required(Xml.read(xml.bytes()), "Message")).isEqualTo(awkward);
    }

    /** S3 sends such documents, and clients that did not ask for encoded keys cannot read them. */
    @ParameterizedTest
    @ValueSource(strings = {"\u0001", "\u001f", "\uffff"})
    void writesAReferenceForWhatXmlCannotHoldAndReadsNone(String character) {
        Xml xml = Xml.document("Error").text("Key", character).close("Error");

        assertThat(text(xml)).contains("&#x" + Integer.toHexString(character.charAt(0)) + ";");
        assertMalformed(() -> Xml.read(xml.bytes()));
    }

    @Test
    void findsChildrenButNoGrandchildren() {
        Element root = read("<A><B>1</B><C><B>no</B></C><B>2</B></A>");

        assertThat(Xml.children(root, "B")).extracting(Element::getTextContent).containsExactly("1", "2");
        assertThat(Xml.childText(root, "B")).contains("1");
        assertThat(Xml.child(root, "D")).isEmpty();
        assertMalformed(() -> Xml.required(root, "D"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no document",
                "<A>",
                "<A></B>",
                "<!DOCTYPE A [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><A>&e;</A>",
                "<A>&#x1;</A>"
            })
    void refusesWhatIsNoDocument(String document) {
        assertMalformed(() -> read(document));
    }

    private static void assertMalformed(Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        S3Error.class, error -> assertThat(error.code()).isEqualTo("MalformedXML"));
    }

    private static Element read(String document) {
        return Xml.read(document.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Xml xml) {
        return new String(xml.bytes(), StandardCharsets.UTF_8);
    }
}
