package dev.restage.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.Directory;
import com.drew.metadata.Metadata;
import com.drew.metadata.MetadataException;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifThumbnailDirectory;
import com.drew.metadata.exif.GpsDirectory;
import com.drew.metadata.icc.IccDirectory;
import com.drew.metadata.iptc.IptcDirectory;
import com.drew.metadata.jpeg.JpegCommentDirectory;
import com.drew.metadata.png.PngDirectory;
import com.drew.metadata.xmp.XmpDirectory;
import dev.restage.provider.media.FileRules;
import dev.restage.provider.media.Filtered;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures as another reader sees them: metadata gone, pixels, colours and orientation kept. */
class PicturesTest {

    @ParameterizedTest
    @ValueSource(strings = {"photo.jpg", "progressive.jpg", "photo.png", "photo.webp", "lossy.webp", "photo.tiff"})
    void anotherReaderFindsNoPlaceAndNoPerson(String sample) throws Exception {
        assertThat(kinds(Samples.read(sample))).contains(GpsDirectory.class, XmpDirectory.class);

        assertThat(kinds(cleaned(sample)))
                .doesNotContain(
                        GpsDirectory.class,
                        XmpDirectory.class,
                        IptcDirectory.class,
                        JpegCommentDirectory.class,
                        ExifThumbnailDirectory.class);
        assertThat(descriptions(cleaned(sample)))
                .noneMatch(text -> text.toLowerCase(Locale.ROOT).contains(Samples.NAME));
    }

    @ParameterizedTest
    @CsvSource({"photo.jpg, 6", "cmyk.jpg, 3", "photo.png, 8", "photo.webp, 6", "photo.tiff, 6"})
    void thePictureDoesNotTurn(String sample, int orientation) throws Exception {
        assertThat(orientation(Samples.read(sample))).isEqualTo(orientation);
        assertThat(orientation(cleaned(sample))).isEqualTo(orientation);
    }

    @Test
    void ofExifOnlyTheOrientationStays() throws Exception {
        Directory exif = metadata(cleaned("photo.jpg")).getFirstDirectoryOfType(ExifIFD0Directory.class);

        assertThat(exif.getTags())
                .singleElement()
                .satisfies(tag -> assertThat(tag.getTagType()).isEqualTo(ExifIFD0Directory.TAG_ORIENTATION));
    }

    @ParameterizedTest
    @ValueSource(strings = {"photo.jpg", "photo.png", "photo.webp"})
    void theColourProfileStays(String sample) throws Exception {
        assertThat(icc(cleaned(sample))).isNotEmpty().isEqualTo(icc(Samples.read(sample)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"photo.jpg", "progressive.jpg", "photo.png", "photo.tiff", "pages.tiff"})
    void everyPixelOfEveryPageStays(String sample) throws IOException {
        List<int[]> before = pages(Samples.read(sample));

        assertThat(pages(cleaned(sample)))
                .hasSameSizeAs(before)
                .zipSatisfy(before, (now, then) -> assertThat(now).isEqualTo(then));
    }

    @Test
    void theCompressedPixelsOfAJpegStayBitByBit() {
        byte[] scan = from(Samples.read("photo.jpg"), 0xDA);
        byte[] cleaned = from(cleaned("photo.jpg"), 0xDA);

        assertThat(scan).startsWith(cleaned);
        assertThat(cleaned).endsWith((byte) 0xFF, (byte) 0xD9);
    }

    @Test
    void whatFollowsThePictureGoes() {
        assertThat(new String(Samples.read("photo.jpg"), StandardCharsets.ISO_8859_1))
                .endsWith("Okafor film");
        assertThat(cleaned("photo.jpg")).endsWith((byte) 0xFF, (byte) 0xD9);
    }

    @Test
    void theContainerOfAWebpSaysWhatIsInIt() {
        byte[] lossy = cleaned("lossy.webp");
        byte[] turned = cleaned("photo.webp");

        assertThat(lossy[20] & 0x0C).as("neither EXIF nor XMP").isZero();
        assertThat(turned[20] & 0x0C).as("EXIF for the orientation").isEqualTo(0x08);
        assertThat(littleEndian(lossy, 4)).isEqualTo(lossy.length - 8);
        assertThat(littleEndian(turned, 4)).isEqualTo(turned.length - 8);
    }

    @Test
    void theChunksOfAWebpPictureStayBitByBit() {
        String before = new String(Samples.read("photo.webp"), StandardCharsets.ISO_8859_1);
        String after = new String(cleaned("photo.webp"), StandardCharsets.ISO_8859_1);
        int picture = before.indexOf("VP8L");
        int end = picture + 8 + littleEndian(Samples.read("photo.webp"), picture + 4);

        assertThat(after).contains(before.substring(picture, end));
    }

    @Test
    void aDrawingShowsWhatItShowed() {
        String drawing = new String(cleaned("drawing.svg"), StandardCharsets.UTF_8);

        assertThat(drawing)
                .contains("<title>Two shapes</title>", "fill=\"#336699\"", "data:image/jpeg;base64,")
                .doesNotContain("metadata", "<!--", "export-filename", "DOCTYPE");
    }

    private static byte[] cleaned(String sample) {
        try (Filtered filtered = Samples.apply(
                new LibraryCleaner().filter(FileRules.STANDARD, Set.of()), sample, Samples.read(sample))) {
            return Samples.content(filtered);
        }
    }

    private static Metadata metadata(byte[] bytes) throws ImageProcessingException, IOException {
        return ImageMetadataReader.readMetadata(new ByteArrayInputStream(bytes));
    }

    private static List<Class<?>> kinds(byte[] bytes) throws ImageProcessingException, IOException {
        return directories(bytes).<Class<?>>map(Object::getClass).toList();
    }

    private static List<String> descriptions(byte[] bytes) throws ImageProcessingException, IOException {
        return directories(bytes)
                .flatMap(directory -> directory.getTags().stream())
                .map(tag -> String.valueOf(tag.getDescription()))
                .toList();
    }

    private static Stream<Directory> directories(byte[] bytes) throws ImageProcessingException, IOException {
        return StreamSupport.stream(metadata(bytes).getDirectories().spliterator(), false);
    }

    private static int orientation(byte[] bytes) throws ImageProcessingException, IOException, MetadataException {
        return Objects.requireNonNull(metadata(bytes).getFirstDirectoryOfType(ExifIFD0Directory.class))
                .getInt(ExifIFD0Directory.TAG_ORIENTATION);
    }

    private static List<String> icc(byte[] bytes) throws ImageProcessingException, IOException {
        return directories(bytes)
                .filter(directory -> directory instanceof IccDirectory
                        || (directory instanceof PngDirectory
                                && directory.getName().contains("iCCP")))
                .flatMap(directory -> directory.getTags().stream())
                .map(tag -> tag.toString())
                .toList();
    }

    private static List<int[]> pages(byte[] bytes) throws IOException {
        ImageReader reader = ImageIO.getImageReaders(ImageIO.createImageInputStream(new ByteArrayInputStream(bytes)))
                .next();
        reader.setInput(ImageIO.createImageInputStream(new ByteArrayInputStream(bytes)));
        return IntStream.range(0, reader.getNumImages(true))
                .mapToObj(page -> pixels(reader, page))
                .toList();
    }

    private static int[] pixels(ImageReader reader, int page) {
        try {
            BufferedImage image = reader.read(page);
            return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] from(byte[] jpeg, int marker) {
        String text = new String(jpeg, StandardCharsets.ISO_8859_1);
        return text.substring(text.lastIndexOf("\u00ff" + (char) marker)).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static int littleEndian(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(at);
    }
}
