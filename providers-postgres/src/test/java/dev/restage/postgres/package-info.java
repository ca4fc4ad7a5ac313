/** Tests of the PostgreSQL provider. */
@org.jspecify.annotations.NullMarked
package dev.restage.postgres;
