package dev.restage.provider.database;

import dev.restage.masking.DatabaseShape;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.Resource;
import dev.restage.provider.Writes;

/**
 * The contents of a relational database, live or in an archive: what it holds, and filling it from another one.
 *
 * <p>Every method throws {@link ProviderException} if it refuses or cannot be reached.
 */
public interface Dataset extends Resource {

    /** {@return what it is and holds; row counts are estimates} */
    DatabaseInfo describe();

    /** {@return its tables as far as masking has to know them} */
    DatabaseShape shape();

    /**
     * Checks that {@link #copyFrom} with the same arguments would work, and changes nothing: versions, extensions,
     * object kinds, privileges, connections, space, and that each column which can hold personal data has a rule.
     *
     * @param source what to read
     * @param options what to leave out and what to mask
     * @return the problems found, and what a person should know
     */
    CopyCheck checkCopy(Dataset source, CopyOptions options);

    /**
     * Replaces everything in here by a masked copy of another, from one consistent view of it. Masking happens on the
     * way: no unmasked value reaches this one. Doing it again leaves the same data. If it fails, this one is as it was,
     * unless the exception's {@code effect()} says otherwise.
     *
     * @param source what to read; it is not changed
     * @param options what to leave out and what to mask
     * @param progress told of rows or bytes done and of the estimated total
     * @return what was copied, and what was kept of the state before
     * @throws ProviderException {@code UNSUPPORTED} with the problems of {@link #checkCopy} if there are any; nothing
     *     was changed then
     */
    @Writes
    CopyResult copyFrom(Dataset source, CopyOptions options, Progress progress);
}
