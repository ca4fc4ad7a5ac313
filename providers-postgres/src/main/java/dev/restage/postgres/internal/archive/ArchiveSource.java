package dev.restage.postgres.internal.archive;

import dev.restage.masking.DatabaseShape;
import dev.restage.masking.TableShape;
import dev.restage.postgres.internal.archive.entries.CopyStatement;
import dev.restage.postgres.internal.archive.entries.Gaps;
import dev.restage.postgres.internal.archive.entries.LargeObjectGroups;
import dev.restage.postgres.internal.archive.entries.SearchPath;
import dev.restage.postgres.internal.archive.entries.Shapes;
import dev.restage.postgres.internal.content.Contents;
import dev.restage.postgres.internal.content.Entry;
import dev.restage.postgres.internal.content.LargeObjectSink;
import dev.restage.postgres.internal.content.LeftBehind;
import dev.restage.postgres.internal.content.RowSink;
import dev.restage.postgres.internal.content.Source;
import dev.restage.postgres.internal.content.TableData;
import dev.restage.postgres.internal.content.TablePart;
import dev.restage.postgres.internal.session.Query;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.RestageException.Effect;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads an archive: a file by several threads, or a stream that cannot go back, such as a download while it arrives.
 * Whatever is wrong with it is told by a {@link ProviderException} that names archive and position; opening a file finds
 * whether it was cut off.
 */
public final class ArchiveSource implements Source {

    private static final int BUFFER = 1 << 16;

    /** In so many a name is looked for, as each costs time. */
    private static final int SCHEMAS = 50;

    private static final Pattern PATH = Pattern.compile("(?m)^ALTER DATABASE .* SET search_path TO (.*);$");

    private final String name;
    private final Toc toc;
    private final Gaps gaps;
    private final LeftBehind left;
    private final Contents contents;
    private final Map<Integer, TocEntry> withData = new HashMap<>();
    private volatile DataItems items;

    private ArchiveSource(String name, Toc toc, DataItems items, List<String> without) {
        this.name = name;
        this.toc = toc;
        this.items = items;
        toc.withData().forEach(each -> withData.put(each.entry().id(), each));
        Contents all = contents(toc, items.sizes());
        this.gaps = new Gaps(name, all);
        this.left = LeftBehind.of(all, without);
        this.contents = left.rest();
    }

    /** Opens a file, of which all is wanted. */
    public static ArchiveSource of(Path file) {
        return of(file, List.of());
    }

    /**
     * Opens a file.
     *
     * @param without names of what is not wanted of it
     */
    public static ArchiveSource of(Path file, List<String> without) {
        String name = file.toString();
        if (Files.isDirectory(file)) {
            throw refused(name, "it is a directory archive; use pg_dump -Fc");
        }
        if (!Files.exists(file)) {
            throw new ProviderException(
                    Kind.NOT_FOUND, "there is no archive %s; check the path".formatted(name), Effect.NONE, null);
        }
        try {
            return of(name, FileChannel.open(file), without);
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    private static ArchiveSource of(String name, FileChannel channel, List<String> without) throws IOException {
        try {
            Toc toc = ArchiveReader.read(new ArchiveInput(name, FileItems.stream(channel, 0, BUFFER), 0));
            return new ArchiveSource(name, checked(name, toc), new FileItems(name, channel, toc), without);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Reads a stream of which nobody knows how long it is. */
    public static ArchiveSource of(String name, InputStream stream) {
        return of(name, stream, 0, List.of());
    }

    /**
     * Reads header and table of contents of a stream. Closing the source closes the stream.
     *
     * @param name what messages call it
     * @param stream the archive from its first byte on
     * @param bytes how many it has; 0 if that is not known
     * @param without names of what is not wanted of it
     */
    public static ArchiveSource of(String name, InputStream stream, long bytes, List<String> without) {
        Spool spool = new Spool(name, stream, bytes);
        ArchiveInput input = new ArchiveInput(name, new BufferedInputStream(spool, BUFFER), 0);
        Toc toc = ArchiveReader.read(input);
        return new ArchiveSource(name, checked(name, toc), new StreamItems(spool, input, toc), without);
    }

    /** What the archive says about itself. */
    public Header header() {
        return toc.header();
    }

    /**
     * What it lacks to replace a database, a sentence each.
     *
     * @param wanted what of its contents is carried
     */
    public List<String> problems(Contents wanted) {
        return Stream.of(gaps.problem(), gaps.problem(wanted))
                .flatMap(Optional::stream)
                .toList();
    }

    @Override
    public Contents contents() {
        return contents;
    }

    /** {@inheritDoc} Without the database's settings it is that of a new server, with all schemas behind. */
    @Override
    public String searchPath() {
        return contents.entries().stream()
                .filter(entry -> entry.kind().equals("DATABASE PROPERTIES"))
                .map(entry -> PATH.matcher(String.valueOf(entry.definition())))
                .filter(Matcher::find)
                .map(path -> path.group(1))
                .findFirst()
                .orElseGet(() -> Stream.concat(
                                Stream.of("\"$user\", public"),
                                contents.entries().stream()
                                        .filter(entry -> entry.kind().equals("SCHEMA"))
                                        .map(schema -> Query.quoted(schema.tag()))
                                        .limit(SCHEMAS))
                        .collect(Collectors.joining(", ")));
    }

    @Override
    public LeftBehind left() {
        return left;
    }

    @Override
    public Order order() {
        return items instanceof FileItems ? Order.ANY : Order.AS_LISTED;
    }

    @Override
    public void inAnyOrder(Progress progress) throws IOException {
        if (items instanceof StreamItems stream) {
            items = new FileItems(name, stream.intoFile(progress), toc);
        }
    }

    @Override
    public List<TablePart> parts(TableData table, int most) {
        return List.of(TablePart.whole(table));
    }

    @Override
    public void rows(TablePart part, RowSink sink) throws SQLException, IOException {
        if (!part.isWhole()) {
            throw new IllegalArgumentException("an archive has no parts of tables");
        }
        ArchiveInput input = items.open(located(part.data().entry()));
        try (Payload payload = new Payload(input, toc.header().compression())) {
            new CopyRows(payload)
                    .handTo(Utf8Rows.before(
                            sink, toc.encoding(), part.data().entry().name()));
        }
    }

    @Override
    public void largeObjects(Entry blobs, LargeObjectSink sink) throws SQLException, IOException {
        ArchiveInput input = items.open(located(blobs));
        byte[] buffer = new byte[BUFFER];
        for (int oid = input.number(); oid != 0; oid = input.number()) {
            sink.begin(Integer.toUnsignedLong(oid));
            try (Payload payload = new Payload(input, toc.header().compression())) {
                for (int read = payload.read(buffer, 0, BUFFER); read >= 0; read = payload.read(buffer, 0, BUFFER)) {
                    sink.write(buffer, 0, read);
                }
            }
            sink.end();
        }
    }

    /** Reads all there is once, and so finds any damage that the format lets one find; it has no checksums. */
    public void verify() {
        try {
            if (items instanceof FileItems file) {
                file.walk();
            }
            for (TocEntry item : toc.withData()) {
                if (DataItems.type(item) == DataItems.ROWS) {
                    try (Payload payload =
                            new Payload(items.open(item), toc.header().compression())) {
                        new CopyRows(payload).handTo((buffer, from, length) -> {});
                    }
                } else {
                    largeObjects(item.entry(), NOWHERE);
                }
            }
        } catch (IOException e) {
            throw unreadable(name, e);
        } catch (SQLException e) {
            throw new IllegalStateException("no server is asked", e);
        }
    }

    @Override
    public void cancel() {
        try {
            items.close();
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    @Override
    public void close() throws IOException {
        items.close();
    }

    private TocEntry located(Entry entry) {
        TocEntry found = withData.get(entry.id());
        if (found == null) {
            throw new IllegalArgumentException("no data: " + entry.name());
        }
        return found;
    }

    private static Toc checked(String name, Toc toc) {
        for (TocEntry each : toc.entries()) {
            if (!LargeObjectGroups.isSound(each.entry())) {
                throw new ProviderException(
                        Kind.FAILED,
                        "archive %s is damaged: %s names no large objects; dump or download it again"
                                .formatted(name, each.entry().name()),
                        Effect.NONE,
                        null);
            }
        }
        for (TocEntry each : toc.withData()) {
            Entry entry = each.entry();
            boolean rows = entry.kind().equals(Entry.TABLE_DATA);
            if (!rows && !entry.kind().equals(Entry.BLOBS)) {
                throw refused(name, "it has data for %s, a kind that is not known".formatted(entry.name()));
            }
            if (rows && (entry.copy() == null || entry.copy().isBlank())) {
                throw refused(name, "its rows are INSERT statements; use pg_dump without --inserts");
            }
        }
        return toc;
    }

    private static Contents contents(Toc toc, Map<Integer, Long> sizes) {
        List<Entry> listed = toc.entries().stream()
                .map(TocEntry::entry)
                .filter(entry -> !Toc.isSpecial(entry))
                .toList();
        List<Entry> entries = LargeObjectGroups.split(listed);
        DatabaseShape shape = Shapes.of(entries);
        if (!toc.has(Toc.SEARCHPATH)) {
            entries = entries.stream().map(SearchPath::qualified).toList();
        }
        Set<Integer> filled = new HashSet<>();
        toc.withData().forEach(each -> filled.add(each.entry().id()));
        List<TableData> tables = entries.stream()
                .filter(entry -> entry.kind().equals(Entry.TABLE_DATA) && filled.contains(entry.id()))
                .map(entry -> table(entry, shape, sizes.getOrDefault(entry.id(), 0L)))
                .toList();
        Header header = toc.header();
        return new Contents(
                header.database(),
                majorVersion(header.serverVersion()),
                header.serverVersion(),
                Utf8Rows.encoding(toc.encoding()),
                entries,
                tables,
                shape);
    }

    private static TableData table(Entry entry, DatabaseShape shape, long bytes) {
        List<String> columns = CopyStatement.columns(entry.copy() == null ? "" : entry.copy());
        TableShape table = shape.table(entry.schema() == null ? "" : entry.schema(), entry.tag())
                .orElseGet(() -> Shapes.unknown(entry, columns));
        return new TableData(entry, table, columns, bytes, 0, 0);
    }

    /** {@code 15.18 (Debian 15.18-0+deb12u1)} is of 15. */
    private static int majorVersion(String version) {
        int end = 0;
        while (end < version.length() && end < 4 && Character.isDigit(version.charAt(end))) {
            end++;
        }
        return end == 0 ? 0 : Integer.parseInt(version.substring(0, end));
    }

    private static ProviderException refused(String name, String why) {
        return new ProviderException(
                Kind.UNSUPPORTED, "archive %s cannot be read: %s".formatted(name, why), Effect.NONE, null);
    }

    private static ProviderException unreadable(String name, IOException e) {
        return new ProviderException(
                Kind.UNAVAILABLE,
                "archive %s could not be read: %s; try again".formatted(name, e.getMessage()),
                Effect.NONE,
                e);
    }

    private static final LargeObjectSink NOWHERE = new LargeObjectSink() {
        @Override
        public void begin(long oid) {}

        @Override
        public void write(byte[] buffer, int from, int length) {}

        @Override
        public void end() {}
    };
}
