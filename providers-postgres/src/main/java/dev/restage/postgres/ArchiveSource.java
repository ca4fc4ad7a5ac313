package dev.restage.postgres;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Reads a snapshot file. Says with an {@link IOException} that a file is damaged. */
final class ArchiveSource implements SchemaSource {

    private final ZipFile zip;
    private final SnapshotManifest manifest;

    ArchiveSource(Path file) throws IOException {
        this.zip = new ZipFile(file.toFile());
        try (InputStream json = stream(ArchiveSink.MANIFEST)) {
            this.manifest = JsonMapper.builder().build().readValue(json.readAllBytes(), SnapshotManifest.class);
        } catch (IOException | JacksonException e) {
            zip.close();
            throw new IOException("its manifest is damaged", e);
        }
        if (manifest.formatVersion() > SnapshotManifest.FORMAT) {
            zip.close();
            throw new IOException("a newer Restage wrote it (format %d)".formatted(manifest.formatVersion()));
        }
    }

    SnapshotManifest manifest() {
        return manifest;
    }

    /** Reads all rows once and compares them with the manifest. */
    void verify() throws IOException, SQLException {
        for (SnapshotManifest.Rows rows : manifest.tables()) {
            Checksum sum = new Checksum();
            read(rows, sum::add);
            if (sum.rows() != rows.rows() || !sum.sha256().equals(rows.sha256())) {
                throw new IOException("the rows of %s.%s are damaged".formatted(rows.schema(), rows.name()));
            }
        }
    }

    @Override
    public List<SchemaEntry> entries() {
        return manifest.entries();
    }

    @Override
    public List<TableData> tables() {
        return manifest.tables().stream().map(SnapshotManifest.Rows::table).toList();
    }

    @Override
    public void rows(TableData table, RowSink sink) throws IOException, SQLException {
        for (SnapshotManifest.Rows rows : manifest.tables()) {
            if (rows.schema().equals(table.schema()) && rows.name().equals(table.name())) {
                read(rows, sink);
            }
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    private void read(SnapshotManifest.Rows rows, RowSink sink) throws IOException, SQLException {
        ByteArrayOutputStream row = new ByteArrayOutputStream();
        try (InputStream in = new BufferedInputStream(stream(rows.file()), 1 << 16)) {
            for (int b = in.read(); b >= 0; b = in.read()) {
                row.write(b);
                if (b == '\n') {
                    sink.take(row.toByteArray());
                    row.reset();
                }
            }
        }
    }

    private InputStream stream(String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new IOException("it lacks " + name);
        }
        return zip.getInputStream(entry);
    }
}
