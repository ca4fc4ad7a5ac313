/**
 * Office and OpenDocument: packages of XML, by Commons Compress, and the older files, by POI. Not API.
 *
 * <p>May use {@code dev.restage.files.internal.file}.
 */
@NullMarked
package dev.restage.files.internal.office;

import org.jspecify.annotations.NullMarked;
