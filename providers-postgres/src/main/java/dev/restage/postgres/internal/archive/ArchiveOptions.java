package dev.restage.postgres.internal.archive;

import java.util.zip.Deflater;

/**
 * How an archive is written.
 *
 * @param minor the minor version of the format; an older pg_restore refuses a newer one
 * @param compression how data is compressed; below 1.15 only {@code NONE} and {@code GZIP}
 * @param level from 1, fast, to 9, small; counts for {@code GZIP} only
 */
public record ArchiveOptions(int minor, Compression compression, int level) {

    /** What pg_dump 15 writes, and every pg_restore since 12 reads. */
    public static final ArchiveOptions COMMON = new ArchiveOptions(Header.WITH_ACCESS_METHOD, Compression.GZIP, 6);

    /** The same with less work for a somewhat larger file. */
    public static final ArchiveOptions FAST =
            new ArchiveOptions(Header.WITH_ACCESS_METHOD, Compression.GZIP, Deflater.BEST_SPEED);

    public ArchiveOptions {
        if (minor < Header.OLDEST || minor > Header.NEWEST) {
            throw new IllegalArgumentException(
                    "format 1.%d; 1.%d to 1.%d are known".formatted(minor, Header.OLDEST, Header.NEWEST));
        }
        if (minor < Header.WITH_ALGORITHM && compression != Compression.NONE && compression != Compression.GZIP) {
            throw new IllegalArgumentException("format 1.%d has no %s".formatted(minor, compression));
        }
        if (level < Deflater.BEST_SPEED || level > Deflater.BEST_COMPRESSION) {
            throw new IllegalArgumentException("level " + level);
        }
    }
}
