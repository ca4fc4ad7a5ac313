package dev.restage.run;

/** How a run stands. */
public enum RunState {
    /** It is going on, here or in another process. */
    RUNNING,
    /** It ended well. */
    DONE,
    /** It, or its undo, ended with a failure: resume or undo it. */
    FAILED,
    /** It was put back. */
    UNDONE,
    /** Nobody runs it and its end is missing: it died. Resume or undo it. */
    STOPPED,
    /** Its journal cannot be relied on. */
    DAMAGED
}
