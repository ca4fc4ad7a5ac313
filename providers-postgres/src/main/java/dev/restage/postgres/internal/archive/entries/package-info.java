/**
 * What the entries of an archive say, in SQL, and how formats differ in it. Knows no bytes and no files. Not part of the API.
 */
@NullMarked
package dev.restage.postgres.internal.archive.entries;

import org.jspecify.annotations.NullMarked;
