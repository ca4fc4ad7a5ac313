package dev.restage.postgres.internal.archive;

import dev.restage.provider.Progress;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Data items of a stream, each of them once and in their order; those that nobody asks for are skipped. */
final class StreamItems implements DataItems {

    private final Spool stream;
    private final ArchiveInput input;
    private final List<TocEntry> items;
    private int next;

    StreamItems(Spool stream, ArchiveInput input, Toc toc) {
        this.stream = stream;
        this.input = input;
        this.items = toc.withData();
    }

    @Override
    public ArchiveInput open(TocEntry entry) {
        stream.forget();
        Map<Integer, Integer> places = new HashMap<>();
        for (int i = next; i < items.size(); i++) {
            places.put(items.get(i).entry().id(), i);
        }
        Integer wanted = places.get(entry.entry().id());
        if (wanted == null) {
            throw new IllegalStateException(
                    "a stream has been read past the data of " + entry.entry().name());
        }
        while (true) {
            input.part("the data before " + entry.entry().name());
            int type = DataItems.checked(input, input.octet());
            Integer place = places.get(input.number());
            if (place == null || place < next || place > wanted || type != DataItems.type(items.get(place))) {
                throw input.damaged("other data is there than was announced");
            }
            next = place + 1;
            if (place.equals(wanted)) {
                return input.part("the data of " + entry.entry().name());
            }
            DataItems.skip(input, type);
        }
    }

    /** Puts everything into a file that no other program can open, as long as no data has been read. */
    FileChannel intoFile(Progress progress) throws IOException {
        return stream.intoFile(progress);
    }

    @Override
    public Map<Integer, Long> sizes() {
        return Map.of();
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
