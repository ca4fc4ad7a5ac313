/**
 * PDF, by PDFBox: its objects, drawings and attachments. Not API.
 *
 * <p>May use {@code dev.restage.files.internal.file}.
 */
@NullMarked
package dev.restage.files.internal.pdf;

import org.jspecify.annotations.NullMarked;
