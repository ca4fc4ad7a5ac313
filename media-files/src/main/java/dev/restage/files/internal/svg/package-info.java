/**
 * Drawings: SVG with its styles, scripts and pictures within. Not API.
 *
 * <p>May use {@code dev.restage.files.internal.file}.
 */
@NullMarked
package dev.restage.files.internal.svg;

import org.jspecify.annotations.NullMarked;
