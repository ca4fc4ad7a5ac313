package dev.restage.provider;

import java.sql.Connection;
import java.util.List;

/**
 * A live SQL database: what it holds, connections to it, and filling it from another one.
 *
 * <p>Every method throws {@link ProviderException} if the database refuses or cannot be reached.
 */
public interface Database extends Resource {

    /** {@return what the database is and holds, from its catalog; row counts are the server's estimates} */
    DatabaseInfo describe();

    /**
     * {@return a connection that cannot write: the server itself refuses} The caller closes it. It commits
     * automatically and finds tables by the database's own search path.
     */
    Connection read();

    /** {@return a connection that can write, to be closed by the caller; it commits automatically} */
    @Writes
    Connection write();

    /**
     * Checks that {@link #copyFrom} with the same arguments would work, and changes nothing: versions, extensions,
     * object kinds, privileges, and that each column which can hold personal data has a rule.
     *
     * @param source the database to read
     * @param options what to leave out and what to mask
     * @return the problems found, a sentence each that names the object and says what to do; empty if there are none
     */
    List<String> checkCopy(Database source, CopyOptions options);

    /**
     * Replaces everything in this database by a masked copy of another, from one consistent view of it. Masking
     * happens on the way: no unmasked value reaches this database. Doing it again leaves the same data. If it fails,
     * this database is as it was, unless the exception's {@code effect()} says otherwise.
     *
     * @param source the database to read; it is not changed
     * @param options what to leave out and what to mask
     * @param progress told of rows done and of the estimated total
     * @return what was copied
     * @throws ProviderException {@code UNSUPPORTED} with the list of {@link #checkCopy} if there are problems; nothing
     *     was changed then
     */
    @Writes
    CopyResult copyFrom(Database source, CopyOptions options, Progress progress);
}
