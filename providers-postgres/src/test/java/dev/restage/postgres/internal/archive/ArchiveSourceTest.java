package dev.restage.postgres.internal.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.restage.postgres.internal.content.Contents;
import dev.restage.postgres.internal.content.Entry;
import dev.restage.postgres.internal.content.Section;
import dev.restage.postgres.internal.content.Source;
import dev.restage.postgres.internal.content.TableData;
import dev.restage.postgres.internal.content.TablePart;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ArchiveSourceTest {

    private static final Map<String, Long> SMALL = Map.of(
            "app.person", 2000L,
            "public.Odd Name", 5L,
            "public.a", 1L,
            "public.b", 1L,
            "public.child", 10L,
            "public.empty_t", 0L,
            "public.no_columns", 2L,
            "public.parent", 0L,
            "public.part1", 99L,
            "public.part2", 201L);

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "small-v1.14-gzip.dump, small-v1.14.list",
        "small-v1.14-no-offsets.dump, small-v1.14.list",
        "small-v1.14-none.dump, small-v1.14.list",
        "small-v1.15-gzip.dump, small-v1.16.list",
        "small-v1.16-gzip.dump, small-v1.16.list",
        "small-v1.16-lz4.dump, small-v1.16.list",
        "small-v1.16-none.dump, small-v1.16.list",
        "small-v1.16-zstd.dump, small-v1.16.list"
    })
    void listsWhatPgRestoreLists(String archive, String list) throws IOException {
        List<String> expected = Files.readAllLines(Archives.file(list)).stream()
                .filter(line -> !line.startsWith(";"))
                .toList();

        Toc toc = Archives.toc(Archives.file(archive));

        assertThat(toc.entries().stream()
                        .map(TocEntry::entry)
                        .filter(entry -> !Toc.isSpecial(entry))
                        .map(ArchiveSourceTest::line))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("dev.restage.postgres.internal.archive.Archives#all")
    void yieldsTheSameFromAFileAndFromAStreamThatTrickles(String archive) throws Exception {
        Path file = Archives.file(archive);

        try (Source fromFile = ArchiveSource.of(file);
                Source fromStream = ArchiveSource.of(archive, new Trickle(Files.newInputStream(file)))) {

            assertThat(fromStream.order()).isEqualTo(Source.Order.AS_LISTED);
            assertThat(fromFile.order()).isEqualTo(Source.Order.ANY);
            assertThat(fromStream.contents().entries())
                    .isEqualTo(fromFile.contents().entries());
            assertThat(Archives.data(fromStream)).isEqualTo(Archives.data(fromFile));
        }
    }

    @ParameterizedTest
    @MethodSource("dev.restage.postgres.internal.archive.Archives#all")
    void hasEveryRowAndLargeObject(String archive) throws Exception {
        try (ArchiveSource source = ArchiveSource.of(Archives.file(archive))) {
            source.verify();
            Map<String, String> data = Archives.data(source);

            Map<String, Long> rows = new HashMap<>();
            data.forEach((name, text) -> {
                if (!name.startsWith("large object")) {
                    rows.put(name, text.chars().filter(c -> c == '\n').count());
                }
            });
            if (archive.startsWith("small")) {
                assertThat(rows).isEqualTo(SMALL);
                assertThat(data.keySet())
                        .filteredOn(name -> name.startsWith("large object"))
                        .hasSize(4);
            } else {
                assertThat(rows.values().stream().mapToLong(Long::longValue).sum())
                        .isEqualTo(46_273);
            }
        }
    }

    @Test
    void listsLargeObjectsOneByOneWhateverTheFormat() throws Exception {
        try (Source groups = ArchiveSource.of(Archives.file("small-v1.16-gzip.dump"))) {
            List<Entry> entries = groups.contents().entries();

            assertThat(entries)
                    .filteredOn(entry -> entry.kind().equals("BLOB"))
                    .extracting(Entry::tag, Entry::section, Entry::definition)
                    .contains(org.assertj.core.groups.Tuple.tuple(
                            "154007", Section.PRE_DATA, "SELECT pg_catalog.lo_create('154007');\n"))
                    .hasSize(4);
            assertThat(entries).noneMatch(entry -> entry.kind().equals("BLOB METADATA"));
            assertThat(entries.stream().map(Entry::id)).doesNotHaveDuplicates();
        }
    }

    @Test
    void readsTablesSideBySide() throws Exception {
        try (Source source = ArchiveSource.of(Archives.file("pagila-v1.14.dump"))) {
            Contents contents = source.contents();
            Map<String, String> expected = Archives.data(source);
            Map<String, Long> sizes = new ConcurrentHashMap<>();

            contents.tables().parallelStream().forEach(table -> {
                AtomicLong size = new AtomicLong();
                try {
                    source.rows(TablePart.whole(table), (buffer, from, length) -> size.addAndGet(length));
                } catch (IOException | java.sql.SQLException e) {
                    throw new IllegalStateException(e);
                }
                sizes.put(table.table().qualifiedName(), size.get());
            });

            expected.forEach((name, text) -> assertThat(sizes).containsEntry(name, (long) text.length()));
            assertThat(contents.tables().stream().mapToLong(TableData::bytes).sum())
                    .isGreaterThan(700_000);
            assertThat(contents.tables()).allMatch(table -> table.bytes() > 0);
        }
    }

    @Test
    void skipsTablesThatNobodyAsksFor() throws Exception {
        Path file = Archives.file("small-v1.16-zstd.dump");
        try (Source source = ArchiveSource.of("download", new Trickle(Files.newInputStream(file)))) {
            TableData last = source.contents().tables().get(9);
            AtomicLong rows = new AtomicLong();

            source.rows(TablePart.whole(last), (buffer, from, length) -> rows.incrementAndGet());

            assertThat(rows).hasValue(201);
            TablePart first = TablePart.whole(source.contents().tables().get(0));
            assertThatThrownBy(() -> source.rows(first, (buffer, from, length) -> {}))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    static Stream<Arguments> others() {
        return Stream.of(
                arguments("--\n-- PostgreSQL database dump", "plain SQL"),
                arguments("toc.dat", "tar archive"),
                arguments("xyz", "does not begin as one"),
                arguments("PGDMP\1\21\0\4\10\1", "format 1.17, and 1.12 to 1.16"),
                arguments("PGDMP\1\16\0\4\10\5", "directory archive"),
                arguments("PGDMP\1\16\0\4\10\3", "tar archive"));
    }

    @ParameterizedTest
    @MethodSource("others")
    void refusesWhatIsNoSuchArchive(String content, String reason) {
        InputStream stream = new ByteArrayInputStream(content.getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> ArchiveSource.of("some.dump", stream))
                .asInstanceOf(type(ProviderException.class))
                .returns(Kind.UNSUPPORTED, ProviderException::kind)
                .extracting(Throwable::getMessage)
                .asString()
                .contains("some.dump", reason);
    }

    @Test
    void refusesADirectoryAndSaysThatAFileIsMissing() {
        assertThatThrownBy(() -> ArchiveSource.of(folder))
                .asInstanceOf(type(ProviderException.class))
                .returns(Kind.UNSUPPORTED, ProviderException::kind);
        assertThatThrownBy(() -> ArchiveSource.of(folder.resolve("none.dump")))
                .asInstanceOf(type(ProviderException.class))
                .returns(Kind.NOT_FOUND, ProviderException::kind);
    }

    private static String line(Entry entry) {
        String schema = entry.schema() == null || entry.schema().isEmpty() ? "-" : entry.schema();
        return "%d; %d %d %s %s %s %s"
                .formatted(
                        entry.id(),
                        entry.classOid(),
                        entry.oid(),
                        entry.kind(),
                        schema,
                        entry.tag(),
                        entry.owner() == null ? "" : entry.owner());
    }

    /** Gives a few bytes at a time, as networks do. */
    static final class Trickle extends FilterInputStream {

        private int count;

        Trickle(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            count++;
            return super.read(bytes, from, Math.min(length, 1 + count % 7));
        }

        @Override
        public long skip(long length) throws IOException {
            return super.skip(Math.min(length, 3));
        }

        @Override
        public int available() {
            return 0;
        }
    }
}
