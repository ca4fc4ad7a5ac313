package dev.restage.provider;

/** Hears how far a long operation is. Called often and from several threads: must be fast and must not throw. */
@FunctionalInterface
public interface Progress {

    /** Hears nothing. */
    Progress NONE = (unit, done, total) -> {};

    /** What is counted. */
    enum Unit {
        /** Bytes. */
        BYTES,
        /** Rows of tables. */
        ROWS,
        /** Media objects. */
        OBJECTS,
        /** Keys of a cache. */
        KEYS
    }

    /**
     * Says how far the operation is.
     *
     * @param unit what is counted
     * @param done how many are done so far, never less than before
     * @param total how many there are in all; 0 as long as that is not known
     */
    void report(Unit unit, long done, long total);
}
