package dev.restage.files;

import static dev.restage.files.Pieces.TEXT;
import static dev.restage.files.Pieces.bytes;
import static dev.restage.files.Pieces.chunk;
import static dev.restage.files.Pieces.extension;
import static dev.restage.files.Pieces.insert;
import static dev.restage.files.Pieces.join;
import static dev.restage.files.Pieces.riff;
import static dev.restage.files.Pieces.segment;
import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.provider.media.FileRules;
import dev.restage.provider.media.Filtered;
import dev.restage.provider.media.Filtered.Outcome;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Places in pictures where a text can stand and no viewer looks. */
class HiddenPlacesTest {

    private static final byte[] ADOBE = join(bytes("Adobe"), new byte[] {0, 100, 0, 0, 0, 0, 1});

    private static final byte[] ONE_FRAME = {0, 0, 0, 1, 0, 0, 0, 0};

    static Stream<Arguments> jpegs() {
        byte[] plain = Samples.read("plain.jpg");
        int frame = new String(plain, StandardCharsets.ISO_8859_1).indexOf("\u00ff\u00db");
        return Stream.of(
                Arguments.of("APP14 behind its fields", insert(plain, frame, segment(0xEE, ADOBE, TEXT))),
                Arguments.of("a JPG0 segment", insert(plain, frame, segment(0xF0, TEXT))),
                Arguments.of("a JPG13 segment", insert(plain, frame, segment(0xFD, TEXT))),
                Arguments.of("a reserved segment", insert(plain, frame, segment(0x02, TEXT))),
                Arguments.of("JPG extensions", insert(plain, frame, segment(0xC8, TEXT))),
                Arguments.of("an APPn of no known name", insert(plain, frame, segment(0xE9, TEXT))),
                Arguments.of("APP14 of another name", insert(plain, frame, segment(0xEE, TEXT))),
                Arguments.of("APP1 of another name", insert(plain, frame, segment(0xE1, TEXT))),
                Arguments.of("between segments", insert(plain, frame, TEXT)),
                Arguments.of("a comment between scans", commentBeforeSecondScan()),
                Arguments.of("behind the end", join(plain, TEXT)));
    }

    private static byte[] commentBeforeSecondScan() {
        byte[] jpeg = Samples.read("progressive.jpg");
        String text = new String(jpeg, StandardCharsets.ISO_8859_1);
        return insert(jpeg, text.lastIndexOf("\u00ff\u00da"), segment(0xFE, TEXT));
    }

    static Stream<Arguments> pngs() {
        byte[] plain = Samples.read("plain.png");
        int first = 8 + 25;
        byte[] wrongSum = chunk("tEXt", bytes("Author\0"), TEXT);
        wrongSum[wrongSum.length - 1] ^= 1;
        byte[] profile = chunk("iCCP", TEXT, new byte[] {0, 0}, deflated(ColorSpace.getInstance(ColorSpace.CS_sRGB)));
        return Stream.of(
                Arguments.of("a text", insert(plain, first, chunk("tEXt", bytes("Author\0"), TEXT))),
                Arguments.of("a text with a wrong checksum", insert(plain, first, wrongSum)),
                Arguments.of("the name of a profile", insert(plain, first, profile)),
                Arguments.of("the name of a palette", insert(plain, first, chunk("sPLT", TEXT, new byte[] {0, 8}))),
                Arguments.of(
                        "gAMA behind its field", insert(plain, first, chunk("gAMA", new byte[] {0, 0, 1, 1}, TEXT))),
                Arguments.of("pHYs behind its fields", insert(plain, first, chunk("pHYs", new byte[9], TEXT))),
                Arguments.of("a chunk of no known name", insert(plain, first, chunk("caBX", TEXT))),
                Arguments.of("frames of no animation", insert(plain, first, chunk("fcTL", TEXT, new byte[12]))),
                Arguments.of("pixels of no animation", beforeEnd(plain, chunk("fdAT", new byte[4], TEXT))),
                Arguments.of(
                        "pixels of no frame",
                        beforeEnd(insert(plain, first, chunk("acTL", ONE_FRAME)), chunk("fdAT", new byte[4], TEXT))),
                Arguments.of(
                        "a frame more than there are",
                        beforeEnd(
                                insert(plain, first, chunk("acTL", ONE_FRAME), chunk("fcTL", new byte[26])),
                                chunk("fcTL", new byte[26]),
                                chunk("fdAT", new byte[4], TEXT))),
                Arguments.of(
                        "an animation that is told too late",
                        beforeEnd(
                                plain,
                                chunk("acTL", ONE_FRAME),
                                chunk("fcTL", new byte[26]),
                                chunk("fdAT", new byte[4], TEXT))),
                Arguments.of("behind the packed pixels", beforeEnd(plain, chunk("IDAT", TEXT))),
                Arguments.of("20 bytes behind the end", join(plain, TEXT, new byte[6])),
                Arguments.of("one byte less than a chunk's head behind the end", join(plain, Arrays.copyOf(TEXT, 7))));
    }

    private static byte[] beforeEnd(byte[] png, byte[]... chunks) {
        return insert(png, png.length - 12, chunks);
    }

    private static byte[] deflated(ColorSpace colours) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(bytes)) {
            deflater.write(((ICC_ColorSpace) colours).getProfile().getData());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static Stream<Arguments> gifs() {
        byte[] plain = Samples.read("placeholder.gif");
        int first = 13 + ((plain[10] & 0x80) == 0 ? 0 : 3 << ((plain[10] & 7) + 1));
        byte[] xmp = join(bytes("<x:xmpmeta>"), TEXT, bytes("</x:xmpmeta>"));
        return Stream.of(
                Arguments.of("a comment", insert(plain, first, extension(0xFE, TEXT))),
                Arguments.of("XMP", insert(plain, first, extension(0xFF, bytes("XMP DataXMP"), xmp))),
                Arguments.of(
                        "another program's block", insert(plain, first, extension(0xFF, bytes("ImageMagick"), TEXT))),
                Arguments.of("a plain text", insert(plain, first, extension(0x01, new byte[12], TEXT))),
                Arguments.of(
                        "repetitions behind their number",
                        insert(plain, first, extension(0xFF, bytes("NETSCAPE2.0"), new byte[] {1, 0, 0}, TEXT))),
                Arguments.of("behind the pixels in their last block", behindPixels(plain, true)),
                Arguments.of("in a block behind the pixels", behindPixels(plain, false)),
                Arguments.of("in the second picture behind its pixels", twice(plain)),
                Arguments.of("behind the end", join(plain, TEXT)));
    }

    /** The last block of pixels is the one before the empty one and the mark of the end. */
    private static byte[] behindPixels(byte[] gif, boolean inBlock) {
        int begin = pixelsOf(gif);
        int length = gif[begin] & 0xFF;
        byte[] longer = gif.clone();
        longer[begin] += (byte) (inBlock ? TEXT.length : 0);
        return insert(longer, begin + 1 + length, inBlock ? TEXT : join(new byte[] {(byte) TEXT.length}, TEXT));
    }

    private static byte[] twice(byte[] gif) {
        int begin = new String(gif, StandardCharsets.ISO_8859_1).lastIndexOf(',');
        byte[] second = behindPixels(gif, false);
        return insert(gif, gif.length - 1, Arrays.copyOfRange(second, begin, second.length - 1));
    }

    /** Where the only block of pixels begins. */
    private static int pixelsOf(byte[] gif) {
        int image = new String(gif, StandardCharsets.ISO_8859_1).lastIndexOf(',');
        return image + 11 + ((gif[image + 9] & 0x80) == 0 ? 0 : 3 << ((gif[image + 9] & 7) + 1));
    }

    static Stream<Arguments> webps() {
        byte[] lossy = Samples.read("plain.webp");
        byte[] frame = Arrays.copyOfRange(lossy, 12, lossy.length);
        byte[] canvas = new byte[10];
        canvas[0] = 2;
        byte[] control = new byte[6];
        return Stream.of(
                Arguments.of("a chunk of no known name", webp(frame, riff("OKAF", TEXT))),
                Arguments.of("behind the end", join(lossy, TEXT)),
                Arguments.of(
                        "a chunk in a frame",
                        webp(
                                riff("VP8X", canvas),
                                riff("ANIM", control),
                                riff("ANMF", new byte[16], frame, riff("OKAF", TEXT)))),
                Arguments.of(
                        "VP8X behind its fields",
                        webp(riff("VP8X", canvas, TEXT), riff("ANIM", control), riff("ANMF", new byte[16], frame))),
                Arguments.of(
                        "ANIM behind its fields",
                        webp(riff("VP8X", canvas), riff("ANIM", control, TEXT), riff("ANMF", new byte[16], frame))));
    }

    private static byte[] webp(byte[]... chunks) {
        return riff("RIFF", bytes("WEBP"), join(chunks));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"jpegs", "pngs", "gifs", "webps"})
    void aTextThatNobodySeesGoes(String place, byte[] picture) {
        assertThat(Samples.names(cleaned(picture))).isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"jpegs", "pngs", "gifs"})
    void andThePixelsStay(String place, byte[] picture) throws IOException {
        String original = place.contains("scans")
                ? "progressive.jpg"
                : picture[0] == 'G' ? "placeholder.gif" : picture[1] == 'P' ? "plain.png" : "plain.jpg";

        assertThat(pixels(cleaned(picture))).isEqualTo(pixels(Samples.read(original)));
    }

    @Test
    void anAnimationGoesOnAndOn() throws IOException {
        byte[] plain = Samples.read("placeholder.gif");
        int first = 13 + ((plain[10] & 0x80) == 0 ? 0 : 3 << ((plain[10] & 7) + 1));
        byte[] forEver = extension(0xFF, bytes("NETSCAPE2.0"), new byte[] {1, 0, 0});
        byte[] delay = extension(0xF9, new byte[] {0, 50, 0, 0});

        byte[] cleaned = cleaned(insert(plain, first, forEver, extension(0xFE, TEXT), delay));

        assertThat(cleaned).isEqualTo(insert(plain, first, forEver, delay));
    }

    /** Pixels need no mark behind them, and a mark needs no pixels. */
    @Test
    void theFramesOfAnAnimationStay() {
        byte[] plain = Samples.read("plain.png");
        byte[] two = {0, 0, 0, 2, 0, 0, 0, 0};
        byte[] animation = beforeEnd(
                insert(plain, 33, chunk("acTL", two), chunk("fcTL", new byte[26])),
                chunk("fcTL", new byte[26]),
                chunk("fdAT", new byte[9]),
                chunk("fdAT", new byte[9]));

        assertThat(cleaned(join(animation, TEXT))).isEqualTo(animation);
    }

    @Test
    void aGifWithNothingToRemoveMayBeCopiedAsItIs() {
        try (Filtered filtered = apply(Samples.read("placeholder.gif"))) {
            assertThat(filtered.outcome()).isEqualTo(Outcome.CLEAN);
        }
    }

    @Test
    void whatFollowsAPngGoesAndNothingElse() {
        byte[] plain = Samples.read("plain.png");

        assertThat(cleaned(join(plain, TEXT, new byte[6]))).isEqualTo(plain);
    }

    @Test
    void theOrientationOfAPictureIsFoundInEitherByteOrder() {
        byte[] plain = Samples.read("plain.jpg");
        byte[] cleaned = cleaned(
                insert(plain, 2, segment(0xE1, bytes("Exif\0\0"), turned("II", ByteOrder.LITTLE_ENDIAN), TEXT)));

        assertThat(cleaned)
                .isEqualTo(insert(plain, 2, segment(0xE1, bytes("Exif\0\0"), turned("MM", ByteOrder.BIG_ENDIAN))));
    }

    private static byte[] turned(String mark, ByteOrder order) {
        return ByteBuffer.allocate(26)
                .order(order)
                .put(bytes(mark))
                .putShort((short) 42)
                .putInt(8)
                .putShort((short) 1)
                .putShort((short) 274)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) 6)
                .array();
    }

    private static Filtered apply(byte[] picture) {
        return Samples.apply(new LibraryCleaner().filter(FileRules.STANDARD, Set.of()), "upload.dat", picture);
    }

    private static byte[] cleaned(byte[] picture) {
        try (Filtered filtered = apply(picture)) {
            assertThat(filtered.outcome()).as(filtered.why()).isEqualTo(Outcome.CLEANED);
            return Samples.content(filtered);
        }
    }

    private static int[] pixels(byte[] picture) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(picture));
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }
}
