package dev.restage.media.folder;

/** What becomes of keys that a folder cannot hold under their names. */
enum KeyPolicy {
    /** A sync with such keys fails before it writes anything. */
    FAIL,
    /** They are left out, with a warning. */
    SKIP,
    /** They get names from which the keys can be read again, as far as that goes; for the rest a sync fails. */
    ESCAPE
}
