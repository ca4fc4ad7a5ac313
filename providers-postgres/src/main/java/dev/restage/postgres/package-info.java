/**
 * PostgreSQL databases and archives of pg_dump, by address. Users need {@link dev.restage.postgres.PostgresModule} alone; a hosting
 * company's provider builds upon {@link dev.restage.postgres.PostgresDatabase}, and tells what it has as a
 * {@link dev.restage.postgres.PostgresBacked} or a {@link dev.restage.postgres.PostgresDump}.
 *
 * <p>The rooms, each of which uses only those after it: {@code internal.replace} exchanges the contents of a database and keeps the way
 * back; {@code internal.archive} reads and writes files of pg_dump, with {@code archive.entries} for what stands in them;
 * {@code internal.copy} brings contents from any source to any sink; {@code internal.arrange} says in which order and by which way they
 * go; {@code internal.proof}, with {@code proof.words}, finds what is left of people; {@code internal.mask} masks rows in the stream;
 * {@code internal.schema}, {@code internal.catalog}, {@code internal.media} and {@code internal.content} say what a database holds;
 * {@code internal.session}, {@code internal.sql} and {@code connection} how it is spoken to.
 */
@NullMarked
package dev.restage.postgres;

import org.jspecify.annotations.NullMarked;
