package dev.restage.postgres;

import dev.restage.postgres.SchemaEntry.Section;
import dev.restage.provider.CopyResult;
import dev.restage.provider.Progress;
import java.io.IOException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Brings everything from a source to a sink, and masks on the way. One object serves one transfer. */
final class Transfer {

    private static final int ROWS_PER_REPORT = 1000;

    private final SchemaSource source;
    private final SchemaSink sink;
    private final MaskPlan masks;
    private final Progress progress;
    private final Map<String, Long> rows = new HashMap<>();
    private long total;
    private long done;
    private long bytes;
    private long maskedValues;

    Transfer(SchemaSource source, SchemaSink sink, MaskPlan masks, Progress progress) {
        this.source = source;
        this.sink = sink;
        this.masks = masks;
        this.progress = progress;
    }

    CopyResult run() throws SQLException, IOException {
        List<SchemaEntry> entries = source.entries();
        List<TableData> tables = source.tables();
        total = tables.stream()
                .filter(masks::carriesRowsOf)
                .mapToLong(TableData::rows)
                .sum();
        make(entries, Section.BEFORE_ROWS);
        for (TableData table : tables) {
            if (masks.carriesRowsOf(table)) {
                rows(table);
            } else {
                rows.put(table.qualifiedName(), 0L);
            }
        }
        make(entries, Section.WITH_ROWS);
        make(entries, Section.AFTER_ROWS);
        sink.finish();
        progress.report(Progress.Unit.ROWS, done, done);
        return new CopyResult(rows, bytes, maskedValues, CopyResult.Proof.NONE, null);
    }

    private void make(List<SchemaEntry> entries, Section section) throws SQLException, IOException {
        for (SchemaEntry entry : entries) {
            if (entry.section() == section) {
                sink.make(entry);
            }
        }
    }

    private void rows(TableData table) throws SQLException, IOException {
        long before = done;
        RowMask mask = masks.rowMask(table);
        SchemaSink.TableSink target = sink.open(table);
        source.rows(table, row -> {
            target.take(mask.apply(row));
            bytes += row.length;
            if (++done % ROWS_PER_REPORT == 0) {
                progress.report(Progress.Unit.ROWS, done, Math.max(total, done));
            }
        });
        target.end();
        maskedValues += mask.maskedValues();
        rows.put(table.qualifiedName(), done - before);
        progress.report(Progress.Unit.ROWS, done, Math.max(total, done));
    }
}
