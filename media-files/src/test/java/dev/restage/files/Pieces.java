package dev.restage.files;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;

/** Pieces of pictures, to be put where programs and people put them. */
public final class Pieces {

    /** What should not be there afterwards. */
    public static final byte[] TEXT = bytes("by Ines Okafor");

    private Pieces() {}

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    public static byte[] join(byte[]... pieces) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] piece : pieces) {
            all.writeBytes(piece);
        }
        return all.toByteArray();
    }

    public static byte[] insert(byte[] file, int at, byte[]... pieces) {
        return join(Arrays.copyOf(file, at), join(pieces), Arrays.copyOfRange(file, at, file.length));
    }

    public static byte[] segment(int marker, byte[]... data) {
        byte[] all = join(data);
        return join(
                ByteBuffer.allocate(4)
                        .put((byte) 0xFF)
                        .put((byte) marker)
                        .putShort((short) (all.length + 2))
                        .array(),
                all);
    }

    public static byte[] chunk(String name, byte[]... data) {
        byte[] all = join(data);
        CRC32 sum = new CRC32();
        sum.update(bytes(name));
        sum.update(all);
        return join(
                ByteBuffer.allocate(4).putInt(all.length).array(),
                bytes(name),
                all,
                ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
    }

    public static byte[] riff(String name, byte[]... data) {
        byte[] all = join(data);
        return join(
                bytes(name),
                ByteBuffer.allocate(4)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(all.length)
                        .array(),
                all,
                new byte[all.length % 2]);
    }

    /** A block of a GIF with its sub-blocks. */
    public static byte[] extension(int label, byte[]... blocks) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(0x21);
        all.write(label);
        for (byte[] block : blocks) {
            all.write(block.length);
            all.writeBytes(block);
        }
        all.write(0);
        return all.toByteArray();
    }
}
