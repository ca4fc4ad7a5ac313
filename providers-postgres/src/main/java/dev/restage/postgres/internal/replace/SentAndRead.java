package dev.restage.postgres.internal.replace;

import dev.restage.postgres.internal.archive.ArchiveSource;
import dev.restage.postgres.internal.content.RowSink;
import dev.restage.postgres.internal.content.TableData;
import dev.restage.postgres.internal.content.TablePart;
import dev.restage.postgres.internal.content.Transform;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.RestageException.Effect;
import dev.restage.provider.database.CopyResult;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32C;

/** Compares the rows that were sent into an archive with those that are read from it again: their number and bytes. */
final class SentAndRead implements Transform {

    private final Transform last;
    private final Map<String, Tally> sent = new ConcurrentHashMap<>();

    /** Watches what a transform lets through. */
    SentAndRead(Transform last) {
        this.last = last;
    }

    @Override
    public boolean carriesRows(TableData table) {
        return last.carriesRows(table);
    }

    @Override
    public RowSink before(TableData table, RowSink next) {
        Tally tally = sent.computeIfAbsent(table.entry().name(), name -> new Tally());
        return last.before(table, (buffer, from, length) -> {
            tally.row(buffer, from, length);
            next.row(buffer, from, length);
        });
    }

    /** Reads the archive as it was written. */
    CopyResult.Proof check(ArchiveSource written) throws SQLException, IOException {
        for (TableData table : written.contents().tables()) {
            Tally found = new Tally();
            written.rows(TablePart.whole(table), found);
            Tally expected = sent.getOrDefault(table.entry().name(), new Tally());
            if (found.rows != expected.rows || found.sum.getValue() != expected.sum.getValue()) {
                throw new ProviderException(
                        Kind.FAILED,
                        "%s has %d rows in the new archive, not as the %d that were sent; check the disk"
                                .formatted(table.entry().name(), found.rows, expected.rows),
                        Effect.NONE,
                        null);
            }
        }
        return new CopyResult.Proof(written.contents().tables().size(), 0, 0, 0);
    }

    private static final class Tally implements RowSink {

        private final CRC32C sum = new CRC32C();
        private long rows;

        @Override
        public void row(byte[] buffer, int from, int length) {
            rows++;
            sum.update(buffer, from, length);
        }
    }
}
