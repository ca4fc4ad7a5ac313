/** How a PostgreSQL database is reached. */
@NullMarked
package dev.restage.postgres.connection;

import org.jspecify.annotations.NullMarked;
