package dev.restage.run;

import dev.restage.provider.RestageException;
import org.jspecify.annotations.Nullable;

/** A run failed. The receipt says what was done until then, and is what resume and undo start from. */
public final class RunException extends RestageException {

    private final transient Receipt receipt;

    /**
     * Makes an exception.
     *
     * @param message what failed and what to do next
     * @param effect what has been changed
     * @param receipt what was done
     * @param cause why the first failing step failed
     */
    public RunException(String message, Effect effect, Receipt receipt, @Nullable Throwable cause) {
        super(message, effect, cause);
        this.receipt = receipt;
    }

    /** {@return what was done until the failure} */
    public Receipt receipt() {
        return receipt;
    }
}
