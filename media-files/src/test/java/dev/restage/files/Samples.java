package dev.restage.files;

import dev.restage.provider.media.Filtered;
import dev.restage.provider.media.MediaContent;
import dev.restage.provider.media.MediaFilter;
import dev.restage.provider.media.MediaObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSObject;
import org.apache.pdfbox.cos.COSObjectKey;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.common.PDStream;

/** Files with a person in them, and how to look for that person. */
public final class Samples {

    /** The person, who does not exist. */
    public static final String NAME = "okafor";

    private Samples() {}

    public static byte[] read(String name) {
        try (InputStream stream = Samples.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(stream, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Filtered apply(MediaFilter filter, String key, byte[] bytes) {
        return filter.apply(
                new MediaObject(key, bytes.length, "", Instant.EPOCH),
                new MediaContent(new ByteArrayInputStream(bytes), bytes.length, "", Map.of()));
    }

    public static byte[] content(Filtered filtered) {
        Filtered.Content content = Objects.requireNonNull(filtered.content(), filtered::why);
        try (InputStream stream = content.open()) {
            byte[] bytes = stream.readAllBytes();
            if (bytes.length != content.sizeBytes()) {
                throw new IllegalStateException(
                        "says %d bytes and has %d".formatted(content.sizeBytes(), bytes.length));
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the name is anywhere, unpacked or not, in any of the ways in which these formats write text. */
    public static boolean names(byte[] bytes) {
        for (Charset charset :
                List.of(StandardCharsets.ISO_8859_1, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            String text = new String(bytes, charset).toLowerCase(Locale.ROOT);
            String shifted = new String(bytes, 1, bytes.length - 1, charset).toLowerCase(Locale.ROOT);
            if (text.contains(NAME) || shifted.contains(NAME)) {
                return true;
            }
        }
        return partsName(bytes);
    }

    private static boolean partsName(byte[] bytes) {
        String head = new String(bytes, 0, Math.min(4, bytes.length), StandardCharsets.ISO_8859_1);
        try {
            return switch (head) {
                case "PK\3\4" -> zipNames(bytes);
                case "%PDF" -> pdfNames(bytes);
                default -> false;
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean zipNames(byte[] bytes) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                byte[] part = zip.readAllBytes();
                if (part.length > 1 && names(part)) {
                    return true;
                }
            }
            return false;
        }
    }

    private static boolean pdfNames(byte[] bytes) throws IOException {
        try (PDDocument document = Loader.loadPDF(bytes)) {
            for (COSObjectKey key : document.getDocument().getXrefTable().keySet()) {
                COSObject object = Objects.requireNonNull(document.getDocument().getObjectFromPool(key));
                COSBase base = object.getObject();
                if (String.valueOf(base).toLowerCase(Locale.ROOT).contains(NAME)) {
                    return true;
                }
                if (base instanceof COSStream stream) {
                    ByteArrayOutputStream decoded = new ByteArrayOutputStream();
                    try (InputStream in =
                            new PDStream(stream).createInputStream(List.of("DCTDecode", "DCT", "JPXDecode"))) {
                        in.transferTo(decoded);
                    }
                    if (decoded.size() > 1 && names(decoded.toByteArray())) {
                        return true;
                    }
                }
            }
            return false;
        }
    }
}
