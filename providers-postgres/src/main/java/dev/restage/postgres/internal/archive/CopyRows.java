package dev.restage.postgres.internal.archive;

import dev.restage.postgres.internal.content.RowSink;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Arrays;

/** Cuts the text that COPY wrote into rows. In COPY's text form a line feed within a value is always escaped. */
final class CopyRows {

    /** A server takes no longer row. Source: PostgreSQL documentation, "Limits": 1 GB per field. */
    private static final int LONGEST_ROW = 1 << 30;

    private final Payload payload;
    private byte[] buffer = new byte[1 << 16];
    private int from;
    private int to;

    CopyRows(Payload payload) {
        this.payload = payload;
    }

    /** Hands over all rows before the end mark, the line {@code \.}; nothing but empty lines may follow it. */
    void handTo(RowSink sink) throws SQLException, IOException {
        int searched = 0;
        while (true) {
            int end = lineEnd(from + searched);
            if (end < 0) {
                searched = to - from;
                if (!fill()) {
                    throw payload.damaged("rows end without their end mark");
                }
                continue;
            }
            searched = 0;
            if (end - from == 2 && buffer[from] == '\\' && buffer[from + 1] == '.') {
                from = end + 1;
                rest();
                return;
            }
            sink.row(buffer, from, end + 1 - from);
            from = end + 1;
        }
    }

    private void rest() {
        do {
            for (; from < to; from++) {
                if (buffer[from] != '\n') {
                    throw payload.damaged("something follows the end mark of rows");
                }
            }
        } while (fill());
    }

    private int lineEnd(int start) {
        byte[] bytes = buffer;
        int last = to;
        for (int i = start; i < last; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private boolean fill() {
        if (from > 0) {
            System.arraycopy(buffer, from, buffer, 0, to - from);
            to -= from;
            from = 0;
        }
        if (to == buffer.length) {
            if (to >= LONGEST_ROW) {
                throw payload.damaged("a row has more than 1 GB");
            }
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        int read = payload.read(buffer, to, buffer.length - to);
        if (read < 0) {
            return false;
        }
        to += read;
        return true;
    }
}
