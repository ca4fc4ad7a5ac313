package dev.restage.postgres.internal.archive;

import dev.restage.postgres.internal.archive.entries.Relkind;
import dev.restage.postgres.internal.content.Entry;
import dev.restage.postgres.internal.content.Section;
import dev.restage.postgres.internal.session.Encodings;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads header and table of contents of an archive. Formats 1.12 to 1.16, what pg_dump 9.0 to 18 writes. */
final class ArchiveReader {

    static final byte[] MAGIC = "PGDMP".getBytes(StandardCharsets.US_ASCII);

    static final int CUSTOM = 1;
    private static final int TAR = 3;

    static final int POSITION_UNKNOWN = 1;
    static final int POSITION_KNOWN = 2;
    static final int NO_DATA = 3;

    /** The format counts sections from 1. */
    static final List<Section> SECTIONS = List.of(Section.NONE, Section.PRE_DATA, Section.DATA, Section.POST_DATA);

    private static final int LARGEST_CHARACTER = 0xffff;

    private final ArchiveInput input;

    private ArchiveReader(ArchiveInput input) {
        this.input = input;
    }

    static Toc read(ArchiveInput input) {
        return new ArchiveReader(input).toc();
    }

    private Toc toc() {
        Header header = header();
        int count = input.number();
        if (count < 0) {
            throw input.damaged("%d entries are announced".formatted(count));
        }
        input.part("its table of contents");
        List<TocEntry> entries = new ArrayList<>();
        Set<Integer> ids = new HashSet<>();
        for (int i = 0; i < count; i++) {
            TocEntry next = entry(header.minor());
            if (!ids.add(next.entry().id())) {
                throw input.damaged(
                        "two entries have the id %d".formatted(next.entry().id()));
            }
            entries.add(next);
        }
        return decoded(header, entries);
    }

    private Header header() {
        magic();
        int major = input.octet();
        int minor = input.octet();
        input.octet();
        if (major != 1 || minor < Header.OLDEST || minor > Header.NEWEST) {
            throw input.refused("it has the format %d.%d, and 1.%d to 1.%d are known"
                    .formatted(major, minor, Header.OLDEST, Header.NEWEST));
        }
        int intSize = input.octet();
        int offsetSize = input.octet();
        input.sizes(intSize, offsetSize);
        int format = input.octet();
        if (format != CUSTOM) {
            throw input.refused("it is %s; use pg_dump -Fc"
                    .formatted(
                            format == TAR
                                    ? "the table of contents of a tar archive"
                                    : "the table of contents of a directory archive"));
        }
        Compression compression = compression(minor);
        LocalDateTime created = created();
        String database = input.required("database name");
        return new Header(
                minor,
                intSize,
                offsetSize,
                compression,
                created,
                database,
                input.required("server version"),
                input.required("version of pg_dump"));
    }

    private void magic() {
        byte[] start = new byte[MAGIC.length];
        for (int i = 0; i < start.length; i++) {
            int octet = input.orEnd();
            if (octet < 0) {
                throw input.damaged(i == 0 ? "it is empty" : "it ends there");
            }
            start[i] = (byte) octet;
            if (start[i] != MAGIC[i]) {
                throw input.refused(foreign(new String(start, 0, i + 1, StandardCharsets.ISO_8859_1)));
            }
        }
    }

    /** Tells by the first byte what it is instead. */
    private static String foreign(String start) {
        String is = switch (start.charAt(0)) {
            case '-', 'S', 'C', '\n', '/', '\\' -> "it looks like plain SQL, which psql reads";
            case 't' -> "it looks like a tar archive";
            case 0x1f -> "it is a gzip file; unpack it first if there is an archive in it";
            case 0x28 -> "it is a zstd file; unpack it first if there is an archive in it";
            case 0x04 -> "it is an lz4 file; unpack it first if there is an archive in it";
            default -> "it does not begin as one";
        };
        return is + "; use pg_dump -Fc";
    }

    private Compression compression(int minor) {
        if (minor < Header.WITH_ALGORITHM) {
            return input.number() == 0 ? Compression.NONE : Compression.GZIP;
        }
        int code = input.octet();
        return Compression.of(code)
                .orElseThrow(() -> input.refused("it is compressed by method %d, which is not known".formatted(code)));
    }

    private LocalDateTime created() {
        int second = input.number();
        int minute = input.number();
        int hour = input.number();
        int day = input.number();
        int month = input.number() + 1;
        int year = input.number() + 1900;
        input.number();
        try {
            return LocalDateTime.of(year, month, day, hour, minute, Math.min(second, 59));
        } catch (DateTimeException e) {
            throw input.damaged("the time of its creation is none");
        }
    }

    private TocEntry entry(int minor) {
        int id = input.number();
        if (id <= 0) {
            throw input.damaged("an entry has the id %d".formatted(id));
        }
        boolean hasData = input.number() != 0;
        long classOid = decimal(input.required("class of an object"));
        long oid = decimal(input.required("oid of an object"));
        String tag = input.required("tag");
        String kind = input.required("kind");
        Section section = section(input.number());
        String definition = input.text();
        String drop = input.text();
        String copy = input.text();
        String schema = input.text();
        String tablespace = input.text();
        String accessMethod = minor < Header.WITH_ACCESS_METHOD ? null : input.text();
        char relkind = minor < Header.WITH_RELKIND ? Relkind.of(kind, definition) : relkind(input.number());
        String owner = input.text();
        if ("true".equals(input.text())) {
            throw input.refused("table %s has oids in its rows, which no server since 12 knows".formatted(tag));
        }
        List<Integer> dependencies = new ArrayList<>();
        for (String next = input.text(); next != null; next = input.text()) {
            dependencies.add((int) decimal(next));
        }
        Entry entry = new Entry(
                id,
                classOid,
                oid,
                kind,
                schema,
                tag,
                section,
                definition,
                drop,
                copy,
                tablespace,
                accessMethod,
                relkind,
                owner,
                dependencies);
        return new TocEntry(entry, offset(hasData));
    }

    private long offset(boolean hasData) {
        int state = input.octet();
        long offset = input.offset();
        return switch (state) {
            case POSITION_UNKNOWN -> hasData ? TocEntry.UNKNOWN : TocEntry.WITHOUT_DATA;
            case POSITION_KNOWN -> hasData ? offset : TocEntry.WITHOUT_DATA;
            case NO_DATA -> TocEntry.WITHOUT_DATA;
            default -> throw input.damaged("the state of a position is %d".formatted(state));
        };
    }

    private Section section(int number) {
        if (number < 1 || number > SECTIONS.size()) {
            throw input.damaged("an entry is in section %d".formatted(number));
        }
        return SECTIONS.get(number - 1);
    }

    private char relkind(int number) {
        if (number < 0 || number > LARGEST_CHARACTER) {
            throw input.damaged("an entry has the relation kind %d".formatted(number));
        }
        return (char) number;
    }

    private long decimal(String text) {
        try {
            long value = Long.parseLong(text);
            if (value >= 0 && value <= 0xffff_ffffL) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw input.damaged("a number is expected");
        }
        throw input.damaged("a number is too large");
    }

    /** Texts are known byte by byte so far; the entry that names their encoding is among them. */
    private Toc decoded(Header header, List<TocEntry> entries) {
        if (quoted(entries, Toc.STDSTRINGS, "off"::equals)) {
            throw input.refused(
                    "its definitions escape by backslash; set standard_conforming_strings = on and dump again");
        }
        String encoding = entries.stream()
                .map(TocEntry::entry)
                .filter(entry -> entry.kind().equals(Toc.ENCODING))
                .map(entry -> quotedWord(entry.definition()))
                .findFirst()
                .orElse(Encodings.SQL_ASCII);
        Charset charset = Encodings.charset(encoding)
                .orElseThrow(() -> input.refused("its text has the encoding %s, which Java lacks".formatted(encoding)));
        Text text = new Text(charset);
        List<TocEntry> readable = entries.stream()
                .map(each -> new TocEntry(text.of(each.entry()), each.offset()))
                .toList();
        Header named = new Header(
                header.minor(),
                header.intSize(),
                header.offsetSize(),
                header.compression(),
                header.created(),
                text.required(header.database()),
                header.serverVersion(),
                header.dumpVersion());
        return new Toc(named, encoding, readable, input.position());
    }

    private static boolean quoted(List<TocEntry> entries, String kind, Predicate<String> test) {
        return entries.stream()
                .filter(each -> each.entry().kind().equals(kind))
                .anyMatch(each -> test.test(quotedWord(each.entry().definition())));
    }

    private static String quotedWord(@Nullable String definition) {
        int from = definition == null ? -1 : definition.indexOf('\'');
        int to = definition == null ? -1 : definition.indexOf('\'', from + 1);
        return definition == null || from < 0 || to < 0 ? "" : definition.substring(from + 1, to);
    }

    /** Turns texts of one character a byte into what they say. */
    private record Text(Charset charset) {

        Entry of(Entry raw) {
            return new Entry(
                    raw.id(),
                    raw.classOid(),
                    raw.oid(),
                    required(raw.kind()),
                    decode(raw.schema()),
                    required(raw.tag()),
                    raw.section(),
                    decode(raw.definition()),
                    decode(raw.drop()),
                    decode(raw.copy()),
                    decode(raw.tablespace()),
                    decode(raw.accessMethod()),
                    raw.relkind(),
                    decode(raw.owner()),
                    raw.dependencies());
        }

        @Nullable String decode(@Nullable String raw) {
            return raw == null ? null : required(raw);
        }

        String required(String raw) {
            return raw.chars().allMatch(c -> c < 0x80)
                    ? raw
                    : new String(raw.getBytes(StandardCharsets.ISO_8859_1), charset);
        }
    }
}
