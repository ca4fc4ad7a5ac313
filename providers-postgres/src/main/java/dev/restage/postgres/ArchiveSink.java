package dev.restage.postgres;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import tools.jackson.databind.json.JsonMapper;

/** Writes a snapshot file: the rows of each table as COPY gave them, and at last the manifest. */
final class ArchiveSink implements SchemaSink {

    static final String MANIFEST = "manifest.json";

    private final String id;
    private final Instant takenAt;
    private final int majorVersion;
    private final ZipOutputStream zip;
    private final List<SchemaEntry> entries = new ArrayList<>();
    private final List<SnapshotManifest.Rows> tables = new ArrayList<>();

    ArchiveSink(Path file, String id, Instant takenAt, int majorVersion) throws IOException {
        this.id = id;
        this.takenAt = takenAt;
        this.majorVersion = majorVersion;
        this.zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16));
        zip.setLevel(Deflater.BEST_SPEED);
    }

    @Override
    public void make(SchemaEntry entry) {
        entries.add(entry);
    }

    @Override
    public TableSink open(TableData table) throws IOException {
        String file = "rows/%d".formatted(tables.size());
        zip.putNextEntry(new ZipEntry(file));
        Checksum sum = new Checksum();
        return new TableSink() {
            @Override
            public void take(byte[] row) throws IOException {
                sum.add(row);
                zip.write(row);
            }

            @Override
            public void end() throws IOException {
                zip.closeEntry();
                List<String> columns =
                        table.columns().stream().map(TableColumn::name).toList();
                tables.add(new SnapshotManifest.Rows(
                        table.schema(), table.name(), columns, file, sum.rows(), sum.bytes(), sum.sha256()));
            }
        };
    }

    @Override
    public void finish() throws IOException {
        SnapshotManifest manifest =
                new SnapshotManifest(SnapshotManifest.FORMAT, id, takenAt, majorVersion, entries, tables);
        zip.putNextEntry(new ZipEntry(MANIFEST));
        zip.write(JsonMapper.builder().build().writeValueAsString(manifest).getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
        zip.finish();
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
