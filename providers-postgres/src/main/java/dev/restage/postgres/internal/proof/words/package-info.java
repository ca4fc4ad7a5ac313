/**
 * The words of texts, and the fingerprints that they are remembered by. Knows no table and no server. Not part of the API.
 */
@NullMarked
package dev.restage.postgres.internal.proof.words;

import org.jspecify.annotations.NullMarked;
