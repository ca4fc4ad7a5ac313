package dev.restage.provider;

/** A resource on which one run at a time can hold a lock, with an owner that others can read. */
public interface Lockable extends Resource {

    /**
     * Takes the lock; it is gone at the latest when this process is.
     *
     * @param owner who holds it, for others to read: {@code who@host, run id}
     * @return the lock, to be closed
     * @throws ProviderException {@code CONFLICT} if another run holds it; the message names the owner
     */
    @Writes
    Lock lock(String owner);

    /** A held lock. */
    interface Lock extends AutoCloseable {

        /** Lets go of the lock. Does nothing the second time. */
        @Override
        void close();
    }
}
