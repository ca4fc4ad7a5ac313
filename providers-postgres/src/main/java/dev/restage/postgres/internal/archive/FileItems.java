package dev.restage.postgres.internal.archive;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Data items of a file, for several threads at once. */
final class FileItems implements DataItems {

    /** For going over lengths, of which a big buffer would read too much beside them. */
    private static final int SMALL_BUFFER = 1 << 12;

    private static final int LARGE_BUFFER = 1 << 17;

    private final String name;
    private final FileChannel channel;
    private final Toc toc;
    private final Map<Integer, Long> offsets = new HashMap<>();
    private final Map<Integer, Long> sizes = new HashMap<>();

    /** Finds every item: where the table of contents says, else by going over the lengths of all; and the end of the last. */
    FileItems(String name, FileChannel channel, Toc toc) throws IOException {
        this.name = name;
        this.channel = channel;
        this.toc = toc;
        List<TocEntry> items = toc.withData();
        if (items.stream().allMatch(TocEntry::located)) {
            items.forEach(each -> offsets.put(each.entry().id(), each.offset()));
            checkLast(items);
        } else {
            offsets.putAll(walk());
        }
        measure(channel.size());
    }

    static InputStream stream(FileChannel channel, long position, int buffer) {
        return new BufferedInputStream(new ChannelStream(channel, position), buffer);
    }

    @Override
    public ArchiveInput open(TocEntry entry) {
        return open(entry, LARGE_BUFFER);
    }

    @Override
    public Map<Integer, Long> sizes() {
        return sizes;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** Goes over all items from the first to the last byte, and yields where they begin. */
    Map<Integer, Long> walk() throws IOException {
        Map<Integer, TocEntry> expected = new LinkedHashMap<>();
        toc.withData().forEach(each -> expected.put(each.entry().id(), each));
        Map<Integer, Long> found = new HashMap<>();
        ArchiveInput input = at(toc.end(), SMALL_BUFFER).part("its data");
        long end = channel.size();
        while (input.position() < end) {
            long start = input.position();
            int type = DataItems.checked(input, input.octet());
            TocEntry entry = expected.remove(input.number());
            if (entry == null || type != DataItems.type(entry) || (entry.located() && entry.offset() != start)) {
                throw input.damaged("other data is there than was announced");
            }
            found.put(entry.entry().id(), start);
            DataItems.skip(input, type);
        }
        for (TocEntry missing : expected.values()) {
            throw input.damaged(
                    "the data of %s is missing".formatted(missing.entry().name()));
        }
        return found;
    }

    private ArchiveInput open(TocEntry entry, int buffer) {
        Long offset = offsets.get(entry.entry().id());
        if (offset == null) {
            throw new IllegalArgumentException("no data: " + entry.entry().name());
        }
        ArchiveInput input =
                at(offset, buffer).part("the data of " + entry.entry().name());
        if (input.octet() != DataItems.type(entry)
                || input.number() != entry.entry().id()) {
            throw input.damaged("other data is there than was announced");
        }
        return input;
    }

    /** The cheap way to see that a file was cut off: its last item must end where the file does. */
    private void checkLast(List<TocEntry> items) throws IOException {
        long end = channel.size();
        TocEntry last = null;
        for (TocEntry item : items) {
            if (item.offset() < toc.end() || item.offset() >= end) {
                throw at(Math.min(item.offset(), end), SMALL_BUFFER)
                        .part("the data of " + item.entry().name())
                        .damaged("the file has %d bytes".formatted(end));
            }
            if (last == null || item.offset() > last.offset()) {
                last = item;
            }
        }
        if (last != null) {
            ArchiveInput input = open(last, SMALL_BUFFER);
            DataItems.skip(input, DataItems.type(last));
            if (input.position() != end) {
                throw input.damaged("the file goes on after its last data");
            }
        }
    }

    private void measure(long end) {
        TreeMap<Long, Integer> byOffset = new TreeMap<>();
        offsets.forEach((id, offset) -> byOffset.put(offset, id));
        byOffset.forEach((offset, id) -> {
            Long next = byOffset.higherKey(offset);
            sizes.put(id, (next == null ? end : next) - offset);
        });
    }

    private ArchiveInput at(long position, int buffer) {
        Header header = toc.header();
        return new ArchiveInput(name, stream(channel, position, buffer), position)
                .sizes(header.intSize(), header.offsetSize());
    }

    /** Reads a file from a position on without moving the position that threads share. */
    private static final class ChannelStream extends InputStream {

        private final FileChannel channel;
        private long position;

        ChannelStream(FileChannel channel, long position) {
            this.channel = channel;
            this.position = position;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int read = channel.read(ByteBuffer.wrap(bytes, from, length), position);
            position += Math.max(read, 0);
            return read;
        }

        @Override
        public long skip(long length) throws IOException {
            long skipped = Math.max(0, Math.min(length, channel.size() - position));
            position += skipped;
            return skipped;
        }
    }
}
