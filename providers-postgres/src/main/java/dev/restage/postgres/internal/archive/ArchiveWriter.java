package dev.restage.postgres.internal.archive;

import dev.restage.postgres.internal.content.Entry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.time.LocalDateTime;

/** Writes header and table of contents. Their length does not depend on the positions in them. */
final class ArchiveWriter {

    /** What the header says of the level, which no reader needs: the default of zlib. */
    private static final int SOME_LEVEL = -1;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final ArchiveOutput out;
    private final Header header;

    private ArchiveWriter(Header header, Charset charset) {
        this.header = header;
        this.out = new ArchiveOutput(bytes, charset);
    }

    static byte[] write(Toc toc, Charset charset) throws IOException {
        ArchiveWriter writer = new ArchiveWriter(toc.header(), charset);
        writer.header(toc.entries().size());
        for (TocEntry each : toc.entries()) {
            writer.entry(each);
        }
        return writer.bytes.toByteArray();
    }

    private void header(int entries) throws IOException {
        out.bytes(ArchiveReader.MAGIC, 0, ArchiveReader.MAGIC.length);
        out.octet(1);
        out.octet(header.minor());
        out.octet(0);
        out.octet(header.intSize());
        out.octet(header.offsetSize());
        out.octet(ArchiveReader.CUSTOM);
        if (header.minor() < Header.WITH_ALGORITHM) {
            out.number(header.compression() == Compression.NONE ? 0 : SOME_LEVEL);
        } else {
            out.octet(header.compression().code());
        }
        LocalDateTime created = header.created();
        out.number(created.getSecond());
        out.number(created.getMinute());
        out.number(created.getHour());
        out.number(created.getDayOfMonth());
        out.number(created.getMonthValue() - 1);
        out.number(created.getYear() - 1900);
        out.number(0);
        out.text(header.database());
        out.text(header.serverVersion());
        out.text(header.dumpVersion());
        out.number(entries);
    }

    private void entry(TocEntry each) throws IOException {
        Entry entry = each.entry();
        out.number(entry.id());
        out.number(each.hasData() ? 1 : 0);
        out.text(Long.toString(entry.classOid()));
        out.text(Long.toString(entry.oid()));
        out.text(entry.tag());
        out.text(entry.kind());
        out.number(ArchiveReader.SECTIONS.indexOf(entry.section()) + 1);
        out.text(entry.definition());
        out.text(entry.drop());
        out.text(entry.copy());
        out.text(entry.schema());
        out.text(entry.tablespace());
        if (header.minor() >= Header.WITH_ACCESS_METHOD) {
            out.text(entry.accessMethod());
        }
        if (header.minor() >= Header.WITH_RELKIND) {
            out.number(entry.relkind());
        }
        out.text(entry.owner());
        // The reader compares this one without looking whether it is there.
        out.text("false");
        for (int dependency : entry.dependencies()) {
            out.text(Integer.toString(dependency));
        }
        out.text(null);
        if (!each.hasData()) {
            out.offset(ArchiveReader.NO_DATA, 0);
        } else if (each.located()) {
            out.offset(ArchiveReader.POSITION_KNOWN, each.offset());
        } else {
            out.offset(ArchiveReader.POSITION_UNKNOWN, 0);
        }
    }
}
