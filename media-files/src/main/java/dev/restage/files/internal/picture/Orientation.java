package dev.restage.files.internal.picture;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How a picture is turned when it is shown: the one entry of EXIF that stays, since pictures would turn without it. Only the
 * first directory is read, which may be the last thing of EXIF that somebody else still understands.
 */
final class Orientation {

    private static final int UPRIGHT = 1;
    private static final int LAST = 8;
    private static final int TAG = 274;
    private static final int SHORT = 3;
    private static final int VERSION = 42;
    private static final int FIELD_BYTES = 12;
    private static final int HEAD_BYTES = 8;

    private Orientation() {}

    /**
     * {@return EXIF that holds the orientation of other EXIF and nothing else; empty for an upright picture, or for EXIF
     * that nobody can read, which no viewer heeds either}
     *
     * @param exif a TIFF structure
     */
    static byte[] only(byte[] exif) {
        int orientation = of(ByteBuffer.wrap(exif));
        if (orientation <= UPRIGHT || orientation > LAST) {
            return new byte[0];
        }
        return ByteBuffer.allocate(HEAD_BYTES + 2 + FIELD_BYTES + 4)
                .put((byte) 'M')
                .put((byte) 'M')
                .putShort((short) VERSION)
                .putInt(HEAD_BYTES)
                .putShort((short) 1)
                .putShort((short) TAG)
                .putShort((short) SHORT)
                .putInt(1)
                .putShort((short) orientation)
                .array();
    }

    private static int of(ByteBuffer exif) {
        try {
            exif.order(exif.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
            exif.position(exif.getInt(4));
            for (int fields = exif.getShort() & 0xFFFF; fields > 0; fields--) {
                int tag = exif.getShort() & 0xFFFF;
                int type = exif.getShort();
                exif.getInt();
                int value = type == SHORT ? exif.getShort(exif.position()) : exif.getInt(exif.position());
                exif.getInt();
                if (tag == TAG) {
                    return value;
                }
            }
            return UPRIGHT;
        } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
            return UPRIGHT;
        }
    }
}
