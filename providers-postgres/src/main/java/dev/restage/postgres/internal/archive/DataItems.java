package dev.restage.postgres.internal.archive;

import java.io.IOException;
import java.util.Map;

/** The data items of an archive, the bytes behind its table of contents. */
interface DataItems extends AutoCloseable {

    int ROWS = 1;
    int LARGE_OBJECTS = 3;

    /** Goes to the data of an entry, behind its type and id. */
    ArchiveInput open(TocEntry entry);

    /** How many bytes the data of each entry takes, by its id; empty if that is not known beforehand. */
    Map<Integer, Long> sizes();

    /** Ends all reading, from any thread. */
    @Override
    void close() throws IOException;

    /** Goes over the payload of an item without reading it. */
    static void skip(ArchiveInput input, int type) {
        if (type == ROWS) {
            new Chunks(input).skipAll();
            return;
        }
        while (input.number() != 0) {
            new Chunks(input).skipAll();
        }
    }

    /** The type of the data that an entry must have. */
    static int type(TocEntry entry) {
        return entry.entry().kind().equals(dev.restage.postgres.internal.content.Entry.BLOBS) ? LARGE_OBJECTS : ROWS;
    }

    static int checked(ArchiveInput input, int type) {
        if (type != ROWS && type != LARGE_OBJECTS) {
            throw input.damaged("data of the type %d is announced".formatted(type));
        }
        return type;
    }
}
