package dev.restage.postgres.internal.archive;

import java.time.LocalDateTime;

/**
 * What an archive says about itself.
 *
 * @param minor the minor version of the format, 12 to 16; the major one is always 1
 * @param intSize how many bytes an int has besides its sign
 * @param offsetSize how many bytes a position has
 * @param compression how its data is compressed
 * @param created when it was made, by the clock of the machine that made it
 * @param database the name of the database
 * @param serverVersion the version text of the server
 * @param dumpVersion the version text of the program that wrote it
 */
public record Header(
        int minor,
        int intSize,
        int offsetSize,
        Compression compression,
        LocalDateTime created,
        String database,
        String serverVersion,
        String dumpVersion) {

    /** The oldest format that is read: that of pg_dump 9.0 to 10. */
    static final int OLDEST = 12;

    /** The newest format that is known: that of pg_dump 17 and 18. */
    static final int NEWEST = 16;

    /** The first format with an access method in every entry. */
    static final int WITH_ACCESS_METHOD = 14;

    /** The first format that names its compression instead of the level. */
    static final int WITH_ALGORITHM = 15;

    /** The first format with the kind letter of relations, and with groups of large objects. */
    static final int WITH_RELKIND = 16;
}
