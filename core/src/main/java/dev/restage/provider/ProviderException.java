package dev.restage.provider;

import org.jspecify.annotations.Nullable;

/** A resource refused, or could not be reached. */
public final class ProviderException extends RestageException {

    /** Why it failed, in terms that hold for every vendor. */
    public enum Kind {
        /** The credential is missing, wrong, or may not do this. */
        DENIED,
        /** There is no such resource. */
        NOT_FOUND,
        /** The resource is not in the state that the call needs: a merge conflict, a lost lease, a lock held. */
        CONFLICT,
        /** The resource or the data cannot do what was asked. */
        UNSUPPORTED,
        /** The vendor asks to slow down, and retrying did not help. */
        THROTTLED,
        /** The resource cannot be reached, or fails on its side. */
        UNAVAILABLE,
        /** The work itself failed: a command ended with an error, a copy differs from its source. */
        FAILED
    }

    private final Kind kind;

    /**
     * Makes an exception for a call that has changed nothing as far as the caller is concerned, or that is safe to repeat.
     *
     * @param kind why it failed
     * @param message what failed, on which resource, why, and what to do next
     * @param cause the vendor's exception, if there is one
     */
    public ProviderException(Kind kind, String message, @Nullable Throwable cause) {
        this(kind, message, Effect.UNKNOWN, cause);
    }

    /**
     * Makes an exception that says what was changed.
     *
     * @param kind why it failed
     * @param message what failed, on which resource, why, and what to do next
     * @param effect what has been changed
     * @param cause the vendor's exception, if there is one
     */
    public ProviderException(Kind kind, String message, Effect effect, @Nullable Throwable cause) {
        super(message, effect, cause);
        this.kind = kind;
    }

    /** {@return why it failed} */
    public Kind kind() {
        return kind;
    }
}
