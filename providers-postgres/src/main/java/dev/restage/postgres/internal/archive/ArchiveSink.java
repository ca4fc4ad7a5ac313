package dev.restage.postgres.internal.archive;

import dev.restage.postgres.internal.archive.entries.LargeObjectGroups;
import dev.restage.postgres.internal.content.Contents;
import dev.restage.postgres.internal.content.Entry;
import dev.restage.postgres.internal.content.Section;
import dev.restage.postgres.internal.content.Sink;
import dev.restage.postgres.internal.content.TablePart;
import dev.restage.postgres.internal.session.Encodings;
import dev.restage.postgres.internal.session.Query;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.RestageException.Effect;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes an archive that pg_restore reads, to a file or to a stream. Whatever fails is told by a {@link ProviderException}. */
public final class ArchiveSink implements Sink {

    private static final int BUFFER = 1 << 16;

    private static final byte[] END_OF_ROWS = "\\.\n\n\n".getBytes(StandardCharsets.US_ASCII);

    private final String name;
    private final ArchiveTarget target;
    private final ArchiveOptions options;
    private final Clock clock;
    private final OutputStream buffered;
    private final Map<Integer, Long> offsets = new HashMap<>();
    private @Nullable Started started;
    private boolean broken;
    private boolean finished;

    private ArchiveSink(String name, ArchiveTarget target, ArchiveOptions options, Clock clock) {
        this.name = name;
        this.target = target;
        this.options = options;
        this.clock = clock;
        this.buffered = new Told(new BufferedOutputStream(target.stream(), BUFFER * 2));
    }

    /** Writes a file, which appears complete or not at all; one of the same name is replaced. */
    public static ArchiveSink to(Path file, ArchiveOptions options, Clock clock) {
        try {
            return new ArchiveSink(file.toString(), ArchiveTarget.of(file), options, clock);
        } catch (IOException e) {
            throw unwritable(file.toString(), "nothing was written", e);
        }
    }

    /** Writes to a stream, which stays open. Positions of data remain unknown in it. */
    public static ArchiveSink to(String name, OutputStream out, ArchiveOptions options, Clock clock) {
        return new ArchiveSink(name, ArchiveTarget.of(out), options, clock);
    }

    @Override
    public Order order() {
        return Order.AS_LISTED;
    }

    @Override
    public void begin(Contents contents) throws IOException {
        Charset charset = Encodings.charset(contents.encoding())
                .orElseThrow(() -> new IllegalArgumentException("encoding " + contents.encoding()));
        Header header = new Header(
                options.minor(),
                ArchiveOutput.INT_SIZE,
                ArchiveOutput.OFFSET_SIZE,
                options.compression(),
                LocalDateTime.now(clock),
                contents.database(),
                contents.version(),
                "Restage");
        List<TocEntry> entries = new ArrayList<>();
        for (Entry entry : listed(contents)) {
            entries.add(new TocEntry(entry, holdsData(entry) ? TocEntry.UNKNOWN : TocEntry.WITHOUT_DATA));
        }
        Toc toc = new Toc(header, contents.encoding(), entries, 0);
        byte[] beginning = ArchiveWriter.write(toc, charset);
        ArchiveOutput out = new ArchiveOutput(buffered, charset);
        out.bytes(beginning, 0, beginning.length);
        started = new Started(toc, charset, out, new ArrayList<>(toc.withData()));
    }

    @Override
    public void make(Entry entry) {
        if (holdsData(entry)) {
            throw new IllegalArgumentException("has data: " + entry.name());
        }
    }

    @Override
    public TableWriter rows(TablePart part) throws IOException {
        if (!part.isWhole()) {
            throw new IllegalArgumentException("an archive takes tables as a whole");
        }
        return new Rows(advance(part.data().entry(), DataItems.ROWS));
    }

    @Override
    public LargeObjectWriter largeObjects(Entry blobs) throws IOException {
        return new LargeObjects(advance(blobs, DataItems.LARGE_OBJECTS));
    }

    @Override
    public void finish() throws IOException {
        Started all = started();
        if (broken) {
            throw new IllegalStateException("data was not written to its end");
        }
        while (!all.pending().isEmpty()) {
            empty(all, all.pending().remove(0));
        }
        List<TocEntry> located = all.toc().entries().stream()
                .map(each -> new TocEntry(
                        each.entry(), offsets.getOrDefault(each.entry().id(), each.offset())))
                .toList();
        byte[] beginning =
                ArchiveWriter.write(new Toc(all.toc().header(), all.toc().encoding(), located, 0), all.charset());
        buffered.flush();
        try {
            target.finish(beginning);
        } catch (IOException e) {
            throw unwritable(name, target.outcome(), e);
        }
        finished = true;
    }

    @Override
    public void cancel() {
        try {
            target.cancel();
        } catch (IOException e) {
            throw unwritable(name, target.outcome(), e);
        }
    }

    @Override
    public void close() {
        if (!finished) {
            try {
                target.discard();
            } catch (IOException e) {
                throw unwritable(name, target.outcome(), e);
            }
        }
    }

    /** Goes to the item of an entry; those before it that nobody filled stay empty. */
    private ArchiveOutput advance(Entry entry, int type) throws IOException {
        Started all = started();
        if (all.pending().stream().noneMatch(each -> each.entry().id() == entry.id())) {
            throw new IllegalStateException("not announced, or out of order: " + entry.name());
        }
        for (TocEntry next = all.pending().remove(0);
                next.entry().id() != entry.id();
                next = all.pending().remove(0)) {
            empty(all, next);
        }
        head(all.out(), entry, type);
        broken = true;
        return all.out();
    }

    private void empty(Started all, TocEntry item) throws IOException {
        int type = DataItems.type(item);
        head(all.out(), item.entry(), type);
        if (type == DataItems.ROWS) {
            new Rows(all.out()).end();
        } else {
            all.out().number(0);
        }
    }

    private void head(ArchiveOutput out, Entry entry, int type) throws IOException {
        offsets.put(entry.id(), out.position());
        out.octet(type);
        out.number(entry.id());
    }

    private Started started() {
        if (started == null) {
            throw new IllegalStateException("not begun");
        }
        return started;
    }

    private static boolean holdsData(Entry entry) {
        return entry.kind().equals(Entry.TABLE_DATA) || entry.kind().equals(Entry.BLOBS);
    }

    /** Everything with the entries that set up a session before it, and the database for {@code pg_restore -C}. */
    private List<Entry> listed(Contents contents) {
        List<Entry> entries = options.minor() >= Header.WITH_RELKIND
                ? LargeObjectGroups.group(contents.entries())
                : contents.entries();
        int last = entries.stream().mapToInt(Entry::id).max().orElse(0);
        String database = Query.quoted(contents.database());
        List<Entry> all = new ArrayList<>();
        all.add(special(
                last + 1,
                Toc.ENCODING,
                Toc.ENCODING,
                "SET client_encoding = %s;\n".formatted(Query.literal(contents.encoding())),
                null));
        all.add(special(last + 2, Toc.STDSTRINGS, Toc.STDSTRINGS, "SET standard_conforming_strings = 'on';\n", null));
        all.add(special(
                last + 3,
                Toc.SEARCHPATH,
                Toc.SEARCHPATH,
                "SELECT pg_catalog.set_config('search_path', '', false);\n",
                null));
        all.add(special(
                last + 4,
                Toc.DATABASE,
                contents.database(),
                "CREATE DATABASE %s WITH TEMPLATE = template0 ENCODING = %s;\n"
                        .formatted(database, Query.literal(contents.encoding())),
                "DROP DATABASE %s;\n".formatted(database)));
        all.addAll(entries);
        return all;
    }

    private static Entry special(int id, String kind, String tag, String definition, @Nullable String drop) {
        return new Entry(
                id,
                0,
                0,
                kind,
                null,
                tag,
                Section.PRE_DATA,
                definition,
                drop,
                null,
                null,
                null,
                (char) 0,
                null,
                List.of());
    }

    private OutputStream compressed(ArchiveOutput out) throws IOException {
        return new BufferedOutputStream(options.compression().writing(new ChunkOutput(out), options.level()), BUFFER);
    }

    private static ProviderException unwritable(String name, String outcome, IOException e) {
        return new ProviderException(
                Kind.FAILED,
                "archive %s could not be written: %s; %s"
                        .formatted(name, e.getMessage() == null ? "writing was cancelled" : e.getMessage(), outcome),
                Effect.NONE,
                e);
    }

    /** What is known once it has begun. */
    private record Started(Toc toc, Charset charset, ArchiveOutput out, List<TocEntry> pending) {}

    /** Tells what failed on which archive. */
    private final class Told extends FilterOutputStream {

        Told(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int value) {
            try {
                out.write(value);
            } catch (IOException e) {
                throw unwritable(name, target.outcome(), e);
            }
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            try {
                out.write(bytes, from, length);
            } catch (IOException e) {
                throw unwritable(name, target.outcome(), e);
            }
        }

        @Override
        public void flush() {
            try {
                out.flush();
            } catch (IOException e) {
                throw unwritable(name, target.outcome(), e);
            }
        }
    }

    private final class Rows implements TableWriter {

        private final OutputStream text;

        Rows(ArchiveOutput out) throws IOException {
            text = compressed(out);
        }

        @Override
        public void row(byte[] buffer, int from, int length) throws IOException {
            text.write(buffer, from, length);
        }

        @Override
        public void end() throws IOException {
            text.write(END_OF_ROWS);
            text.close();
            broken = false;
        }

        @Override
        public void close() {}
    }

    private final class LargeObjects implements LargeObjectWriter {

        private final ArchiveOutput out;
        private OutputStream object = OutputStream.nullOutputStream();

        LargeObjects(ArchiveOutput out) {
            this.out = out;
        }

        /** One without content is a compressed stream too: pg_restore 15 fails on no bytes at all. */
        @Override
        public void begin(long oid) throws IOException {
            out.number((int) oid);
            object = compressed(out);
        }

        @Override
        public void write(byte[] buffer, int from, int length) throws IOException {
            object.write(buffer, from, length);
        }

        @Override
        public void end() throws IOException {
            object.close();
        }

        @Override
        public void finish() throws IOException {
            out.number(0);
            broken = false;
        }

        @Override
        public void close() {}
    }
}
