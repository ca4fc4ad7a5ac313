package dev.restage.postgres.internal.content;

/** When an entry is made. The order of the constants is the order of the sections. */
public enum Section {
    /** With the entry that it belongs to: privileges, comments, security labels. */
    NONE,
    /** Before there are rows. */
    PRE_DATA,
    /** Rows, large objects and positions of sequences. */
    DATA,
    /** After the rows. */
    POST_DATA
}
