package dev.restage.provider;

/**
 * What an address names. An implementation also implements the roles that it can play, such as {@link Database} or
 * {@link GitHost}; one object stands for one resource. Implementations may be used by several threads at once, retry
 * brief failures themselves, and throw {@link ProviderException} if the resource refuses or cannot be reached.
 */
public interface Resource extends AutoCloseable {

    /**
     * {@return which thing this really is, asked from the thing itself}
     *
     * @throws ProviderException if it does not exist, refuses, or cannot be reached
     */
    Identity identity();

    /** Lets go of connections. Does nothing by default, and nothing the second time. */
    @Override
    default void close() {}
}
