package dev.restage.files.internal.office;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.poi.hssf.record.EOFRecord;
import org.apache.poi.hssf.record.FilePassRecord;
import org.apache.poi.hssf.record.FileSharingRecord;
import org.apache.poi.hssf.record.WriteAccessRecord;

/**
 * The name of its last user in an old Excel workbook. It is overwritten in place, as other records say where in the
 * stream their like begin. Source: [MS-XLS] 2.4.118 and 2.4.349.
 */
final class WorkbookUser {

    private static final int HEAD_BYTES = 4;

    /** A flag for reading only, and a password's hash, stand before the name of whoever reserved the file. */
    private static final int SHARING_HEAD_BYTES = 4;

    private static final int WIDE = 1;

    private WorkbookUser() {}

    /** {@return whether there was a name} The records of a workbook come before those of its sheets. */
    static boolean blank(byte[] stream) {
        ByteBuffer records = ByteBuffer.wrap(stream).order(ByteOrder.LITTLE_ENDIAN);
        boolean something = false;
        while (records.remaining() >= HEAD_BYTES) {
            int kind = records.getShort() & 0xFFFF;
            int end = records.position() + 2 + (records.getShort(records.position()) & 0xFFFF);
            int data = records.position() + 2;
            if (end > stream.length || kind == EOFRecord.sid || kind == FilePassRecord.sid) {
                break;
            }
            if (kind == WriteAccessRecord.sid) {
                something |= blank(stream, data, end);
            } else if (kind == FileSharingRecord.sid) {
                something |= blank(stream, data + SHARING_HEAD_BYTES, end);
            }
            records.position(end);
        }
        return something;
    }

    /** A text is a count of two bytes, a byte of flags, and characters of one byte or two. */
    private static boolean blank(byte[] stream, int text, int end) {
        boolean something = false;
        boolean wide = text + 2 < end && (stream[text + 2] & WIDE) == WIDE;
        for (int at = text + 3; at < end; at++) {
            byte blank = (byte) (wide && (at - text) % 2 == 0 ? 0 : ' ');
            something |= stream[at] != blank;
            stream[at] = blank;
        }
        return something;
    }
}
