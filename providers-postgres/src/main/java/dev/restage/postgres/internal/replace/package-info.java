/**
 * Replaces what a database holds: beside it and by a swap of names where the role may create databases, else in place
 * under a marker. Not part of the API.
 */
@NullMarked
package dev.restage.postgres.internal.replace;

import org.jspecify.annotations.NullMarked;
