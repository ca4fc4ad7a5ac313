package dev.restage.postgres.internal.archive;

import dev.restage.postgres.internal.content.RowSink;
import dev.restage.postgres.internal.session.Encodings;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;

/** Puts rows into UTF8, in which masks work, servers are asked, and archives are written. */
final class Utf8Rows implements RowSink {

    private static final String UTF8 = "UTF8";

    private final RowSink next;
    private final String encoding;
    private final String table;
    private final CharsetDecoder decoder;

    private Utf8Rows(RowSink next, String encoding, String table, Charset charset) {
        this.next = next;
        this.encoding = encoding;
        this.table = table;
        this.decoder = charset.newDecoder();
    }

    /** The encoding of rows that come out; bytes without a meaning keep none. */
    static String encoding(String encoding) {
        return encoding.equals(Encodings.SQL_ASCII) ? encoding : UTF8;
    }

    static RowSink before(RowSink next, String encoding, String table) {
        return encoding(encoding).equals(encoding)
                ? next
                : new Utf8Rows(
                        next, encoding, table, Encodings.charset(encoding).orElseThrow());
    }

    @Override
    public void row(byte[] buffer, int from, int length) throws SQLException, IOException {
        if (isAscii(buffer, from, length)) {
            next.row(buffer, from, length);
            return;
        }
        try {
            byte[] row = decoder.decode(ByteBuffer.wrap(buffer, from, length))
                    .toString()
                    .getBytes(StandardCharsets.UTF_8);
            next.row(row, 0, row.length);
        } catch (CharacterCodingException e) {
            throw new ProviderException(
                    Kind.FAILED,
                    "%s has a value that is no text in %s: dump it with pg_dump --encoding=UTF8"
                            .formatted(table, encoding),
                    null);
        }
    }

    /** A byte below 128 may be the second one of a character, but then the first one is not. */
    private static boolean isAscii(byte[] buffer, int from, int length) {
        for (int i = from; i < from + length; i++) {
            if (buffer[i] < 0) {
                return false;
            }
        }
        return true;
    }
}
