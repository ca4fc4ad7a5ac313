package dev.restage.provider;

/** A plan is wrong and must be corrected. Nothing was changed. */
public final class PlanException extends RestageException {

    /**
     * Makes an exception.
     *
     * @param message what is wrong in the plan, and how to correct it
     */
    public PlanException(String message) {
        super(message, Effect.NONE, null);
    }
}
