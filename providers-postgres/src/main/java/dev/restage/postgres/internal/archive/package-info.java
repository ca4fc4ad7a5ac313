/**
 * PostgreSQL's custom archive format, what {@code pg_dump -Fc} writes and {@code pg_restore} reads: both ends of the
 * engine in a file or a stream, and the shape of tables from an archive's definitions. Not part of the API.
 */
@NullMarked
package dev.restage.postgres.internal.archive;

import org.jspecify.annotations.NullMarked;
