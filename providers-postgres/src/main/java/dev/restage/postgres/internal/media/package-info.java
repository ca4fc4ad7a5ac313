/**
 * Which media files rows name, and which rows lead to them.
 *
 * <p>May use {@code session}.
 */
@NullMarked
package dev.restage.postgres.internal.media;

import org.jspecify.annotations.NullMarked;
