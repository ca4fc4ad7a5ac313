package dev.restage.files.internal.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrientationTest {

    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final int ARTIST = 315;
    private static final int ORIENTATION = 274;

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 6, 7, 8})
    void ofAPictureThatIsTurnedOneEntryStays(int turned) {
        byte[] kept = Orientation.only(exif(ByteOrder.BIG_ENDIAN, SHORT, turned));

        assertThat(kept)
                .isEqualTo(ByteBuffer.allocate(26)
                        .put(new byte[] {'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1})
                        .putShort((short) ORIENTATION)
                        .putShort((short) SHORT)
                        .putInt(1)
                        .putShort((short) turned)
                        .array());
        assertThat(new String(kept, StandardCharsets.ISO_8859_1)).doesNotContain("Okafor");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 9, -1, 300})
    void ofAnUprightPictureNothingStays(int turned) {
        assertThat(Orientation.only(exif(ByteOrder.BIG_ENDIAN, SHORT, turned))).isEmpty();
    }

    @Test
    void isReadInEitherOrderOfBytesAndWidth() {
        byte[] kept = Orientation.only(exif(ByteOrder.BIG_ENDIAN, SHORT, 6));

        assertThat(Orientation.only(exif(ByteOrder.LITTLE_ENDIAN, SHORT, 6))).isEqualTo(kept);
        assertThat(Orientation.only(exif(ByteOrder.LITTLE_ENDIAN, LONG, 6))).isEqualTo(kept);
        assertThat(Orientation.only(exif(ByteOrder.BIG_ENDIAN, LONG, 6))).isEqualTo(kept);
    }

    @Test
    void whatWasKeptIsKeptAgain() {
        byte[] kept = Orientation.only(exif(ByteOrder.LITTLE_ENDIAN, SHORT, 8));

        assertThat(Orientation.only(kept)).isEqualTo(kept);
    }

    @Test
    void ofExifThatNobodyCanReadNothingStays() {
        byte[] whole = exif(ByteOrder.BIG_ENDIAN, SHORT, 6);
        for (int length = 0; length < 8 + 2 + 12 + 10; length++) {
            assertThat(Orientation.only(Arrays.copyOf(whole, length)))
                    .as("%d bytes", length)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MAX_VALUE, Integer.MIN_VALUE, -1, 1000})
    void aDirectoryOutsideOfTheFileIsNone(int at) {
        byte[] exif = exif(ByteOrder.BIG_ENDIAN, SHORT, 6);
        ByteBuffer.wrap(exif).putInt(4, at);

        assertThat(Orientation.only(exif)).isEmpty();
    }

    /** A directory with an artist and an orientation, and the artist's name behind it. */
    private static byte[] exif(ByteOrder order, int type, int orientation) {
        ByteBuffer exif = ByteBuffer.allocate(64).order(order);
        exif.put((order == ByteOrder.BIG_ENDIAN ? "MM" : "II").getBytes(StandardCharsets.ISO_8859_1));
        exif.putShort((short) 42).putInt(8).putShort((short) 2);
        exif.putShort((short) ARTIST).putShort((short) 2).putInt(7).putInt(38);
        exif.putShort((short) ORIENTATION).putShort((short) type).putInt(1);
        if (type == SHORT) {
            exif.putShort((short) orientation).putShort((short) 0);
        } else {
            exif.putInt(orientation);
        }
        exif.putInt(0).put("Okafor\0".getBytes(StandardCharsets.ISO_8859_1));
        return exif.array();
    }
}
