package dev.restage.postgres;

/** A resource that is an archive of a PostgreSQL database in the end, such as a hosting company's backup. */
public interface ArchiveBacked {

    /** {@return the archive itself} */
    PostgresArchive archive();
}
