package dev.restage.engine;

import dev.restage.provider.Address;
import dev.restage.provider.Lockable;
import dev.restage.provider.Lockable.Lock;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** The locks on all that a run writes, so that two runs never change one environment. */
final class Locks implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Locks.class.getName());

    private final Deque<Lock> held = new ArrayDeque<>();

    private Locks() {}

    /** Does work while the locks are held. They are taken in one order, so that two runs cannot wait for each other. */
    static <T> T during(Set<Address> written, Resources resources, String runId, Supplier<T> work) {
        try (Locks locks = new Locks()) {
            for (Address address : new TreeSet<>(written)) {
                if (resources.open(address) instanceof Lockable lockable) {
                    locks.held.push(lockable.lock(owner(runId)));
                }
            }
            return work.get();
        }
    }

    private static String owner(String runId) {
        return "%s@%s, run %s".formatted(System.getProperty("user.name"), host(), runId);
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown host";
        }
    }

    @Override
    public void close() {
        while (!held.isEmpty()) {
            try {
                held.pop().close();
            } catch (RuntimeException e) {
                // the run is over and its end is recorded: a lock that is stuck must not make a success a failure
                LOG.log(System.Logger.Level.WARNING, "a lock could not be released", e);
            }
        }
    }
}
