/** Tests of the ways to replace what a database holds. */
@org.jspecify.annotations.NullMarked
package dev.restage.postgres.internal.replace;
