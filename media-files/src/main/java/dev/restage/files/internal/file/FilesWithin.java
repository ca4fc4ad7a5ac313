package dev.restage.files.internal.file;

import dev.restage.files.internal.file.Scrubber.Found;
import java.io.IOException;
import java.io.OutputStream;

/** What a scrubber asks of others about files that lie within the one that it cleans. */
public interface FilesWithin {

    /**
     * Cleans a file that lies within another one. One of a format that nobody here looks into stays as it is, and is told.
     *
     * @throws UncleanException if it holds metadata and cannot be cleaned
     */
    Found scrubPart(Spool part, OutputStream cleaned) throws UncleanException, IOException;

    /** {@return whether these files lie within a file that lies within another one} */
    boolean areWithinFile();

    /** {@return whether a file is XML of no format that is cleaned by itself} */
    boolean isPlainXml(Spool part) throws IOException;

    /** {@return whether bytes are a file of a format that is cleaned} */
    boolean know(byte[] file) throws IOException;
}
