package dev.restage.files.internal.file;

import org.jspecify.annotations.Nullable;

/** A file cannot be cleaned. The message says why, as the end of the sentence "this file ...". */
public final class UncleanException extends Exception {

    public UncleanException(String why) {
        this(why, null);
    }

    public UncleanException(String why, @Nullable Throwable cause) {
        super(why, cause);
    }

    public String why() {
        return String.valueOf(getMessage());
    }
}
