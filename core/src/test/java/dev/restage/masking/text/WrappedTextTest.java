package dev.restage.masking.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WrappedTextTest {

    private static final String PERSON = "Dear Zoë Pennycrumb <zoe@mail.example.org>, thank you";
    private static final byte[] BYTES = PERSON.getBytes(StandardCharsets.UTF_8);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Dear Zo\\u00eb Pennycrumb <zoe@mail.example.org>, thank you",
                "Dear Zo\\\\\\\\u00eb Pennycrumb \\\\u003czoe@mail.example.org>, thank you",
                "Dear%20Zo%C3%AB%20Pennycrumb%20%3Czoe%40mail.example.org%3E%2C%20thank%20you",
                "Dear Zo&#235; Pennycrumb &#x3C;zoe&#64;mail.example.org&#x3e;, thank you",
                "Dear Zo%26%23235%3B Pennycrumb <zoe%2540mail.example.org>, thank you"
            })
    void readsThroughEscapes(String text) {
        assertThat(read(text)).containsExactly(PERSON);
    }

    @Test
    void leavesAccentsOfNamedEntitiesOut() {
        assertThat(read("Zo&euml; &amp; Stra&szlig;e&nbsp;1")).containsExactly("Zoe & Strase 1");
    }

    @Test
    void leavesPlainTextAsItIs() {
        assertThat(read("100% of Fish & Chips; R&D\n")).containsExactly("100% of Fish & Chips; R&D\n");
    }

    @Test
    void readsWordsThatTagsPart() {
        assertThat(read("<p>Zoë <b class=\"x\">Penny</b>crumb</p>")).contains("Zoë Pennycrumb");
    }

    @Test
    void readsBytesOfTheServer() {
        assertThat(read("\\x" + HexFormat.of().formatHex(BYTES))).containsExactly(PERSON);
        assertThat(read("\\x" + HexFormat.of().formatHex(PERSON.getBytes(StandardCharsets.ISO_8859_1))))
                .contains(PERSON);
    }

    @Test
    void readsBase64AndWhatIsCompressed() throws IOException {
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();

        assertThat(read("." + encoder.encodeToString(zlib()) + ":1abc:x")).contains(PERSON);
        assertThat(read("data="
                        + Base64.getMimeEncoder().encodeToString((PERSON + PERSON).getBytes(StandardCharsets.UTF_8))))
                .contains(PERSON + PERSON);
        assertThat(read("\\x" + HexFormat.of().formatHex(gzip()))).containsExactly(PERSON);
    }

    @Test
    void readsWhatACutOffCompressionStillHolds() throws IOException {
        byte[] whole = zlib();

        assertThat(read("\\x" + HexFormat.of().formatHex(whole, 0, whole.length - 6))
                        .get(0))
                .startsWith("Dear");
    }

    private static byte[] zlib() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new DeflaterOutputStream(bytes)) {
            out.write(BYTES);
        }
        return bytes.toByteArray();
    }

    private static byte[] gzip() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(BYTES);
        }
        return bytes.toByteArray();
    }

    private static List<String> read(String text) {
        List<String> texts = new ArrayList<>();
        WrappedText.read(text, texts::add);
        return texts;
    }
}
