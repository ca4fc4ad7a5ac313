/**
 * Reads what a live database holds, in sets: a few statements for the whole catalog, never one per object.
 *
 * <p>Every statement lies in a {@code .sql} file and yields {@link dev.restage.postgres.internal.catalog.Draft}s; the
 * columns it may have are listed there. To add a kind of object:
 *
 * <ol>
 *   <li>see that {@link dev.restage.postgres.internal.catalog.Kind} has it;
 *   <li>write {@code objects/x.sql} (or {@code relations/x.sql}) and list it in {@link
 *       dev.restage.postgres.internal.catalog.ObjectQueries} (or {@link
 *       dev.restage.postgres.internal.catalog.RelationQueries}). One statement may yield several kinds;
 *   <li>objects of extensions, and what lies on them, are left out here, not by the statement. Dependencies come from
 *       {@code pg_depend} by themselves; what is not written there is told by the columns {@code host} and {@code needs}.
 * </ol>
 *
 * <p>In a statement <code>{own}</code> is the condition that the namespace {@code n} is a user's, <code>{builtin}</code>
 * is the last oid that a new database has (so {@code oid > {builtin}} is a user's object), <code>{target}</code> is
 * the major version that definitions are for, and a line that ends in
 * {@code -- >=15} or {@code -- <15} is there only for servers of such a version (combine: {@code -- >=14 <17}).
 *
 * <p>The settings of the session are those of {@code session.Sessions}: {@code search_path} is empty, so that names are
 * written with their schema.
 */
@NullMarked
package dev.restage.postgres.internal.catalog;

import org.jspecify.annotations.NullMarked;
