package dev.restage.sandbox.s3.model;

import java.util.Locale;

/** What a job of S3 Batch Operations may be doing. */
public enum JobState {
    /** It was made. */
    NEW,
    /** Its manifest is read. */
    PREPARING,
    /** It waits for somebody to confirm it. */
    SUSPENDED,
    /** It waits for its turn. */
    READY,
    /** It runs its tasks. */
    ACTIVE,
    /** It writes its report. */
    COMPLETING,
    /** It has run all tasks, some of which may have failed. */
    COMPLETE,
    /** It gives up. */
    FAILING,
    /** It has given up. */
    FAILED,
    /** It is being stopped. */
    CANCELLING,
    /** It was stopped. */
    CANCELLED;

    /** {@return whether no other state follows} */
    public boolean isEnd() {
        return this == COMPLETE || this == FAILED || this == CANCELLED;
    }

    /** {@return the name that Amazon gives it} */
    public String text() {
        return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
    }
}
