package dev.restage.provider;

/**
 * The root of what Restage throws. The message says what failed, on which resource, why, and what to do next; it never
 * holds a secret. Vendors' exceptions are causes.
 */
public class RestageException extends RuntimeException {

    /** What the failed operation has done to the world. */
    public enum Effect {
        /** Nothing was changed. */
        NONE,
        /** Something was changed. */
        SOME,
        /** Whether anything was changed is not known. */
        UNKNOWN
    }

    private final Effect effect;

    /**
     * Makes an exception.
     *
     * @param message what failed, on which resource, why, and what to do next
     * @param effect what has been changed
     * @param cause the cause, if another exception is
     */
    protected RestageException(String message, Effect effect, @org.jspecify.annotations.Nullable Throwable cause) {
        super(message, cause);
        this.effect = effect;
    }

    /** {@return what the failed operation has changed} */
    public Effect effect() {
        return effect;
    }
}
