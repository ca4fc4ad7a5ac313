package dev.restage.postgres;

import dev.restage.postgres.internal.archive.ArchiveSource;
import dev.restage.postgres.internal.content.Origin;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.RestageException.Effect;
import dev.restage.provider.database.CopyOptions;
import java.io.IOException;
import java.util.List;

/** An archive that arrives as something to read from. */
final class DumpOrigin implements Origin {

    private final PostgresDump dump;

    DumpOrigin(PostgresDump dump) {
        this.dump = dump;
    }

    static PostgresDump.Arrival arrival(PostgresDump dump) {
        try {
            return dump.open();
        } catch (IOException e) {
            throw unreadable(dump, e);
        }
    }

    static ArchiveSource source(PostgresDump dump, PostgresDump.Arrival arrival, List<String> without) {
        try {
            return ArchiveSource.of(dump.toString(), arrival.stream(), arrival.bytes(), without);
        } catch (RuntimeException e) {
            close(arrival, e);
            throw e;
        }
    }

    private static void close(PostgresDump.Arrival arrival, RuntimeException failure) {
        try {
            arrival.stream().close();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    static ProviderException unreadable(PostgresDump dump, IOException e) {
        return new ProviderException(
                Kind.UNAVAILABLE,
                "%s could not be read: %s; try again".formatted(dump, e.getMessage()),
                Effect.NONE,
                e);
    }

    @Override
    public Texts texts() {
        return Texts.FOREIGN;
    }

    @Override
    public ArchiveSource open(CopyOptions options, int targetMajor) {
        return source(dump, arrival(dump), options.without());
    }

    @Override
    public String toString() {
        return dump.toString();
    }
}
