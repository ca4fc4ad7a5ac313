package dev.restage.provider;

/** A guard refused: what was asked would have written where nothing may be written, or is not what was previewed. */
public final class GuardException extends RestageException {

    /**
     * Makes an exception.
     *
     * @param message what was refused, why, and what to do next
     */
    public GuardException(String message) {
        super(message, Effect.NONE, null);
    }
}
