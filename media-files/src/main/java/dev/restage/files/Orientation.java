package dev.restage.files;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import org.apache.commons.imaging.bytesource.ByteSource;
import org.apache.commons.imaging.common.ImageMetadata;
import org.apache.commons.imaging.formats.tiff.TiffField;
import org.apache.commons.imaging.formats.tiff.TiffImageMetadata;
import org.apache.commons.imaging.formats.tiff.TiffImageParser;
import org.apache.commons.imaging.formats.tiff.TiffImagingParameters;
import org.apache.commons.imaging.formats.tiff.constants.TiffTagConstants;
import org.apache.commons.imaging.formats.tiff.write.TiffImageWriterLossy;
import org.apache.commons.imaging.formats.tiff.write.TiffOutputSet;

/** How a picture is turned when it is shown: the one entry of EXIF that stays, since pictures would turn without it. */
final class Orientation {

    private static final int UPRIGHT = 1;
    private static final int LAST = 8;

    private Orientation() {}

    /**
     * {@return EXIF that holds the orientation of other EXIF and nothing else; empty for an upright picture, or for EXIF
     * that nobody can read, which no viewer heeds either}
     *
     * @param exif a TIFF structure
     */
    static byte[] only(byte[] exif) throws IOException {
        int orientation = of(exif);
        if (orientation <= UPRIGHT || orientation > LAST) {
            return new byte[0];
        }
        TiffOutputSet set = new TiffOutputSet(ByteOrder.BIG_ENDIAN);
        set.getOrCreateRootDirectory().add(TiffTagConstants.TIFF_TAG_ORIENTATION, (short) orientation);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new TiffImageWriterLossy(ByteOrder.BIG_ENDIAN).write(bytes, set);
        return bytes.toByteArray();
    }

    private static int of(byte[] exif) {
        try {
            TiffImagingParameters structure = new TiffImagingParameters();
            structure.setReadThumbnails(false);
            ImageMetadata read = new TiffImageParser().getMetadata(ByteSource.array(exif), structure);
            TiffField field = ((TiffImageMetadata) read).findField(TiffTagConstants.TIFF_TAG_ORIENTATION);
            return field == null ? UPRIGHT : field.getIntValue();
        } catch (IOException | RuntimeException e) {
            return UPRIGHT;
        }
    }
}
