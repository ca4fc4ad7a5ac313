package dev.restage.media;

import com.google.common.io.CountingOutputStream;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.RestageException.Effect;
import dev.restage.provider.media.KeyOrder;
import dev.restage.provider.media.KeyRange;
import dev.restage.provider.media.MediaReference;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The media files that a database names. They are kept in a file that only this user can read and that is deleted at the
 * end: so the database is asked once and let go, and several ranges of keys can be gone through at once. Memory holds one
 * key of a thousand.
 */
public final class NeededFiles implements AutoCloseable {

    private static final int MARKED = 1000;

    private final Path file;
    private final NavigableMap<String, Long> marks;

    private NeededFiles(Path file, NavigableMap<String, Long> marks) {
        this.file = file;
        this.marks = marks;
    }

    /**
     * Takes all files.
     *
     * @param references the files in the order of their keys, as a database gives them; stays open
     * @return the files
     * @throws ProviderException if the database cannot be read, is not in order, or the disk is full
     */
    public static NeededFiles of(Stream<MediaReference> references) {
        Path file = null;
        try {
            file = Files.createTempFile("restage-media", ".tmp");
            return new NeededFiles(file, write(file, references.iterator()));
        } catch (IOException e) {
            delete(file);
            throw disk(e);
        } catch (RuntimeException e) {
            delete(file);
            throw e;
        }
    }

    private static NavigableMap<String, Long> write(Path file, Iterator<MediaReference> references) throws IOException {
        NavigableMap<String, Long> marks = new TreeMap<>(KeyOrder.UTF_8);
        try (CountingOutputStream counted =
                        new CountingOutputStream(new BufferedOutputStream(Files.newOutputStream(file)));
                DataOutputStream out = new DataOutputStream(counted)) {
            String last = "";
            for (long count = 0; references.hasNext(); count++) {
                MediaReference next = references.next();
                if (KeyOrder.UTF_8.compare(last, next.key()) >= 0) {
                    throw outOfOrder(next.key(), last);
                }
                last = next.key();
                if (count % MARKED == 0) {
                    marks.put(last, counted.getCount());
                }
                out.writeUTF(last);
                out.writeUTF(next.column());
                out.writeLong(next.rows());
            }
        }
        return marks;
    }

    /** Those of a range, to be closed. */
    Part in(KeyRange range) {
        String from = KeyOrder.UTF_8.compare(range.prefix(), range.after()) > 0 ? range.prefix() : range.after();
        Map.Entry<String, Long> mark = marks.floorEntry(from);
        try {
            FileChannel channel = FileChannel.open(file);
            channel.position(mark == null ? 0 : mark.getValue());
            return new Part(range, Channels.newInputStream(channel));
        } catch (IOException e) {
            throw disk(e);
        }
    }

    /** Whether there are some in a range. */
    boolean anyIn(KeyRange range) {
        try (Part part = in(range)) {
            return part.next() != null;
        }
    }

    @Override
    public void close() {
        delete(file);
    }

    private static void delete(@Nullable Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw disk(e);
        }
    }

    private static ProviderException disk(IOException cause) {
        return new ProviderException(
                Kind.UNAVAILABLE,
                "the names of needed media files cannot be kept in %s; free space there, or set java.io.tmpdir"
                        .formatted(System.getProperty("java.io.tmpdir")),
                cause);
    }

    private static ProviderException outOfOrder(String key, String last) {
        return new ProviderException(
                Kind.UNSUPPORTED,
                "the database does not name its media files in the order of their UTF-8 bytes (\"%s\" after \"%s\"), so they cannot be compared with a store"
                        .formatted(key, last),
                Effect.NONE,
                null);
    }

    /** The files of a range, one after the other. */
    static final class Part implements AutoCloseable {

        private final KeyRange range;
        private final DataInputStream input;

        private Part(KeyRange range, InputStream input) {
            this.range = range;
            this.input = new DataInputStream(new BufferedInputStream(input, 1 << 16));
        }

        /** The next one; null behind the last. */
        @Nullable MediaReference next() {
            try {
                while (input.available() > 0) {
                    MediaReference next = new MediaReference(input.readUTF(), input.readUTF(), input.readLong());
                    if (range.contains(next.key())) {
                        return next;
                    }
                    if (range.ends(next.key())
                            || (KeyOrder.UTF_8.compare(next.key(), range.prefix()) > 0
                                    && !next.key().startsWith(range.prefix()))) {
                        return null;
                    }
                }
                return null;
            } catch (IOException e) {
                throw disk(e);
            }
        }

        @Override
        public void close() {
            try {
                input.close();
            } catch (IOException e) {
                throw disk(e);
            }
        }
    }
}
