/**
 * What copies and deletions are made with: threads, their pace, bytes on their way, and the trash. Not API.
 *
 * <p>May use {@code dev.restage.provider}.
 */
@NullMarked
package dev.restage.media.internal.transfer;

import org.jspecify.annotations.NullMarked;
