package dev.restage.provider;

import dev.restage.provider.code.GitHost;
import dev.restage.provider.database.Database;
import java.util.Set;

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

    /**
     * Tells what else belongs to the deployment that this is a part of: the app of a database, the databases and hosts of an
     * app. Asked of the environment that a plan reads, so that nothing of it is written that its plan does not list.
     *
     * @return addresses of other things, as far as this one can tell; empty by default
     * @throws ProviderException if it refuses, or cannot be reached
     */
    default Set<Address> companions() {
        return Set.of();
    }

    /**
     * Tells whether this may be the thing of another resource although their identities differ, as both are known by their names
     * only: one server by two names, a folder and the URL at which it is served. Both are asked: what a plan writes, and what it must not
     * write.
     *
     * @param other another resource, of any kind
     * @return whether writing to one of the two may change the other, as far as can be seen from here; false by default
     * @throws ProviderException if one of them refuses, or cannot be reached
     */
    default boolean mayBe(Resource other) {
        return false;
    }

    /** Lets go of connections. Does nothing by default, and nothing the second time. */
    @Override
    default void close() {}
}
