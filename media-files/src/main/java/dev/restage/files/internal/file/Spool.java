package dev.restage.files.internal.file;

import dev.restage.provider.ProviderException;
import dev.restage.provider.media.Filtered;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.apache.commons.io.output.DeferredFileOutputStream;
import org.jspecify.annotations.Nullable;

/** A file on its way: in memory while it is small, else in a temporary file that goes when this is closed. */
public final class Spool extends OutputStream implements Filtered.Content {

    private static final int IN_MEMORY = 4 << 20;

    private final DeferredFileOutputStream bytes = DeferredFileOutputStream.builder()
            .setThreshold(IN_MEMORY)
            .setPrefix("restage-")
            .setSuffix(".part")
            .get();
    private @Nullable Path asked;

    public Spool() throws IOException {}

    public static Spool of(InputStream stream) throws IOException {
        Spool spool = new Spool();
        try {
            stream.transferTo(spool);
            spool.finish();
            return spool;
        } catch (IOException | RuntimeException e) {
            spool.close();
            throw e;
        }
    }

    @Override
    public void write(int value) {
        write(new byte[] {(byte) value}, 0, 1);
    }

    /** Throws nothing that could pass for a broken file. */
    @Override
    public void write(byte[] from, int offset, int length) {
        try {
            bytes.write(from, offset, length);
        } catch (IOException e) {
            throw new ProviderException(
                    ProviderException.Kind.UNAVAILABLE,
                    "this machine cannot write a temporary file (%s); check the space in %s, and run again"
                            .formatted(e.getMessage(), System.getProperty("java.io.tmpdir")),
                    e);
        }
    }

    /** Ends the writing. Only then may it be read. */
    public void finish() throws IOException {
        bytes.close();
    }

    @Override
    public long sizeBytes() {
        return bytes.getByteCount();
    }

    @Override
    public InputStream open() throws IOException {
        return bytes.isInMemory() ? new ByteArrayInputStream(bytes.getData()) : Files.newInputStream(bytes.getPath());
    }

    public SeekableByteChannel channel() throws IOException {
        return bytes.isInMemory()
                ? new SeekableInMemoryByteChannel(bytes.getData())
                : Files.newByteChannel(bytes.getPath());
    }

    public byte[] inMemory(int mostBytes) throws UncleanException, IOException {
        if (sizeBytes() > mostBytes) {
            throw new UncleanException(
                    "is larger than %d MB, the most that is cleaned of its format".formatted(mostBytes >> 20));
        }
        return bytes.isInMemory() ? bytes.getData() : Files.readAllBytes(bytes.getPath());
    }

    /** A file for libraries that read from nothing else. */
    public Path path() throws IOException {
        if (!bytes.isInMemory()) {
            return bytes.getPath();
        }
        Path file = asked;
        if (file == null) {
            file = Files.createTempFile("restage-", ".part");
            asked = file;
            Files.write(file, bytes.getData());
        }
        return file;
    }

    @Override
    public void close() {
        try {
            bytes.close();
            if (asked != null) {
                Files.deleteIfExists(asked);
            }
            if (!bytes.isInMemory()) {
                Files.deleteIfExists(bytes.getPath());
            }
        } catch (IOException e) {
            System.getLogger(Spool.class.getName())
                    .log(System.Logger.Level.WARNING, "cannot remove a temporary file", e);
        }
    }
}
