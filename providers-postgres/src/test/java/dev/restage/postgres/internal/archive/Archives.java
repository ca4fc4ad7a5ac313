package dev.restage.postgres.internal.archive;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.restage.postgres.internal.content.Contents;
import dev.restage.postgres.internal.content.Entry;
import dev.restage.postgres.internal.content.LargeObjectSink;
import dev.restage.postgres.internal.content.Sink;
import dev.restage.postgres.internal.content.Source;
import dev.restage.postgres.internal.content.TableData;
import dev.restage.postgres.internal.content.TablePart;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Archives of the fixtures, and what is in archives. */
final class Archives {

    private static final String FIXTURES = System.getProperty("restage.fixtures", "");

    private Archives() {}

    static Path file(String name) {
        assumeTrue(!FIXTURES.isEmpty(), "no fixtures: set restage.fixtures");
        return Path.of(FIXTURES, "postgres", "archives", name);
    }

    static Stream<String> all() {
        return Stream.of(
                "small-v1.14-gzip.dump",
                "small-v1.14-no-offsets.dump",
                "small-v1.14-none.dump",
                "small-v1.15-gzip.dump",
                "small-v1.16-gzip.dump",
                "small-v1.16-lz4.dump",
                "small-v1.16-none.dump",
                "small-v1.16-zstd.dump",
                "pagila-v1.14.dump");
    }

    static Toc toc(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            return ArchiveReader.read(new ArchiveInput(file.toString(), FileItems.stream(channel, 0, 512), 0));
        }
    }

    /** The text of each table's rows, and of each large object, one character a byte. */
    static Map<String, String> data(Source source) throws SQLException, IOException {
        Map<String, String> data = new TreeMap<>();
        for (Entry entry : source.contents().entries()) {
            if (entry.kind().equals(Entry.TABLE_DATA)) {
                ByteArrayOutputStream rows = new ByteArrayOutputStream();
                source.rows(TablePart.whole(table(source.contents(), entry)), rows::write);
                data.put(entry.schema() + "." + entry.tag(), rows.toString(StandardCharsets.ISO_8859_1));
            } else if (entry.kind().equals(Entry.BLOBS)) {
                source.largeObjects(entry, new Objects(data));
            }
        }
        return data;
    }

    static void copy(Source source, Sink sink) throws SQLException, IOException {
        Contents contents = source.contents();
        sink.begin(contents);
        for (Entry entry : contents.entries()) {
            if (entry.kind().equals(Entry.TABLE_DATA)) {
                TablePart part = TablePart.whole(table(contents, entry));
                try (Sink.TableWriter writer = sink.rows(part)) {
                    source.rows(part, writer);
                    writer.end();
                }
            } else if (entry.kind().equals(Entry.BLOBS)) {
                try (Sink.LargeObjectWriter writer = sink.largeObjects(entry)) {
                    source.largeObjects(entry, writer);
                    writer.finish();
                }
            } else {
                sink.make(entry);
            }
        }
        sink.finish();
    }

    static TableData table(Contents contents, Entry entry) {
        return contents.tables().stream()
                .filter(each -> each.entry().equals(entry))
                .findFirst()
                .orElseThrow();
    }

    private static final class Objects implements LargeObjectSink {

        private final Map<String, String> data;
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();
        private long current;

        Objects(Map<String, String> data) {
            this.data = data;
        }

        @Override
        public void begin(long oid) {
            current = oid;
        }

        @Override
        public void write(byte[] buffer, int from, int length) {
            content.write(buffer, from, length);
        }

        @Override
        public void end() {
            data.put("large object " + current, content.toString(StandardCharsets.ISO_8859_1));
            content.reset();
        }
    }
}
