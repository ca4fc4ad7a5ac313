/**
 * What a store holds, one object after the other: which keys are looked at, in which order, and
 * which are needed. Not API.
 *
 * <p>May use {@code dev.restage.provider}.
 */
@NullMarked
package dev.restage.media.internal.listing;

import org.jspecify.annotations.NullMarked;
