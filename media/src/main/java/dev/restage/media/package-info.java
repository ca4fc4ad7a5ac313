/**
 * Compares two stores of media and makes one like the other.
 *
 * <ul>
 *   <li>here: the comparison, what drives copies and deletions from it, and what a run remembers and reports
 *   <li>{@code folder}: a store in a folder of a disk, which other stores know nothing of
 *   <li>{@code internal.listing}: which keys are looked at, in which order
 *   <li>{@code internal.transfer}: threads, pace, bytes on their way, the trash
 * </ul>
 *
 * <p>The internal rooms know neither each other nor this one. May use {@code dev.restage.provider}.
 */
@NullMarked
package dev.restage.media;

import org.jspecify.annotations.NullMarked;
