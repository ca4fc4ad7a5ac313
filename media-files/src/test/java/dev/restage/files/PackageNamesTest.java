package dev.restage.files;

import static dev.restage.files.Letter.zip;
import static dev.restage.files.Pieces.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.provider.media.FileRules;
import dev.restage.provider.media.Filtered;
import dev.restage.provider.media.Filtered.Outcome;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names and texts of Office and OpenDocument files that look like paths, and fields that show whose file it is. */
class PackageNamesTest {

    private static final String TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0";

    @Test
    void bookmarksThatAreCalledLikePathsStayApartAndAreFound() {
        Letter office = new Letter();
        office.body(
                "<w:bookmarkStart w:id='1' w:name='C:\\Users\\okafor\\a'/><w:bookmarkStart w:id='2' w:name='C:\\Users\\okafor\\b'/>"
                        + "<w:hyperlink w:anchor='C:\\Users\\okafor\\a'/><w:hyperlink w:anchor='C:\\Users\\okafor\\b'/>");

        String document = part(cleaned(office.zip()), "word/document.xml");

        assertThat(document).doesNotContain("okafor");
        assertThat(values(document, "w:anchor")).doesNotHaveDuplicates().containsExactly(values(document, "w:name"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"&#10;", "_x000a_", "_x000D__x000A_"})
    void ofATextOfSeveralLinesOnlyThePathGoes(String end) {
        Letter office = new Letter();
        office.part(
                "sheet",
                ("<worksheet xmlns='x'><dataValidation prompt='C:\\Users\\okafor\\q" + end
                        + "Choose a colour'/></worksheet>"));

        String sheet = part(cleaned(office.zip()), "word/sheet.xml");

        assertThat(sheet).contains("Choose a colour").doesNotContain("okafor");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "<text:file-name>/home/okafor/a.odt</text:file-name>, <text:file-name>a.odt<",
                "<text:file-name>C:\\Users\\okafor\\a.odt</text:file-name>, <text:file-name>a.odt<",
                "<text:user-defined text:name='Okafor'>b</text:user-defined>, >Author<",
                "<text:user-defined text:name='by'>Okafor</text:user-defined>, >Author<"
            })
    void fieldsOfOpenDocumentNameNobody(String field, String shown) {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        parts.put("mimetype", bytes("application/vnd.oasis.opendocument.text"));
        parts.put("content.xml", bytes("<a xmlns:text='" + TEXT + "'>" + field + "</a>"));
        parts.put(
                "META-INF/manifest.xml",
                bytes("<m:manifest xmlns:m='m'><m:file-entry m:full-path='content.xml'/></m:manifest>"));

        String content = part(cleaned(zip(parts)), "content.xml");

        assertThat(content).contains(shown).doesNotContainIgnoringCase("okafor");
    }

    private static String[] values(String xml, String attribute) {
        return Pattern.compile(attribute + "=\"([^\"]*)\"")
                .matcher(xml)
                .results()
                .map(found -> found.group(1))
                .toArray(String[]::new);
    }

    private static String part(byte[] file, String name) {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().equals(name)) {
                    return new String(zip.readAllBytes(), StandardCharsets.UTF_8);
                }
            }
            throw new AssertionError(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] cleaned(byte[] file) {
        try (Filtered filtered =
                Samples.apply(new LibraryCleaner().filter(FileRules.STANDARD, Set.of()), "a.zip", file)) {
            assertThat(filtered.outcome()).as(filtered.why()).isEqualTo(Outcome.CLEANED);
            return Samples.content(filtered);
        }
    }
}
