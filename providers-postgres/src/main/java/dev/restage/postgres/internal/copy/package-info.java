/**
 * Brings contents from any source to any sink: a live database is read in one snapshot by several sessions, and filled by
 * several; an archive is one or the other end likewise. Not part of the API.
 */
@NullMarked
package dev.restage.postgres.internal.copy;

import org.jspecify.annotations.NullMarked;
