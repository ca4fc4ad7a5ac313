/** PostgreSQL's own servers of several versions and its client programs, and what two databases are compared by. */
@org.jspecify.annotations.NullMarked
package dev.restage.postgres.testing;
