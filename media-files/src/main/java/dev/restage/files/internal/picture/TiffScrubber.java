package dev.restage.files.internal.picture;

import dev.restage.files.internal.file.Scrubber;
import dev.restage.files.internal.file.Spool;
import dev.restage.files.internal.file.UncleanException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.commons.imaging.bytesource.ByteSource;
import org.apache.commons.imaging.common.ImageMetadata.ImageMetadataItem;
import org.apache.commons.imaging.formats.tiff.AbstractTiffElement;
import org.apache.commons.imaging.formats.tiff.AbstractTiffImageData;
import org.apache.commons.imaging.formats.tiff.JpegImageData;
import org.apache.commons.imaging.formats.tiff.TiffField;
import org.apache.commons.imaging.formats.tiff.TiffImageMetadata;
import org.apache.commons.imaging.formats.tiff.TiffImageParser;
import org.apache.commons.imaging.formats.tiff.TiffImagingParameters;
import org.apache.commons.imaging.formats.tiff.write.TiffImageWriterLossy;
import org.apache.commons.imaging.formats.tiff.write.TiffOutputDirectory;
import org.apache.commons.imaging.formats.tiff.write.TiffOutputField;
import org.apache.commons.imaging.formats.tiff.write.TiffOutputSet;

/** Writes the pages of a TIFF anew with the fields that make their pixels and colours; the compressed pixels stay. */
public final class TiffScrubber implements Scrubber {

    private static final int MOST_BYTES = 256 << 20;

    /**
     * The fields of the baseline and of its extensions that say how pixels are stored and shown. Source: TIFF 6.0, and the
     * technical notes of 1995 and 2002. Left out are names, descriptions, times, EXIF, GPS, XMP, IPTC and Photoshop's.
     */
    private static final Set<Integer> KEPT = Set.of(
            254, 255, 256, 257, 258, 259, 262, 263, 264, 265, 266, 273, 274, 277, 278, 279, 280, 281, 282, 283, 284,
            290, 291, 292, 293, 296, 297, 301, 317, 318, 319, 320, 321, 322, 323, 324, 325, 332, 334, 336, 338, 339,
            340, 341, 347, 512, 513, 514, 515, 517, 518, 519, 520, 521, 529, 530, 531, 532, 34675);

    /** DNGVersion: the picture lies where only camera software finds it. */
    private static final int CAMERA_RAW = 50706;

    @Override
    public Found scrub(Spool file, OutputStream cleaned) throws UncleanException, IOException {
        byte[] bytes = file.inMemory(MOST_BYTES);
        TiffClaims claims = TiffClaims.of(bytes);
        TiffImageMetadata read = read(bytes);
        boolean something = claims.leaveSomething();
        TiffOutputSet set = new TiffOutputSet(read.contents.header.byteOrder);
        List<TiffImageMetadata.Directory> pages = pages(read);
        something |= pages.size() < read.contents.directories.size();
        for (TiffImageMetadata.Directory page : pages) {
            TiffOutputDirectory kept = page.getOutputDirectory(set.byteOrder);
            for (TiffOutputField field : new ArrayList<>(kept.getFields())) {
                if (!KEPT.contains(field.tag)) {
                    kept.removeField(field.tag);
                }
            }
            something |= page.getAllFields().stream().anyMatch(field -> !KEPT.contains(field.getTag()));
            something |= cleanParts(kept);
            set.addDirectory(kept);
        }
        if (something) {
            new TiffImageWriterLossy(set.byteOrder).write(cleaned, set);
        }
        return Found.of(something);
    }

    /** Strips and tiles may be JPEGs, each with metadata of its own. */
    private static boolean cleanParts(TiffOutputDirectory page) throws UncleanException, IOException {
        boolean something = false;
        JpegImageData whole = page.getRawJpegImageData();
        if (whole != null) {
            byte[] cleaned = cleaned(whole.getData());
            something = cleaned.length < whole.getDataLength();
            page.setJpegImageData(new JpegImageData(0, cleaned.length, cleaned));
        }
        AbstractTiffImageData parts = page.getRawTiffImageData();
        if (parts == null) {
            return something;
        }
        AbstractTiffElement.DataElement[] all = parts.getImageData();
        for (int i = 0; i < all.length; i++) {
            byte[] cleaned = cleaned(all[i].getData());
            something |= cleaned.length < all[i].getDataLength();
            all[i] = new AbstractTiffImageData.Data(0, cleaned.length, cleaned);
        }
        page.setTiffImageData(
                parts instanceof AbstractTiffImageData.Strips strips
                        ? new AbstractTiffImageData.Strips(all, strips.rowsPerStrip)
                        : tiles(all, (AbstractTiffImageData.Tiles) parts));
        return something;
    }

    private static AbstractTiffImageData tiles(AbstractTiffElement.DataElement[] all, AbstractTiffImageData.Tiles old) {
        return new AbstractTiffImageData.Tiles(all, old.getTileWidth(), old.getTileHeight());
    }

    private static byte[] cleaned(byte[] part) throws UncleanException, IOException {
        return part.length > 2 && part[0] == (byte) 0xFF && part[1] == (byte) 0xD8 ? JpegScrubber.clean(part) : part;
    }

    private static TiffImageMetadata read(byte[] bytes) throws UncleanException, IOException {
        TiffImageMetadata read = (TiffImageMetadata)
                new TiffImageParser().getMetadata(ByteSource.array(bytes), new TiffImagingParameters());
        if (read.getAllFields().stream().mapToInt(TiffField::getTag).anyMatch(tag -> tag == CAMERA_RAW)) {
            throw new UncleanException("is the raw picture of a camera, which cannot be cleaned");
        }
        return read;
    }

    /** Without the directories of EXIF, GPS and the like, whose numbers are negative. */
    private static List<TiffImageMetadata.Directory> pages(TiffImageMetadata read) {
        List<TiffImageMetadata.Directory> pages = new ArrayList<>();
        for (ImageMetadataItem item : read.getDirectories()) {
            if (item instanceof TiffImageMetadata.Directory directory && directory.type >= 0) {
                pages.add(directory);
            }
        }
        return pages;
    }
}
