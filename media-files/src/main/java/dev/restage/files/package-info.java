/**
 * Removes what files say about people from images, PDF and Office files on their way to staging, and makes placeholders
 * for files that must stay behind.
 *
 * <p>May use {@code dev.restage.provider}. Recognises formats by Tika, and cleans them by Commons Imaging, PNGJ, PDFBox,
 * POI, Commons Compress and the JDK's XML.
 */
@NullMarked
package dev.restage.files;

import org.jspecify.annotations.NullMarked;
