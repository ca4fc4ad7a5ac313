package dev.restage.postgres;

import dev.restage.masking.DatabaseShape;
import dev.restage.postgres.internal.content.Origin;
import dev.restage.postgres.internal.replace.ArchiveFile;
import dev.restage.postgres.internal.replace.ArchiveOrigin;
import dev.restage.provider.Identity;
import dev.restage.provider.Progress;
import dev.restage.provider.database.CopyCheck;
import dev.restage.provider.database.CopyOptions;
import dev.restage.provider.database.CopyResult;
import dev.restage.provider.database.DatabaseInfo;
import dev.restage.provider.database.Dataset;
import java.nio.file.Path;
import java.time.Clock;

/**
 * A file as {@code pg_dump -Fc} writes it and {@code pg_restore} reads it. Any that PostgreSQL 9 to 18 wrote is read; what
 * is written here, every {@code pg_restore} since 12 reads. A file that is written appears complete, checked, and readable by its
 * owner only, or not at all.
 */
final class PostgresArchive implements KnownOrigin {

    private final ArchiveFile file;

    private PostgresArchive(ArchiveFile file) {
        this.file = file;
    }

    /**
     * Makes the object for a file, which need not be there yet. Opens nothing.
     *
     * @param file where it is or will be
     * @param clock tells when a file was written
     * @return the archive
     */
    public static PostgresArchive of(Path file, Clock clock) {
        return new PostgresArchive(new ArchiveFile(file, clock));
    }

    @Override
    public Identity identity() {
        return file.identity();
    }

    /** {@inheritDoc} An archive does not tell how many rows it has; sizes are those of the compressed rows. */
    @Override
    public DatabaseInfo describe() {
        return file.describe();
    }

    @Override
    public DatabaseShape shape() {
        return file.shape();
    }

    @Override
    public CopyCheck checkCopy(Dataset source, CopyOptions options) {
        return file.check(Origins.of(source), options);
    }

    @Override
    public CopyResult copyFrom(Dataset source, CopyOptions options, Progress progress) {
        return file.copy(Origins.of(source), options, progress);
    }

    /** Names the file. */
    @Override
    public String toString() {
        return file.toString();
    }

    @Override
    public Origin origin() {
        return new ArchiveOrigin(file.path());
    }
}
