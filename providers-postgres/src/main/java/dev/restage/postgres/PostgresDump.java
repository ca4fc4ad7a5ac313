package dev.restage.postgres;

import dev.restage.masking.DatabaseShape;
import dev.restage.postgres.internal.archive.ArchiveSource;
import dev.restage.postgres.internal.replace.ArchiveFile;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.RestageException.Effect;
import dev.restage.provider.database.CopyCheck;
import dev.restage.provider.database.CopyOptions;
import dev.restage.provider.database.CopyResult;
import dev.restage.provider.database.DatabaseInfo;
import dev.restage.provider.database.Dataset;
import java.io.IOException;
import java.util.List;

/**
 * A resource that is an archive of pg_dump's custom format somewhere else, such as a hosting company's backup. It is read
 * while it arrives, and is never written. Its text names it in messages.
 */
public interface PostgresDump extends Dataset {

    /**
     * {@return the archive, anew with each call}
     *
     * @throws IOException if it cannot be reached
     */
    Arrival open() throws IOException;

    /** {@inheritDoc} Only its beginning is read, which does not tell how many rows it has. */
    @Override
    default DatabaseInfo describe() {
        DumpOrigin origin = new DumpOrigin(toString(), this::open);
        Arrival arrival = origin.arrival();
        try (ArchiveSource source = origin.source(arrival, List.of())) {
            return ArchiveFile.describe(source, arrival.bytes());
        } catch (IOException e) {
            throw origin.unreadable(e);
        }
    }

    @Override
    default DatabaseShape shape() {
        DumpOrigin origin = new DumpOrigin(toString(), this::open);
        try (ArchiveSource source = origin.source(origin.arrival(), List.of())) {
            return source.contents().shape();
        } catch (IOException e) {
            throw origin.unreadable(e);
        }
    }

    @Override
    default CopyCheck checkCopy(Dataset source, CopyOptions options) {
        return CopyCheck.refused("%s is only read: name a database or a file to copy to".formatted(this));
    }

    @Override
    default CopyResult copyFrom(Dataset source, CopyOptions options, Progress progress) {
        throw new ProviderException(
                Kind.UNSUPPORTED, checkCopy(source, options).problems().get(0), Effect.NONE, null);
    }
}
