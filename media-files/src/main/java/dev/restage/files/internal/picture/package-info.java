/**
 * Pictures of pixels: JPEG, PNG, WebP, GIF, TIFF and JPEG 2000, by Commons Imaging. Not API.
 *
 * <p>May use {@code dev.restage.files.internal.file}.
 */
@NullMarked
package dev.restage.files.internal.picture;

import org.jspecify.annotations.NullMarked;
