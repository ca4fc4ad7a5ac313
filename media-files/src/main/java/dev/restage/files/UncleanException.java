package dev.restage.files;

import org.jspecify.annotations.Nullable;

/** A file cannot be cleaned. The message says why, as the end of the sentence "this file ...". */
final class UncleanException extends Exception {

    UncleanException(String why) {
        this(why, null);
    }

    UncleanException(String why, @Nullable Throwable cause) {
        super(why, cause);
    }

    String why() {
        return String.valueOf(getMessage());
    }
}
