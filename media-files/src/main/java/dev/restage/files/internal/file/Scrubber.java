package dev.restage.files.internal.file;

import java.io.IOException;
import java.io.OutputStream;

/** Removes from files of one format what they say about people. Used by several threads at once. */
@FunctionalInterface
public interface Scrubber {

    /** What was found. */
    enum Found {
        /** Nothing to remove; what was written counts for nothing. */
        NOTHING,
        /** What was written is the cleaned file. */
        SOMETHING;

        public static Found of(boolean something) {
            return something ? SOMETHING : NOTHING;
        }
    }

    /**
     * Writes a cleaned copy.
     *
     * @param file the file
     * @param cleaned where the copy goes
     * @return whether the copy differs from the file in what it says
     * @throws UncleanException if the file cannot be cleaned
     * @throws IOException if the file cannot be parsed, or the disk fails
     */
    Found scrub(Spool file, OutputStream cleaned) throws UncleanException, IOException;
}
