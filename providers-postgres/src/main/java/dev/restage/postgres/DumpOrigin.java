package dev.restage.postgres;

import dev.restage.postgres.internal.archive.ArchiveSource;
import dev.restage.postgres.internal.content.Origin;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.RestageException.Effect;
import dev.restage.provider.database.CopyOptions;
import java.io.IOException;
import java.util.List;

/**
 * An archive that arrives as something to read from.
 *
 * @param name what messages call it
 * @param opening begins to bring it, anew with each call
 */
record DumpOrigin(String name, Opening opening) implements Origin {

    /** Begins to bring an archive. */
    @FunctionalInterface
    interface Opening {
        Arrival open() throws IOException;
    }

    Arrival arrival() {
        try {
            return opening.open();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    ArchiveSource source(Arrival arrival, List<String> without) {
        try {
            return ArchiveSource.of(name, arrival.stream(), arrival.bytes(), without);
        } catch (RuntimeException e) {
            close(arrival, e);
            throw e;
        }
    }

    private static void close(Arrival arrival, RuntimeException failure) {
        try {
            arrival.stream().close();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    ProviderException unreadable(IOException e) {
        return new ProviderException(
                Kind.UNAVAILABLE,
                "%s could not be read: %s; try again".formatted(name, e.getMessage()),
                Effect.NONE,
                e);
    }

    @Override
    public Texts texts() {
        return Texts.FOREIGN;
    }

    @Override
    public ArchiveSource open(CopyOptions options, int targetMajor) {
        return source(arrival(), options.without());
    }

    @Override
    public String toString() {
        return name;
    }
}
