/**
 * Compares two media listings and drives the copy; the local folder store.
 *
 * <p>May use {@code dev.restage.provider}.
 */
@NullMarked
package dev.restage.media;

import org.jspecify.annotations.NullMarked;
