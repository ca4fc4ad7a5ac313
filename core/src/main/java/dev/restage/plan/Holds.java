package dev.restage.plan;

/** Whether what a step is for is true in the world right now. */
public enum Holds {
    /** It is true. */
    YES,
    /** It is not, or not any more. */
    NO,
    /** The step leaves nothing that could be looked at later, such as a message that was sent. */
    NOTHING_LASTING;

    /**
     * {@return the answer to a question}
     *
     * @param so whether it is true
     */
    public static Holds when(boolean so) {
        return so ? YES : NO;
    }
}
