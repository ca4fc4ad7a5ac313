package dev.restage.postgres.internal.archive;

import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.RestageException.Effect;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** A stream that remembers its beginning until its data is wanted, so that all of it can still be put into a file. */
final class Spool extends InputStream {

    private static final int BUFFER = 1 << 17;

    private final String archive;
    private final InputStream stream;
    private final long bytes;
    private @Nullable ByteArrayOutputStream beginning = new ByteArrayOutputStream();

    /**
     * @param archive what messages call it
     * @param bytes how many it has; 0 if that is not known
     */
    Spool(String archive, InputStream stream, long bytes) {
        this.archive = archive;
        this.stream = stream;
        this.bytes = bytes;
    }

    void forget() {
        beginning = null;
    }

    /** The file has no name as soon as it is open, wherever the system can do that, and is gone with this process at the latest. */
    FileChannel intoFile(Progress progress) throws IOException {
        if (beginning == null) {
            throw new IllegalStateException("archive %s has been read from already".formatted(archive));
        }
        Path folder = Path.of(System.getProperty("java.io.tmpdir"));
        checkRoom(folder);
        // Java makes such files readable by their owner only.
        Path file = Files.createTempFile(folder, "restage-", ".dump");
        FileChannel channel = FileChannel.open(
                file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        try {
            write(channel, beginning.toByteArray(), beginning.size());
            byte[] buffer = new byte[BUFFER];
            for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
                write(channel, buffer, read);
                progress.report(Progress.Unit.BYTES, channel.position(), bytes);
            }
            stream.close();
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private void checkRoom(Path folder) throws IOException {
        long free = Files.getFileStore(folder).getUsableSpace();
        if (bytes > free) {
            throw new ProviderException(
                    Kind.FAILED,
                    "archive %s has %d MB and %s room for %d MB, but masks have to look things up in it: make room there, or name another folder by -Djava.io.tmpdir"
                            .formatted(archive, bytes >> 20, folder, free >> 20),
                    Effect.NONE,
                    null);
        }
    }

    private static void write(FileChannel channel, byte[] from, int count) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(from, 0, count);
        while (left.hasRemaining()) {
            channel.write(left);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int from, int most) throws IOException {
        int count = stream.read(buffer, from, most);
        if (beginning != null && count > 0) {
            beginning.write(buffer, from, count);
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
