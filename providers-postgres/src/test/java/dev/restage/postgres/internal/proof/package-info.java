/** Tests of the proof of a copy. */
@org.jspecify.annotations.NullMarked
package dev.restage.postgres.internal.proof;
