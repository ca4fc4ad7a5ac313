package dev.restage.postgres.internal.archive;

import dev.restage.provider.ProviderException;
import java.io.IOException;
import java.io.InputStream;

/** What one chunk stream holds, decompressed; whatever its decompressor does not understand is damage. */
final class Payload implements AutoCloseable {

    private final ArchiveInput input;
    private final Chunks chunks;
    private final InputStream content;

    Payload(ArchiveInput input, Compression compression) {
        this.input = input;
        this.chunks = new Chunks(input);
        try {
            this.content = chunks.ended() ? InputStream.nullInputStream() : compression.reading(chunks);
        } catch (IOException | RuntimeException e) {
            throw damage(e);
        }
    }

    /** Reads at least one byte, or returns -1 at the end, when all of the stream was there and nothing more. */
    int read(byte[] buffer, int from, int length) {
        try {
            int read = content.read(buffer, from, length);
            if (read < 0 && !chunks.ended()) {
                throw input.damaged("compressed data goes on after its end");
            }
            return read;
        } catch (IOException | RuntimeException e) {
            throw damage(e);
        }
    }

    @Override
    public void close() {
        try {
            content.close();
        } catch (IOException | RuntimeException e) {
            throw damage(e);
        }
    }

    ProviderException damaged(String how) {
        return input.damaged(how);
    }

    private ProviderException damage(Exception e) {
        return e instanceof ProviderException told ? told : input.damaged("compressed data does not make sense");
    }
}
