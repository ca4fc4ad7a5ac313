/** The words of SQL texts, as PostgreSQL cuts them: enough to find one's way in definitions. Not part of the API. */
@NullMarked
package dev.restage.postgres.internal.sql;

import org.jspecify.annotations.NullMarked;
