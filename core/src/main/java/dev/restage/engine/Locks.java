package dev.restage.engine;

import dev.restage.provider.Address;
import dev.restage.provider.Identity;
import dev.restage.provider.Lockable;
import dev.restage.provider.ProviderException;
import dev.restage.provider.Register;
import dev.restage.provider.Resource;
import dev.restage.provider.RestageException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The locks on all that a run writes, so that two runs never change one environment: two runs that write one thing meet
 * at it, whatever else each of them writes. A thread of its own tells that the run lives.
 */
final class Locks implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Locks.class.getName());

    /** How times are found for a register. */
    private final Function<Register, Holding.Times> times;

    private final Deque<Holding> held = new ArrayDeque<>();
    private final Set<Thread> working = ConcurrentHashMap.newKeySet();
    private @Nullable ScheduledExecutorService heart;

    private Locks(Function<Register, Holding.Times> times) {
        this.times = times;
    }

    /** {@return those of whoever only looks} */
    static Locks none() {
        return new Locks(Locks::usual);
    }

    /** Does work while the locks are held. They are taken in one order, so that of two runs one gets them all. */
    static <T> T during(
            Set<Address> written, Resources resources, String runId, String purpose, Function<Locks, T> work) {
        return during(Locks::usual, written, resources, runId, purpose, work);
    }

    /** The same with other times. */
    static <T> T during(
            Function<Register, Holding.Times> times,
            Set<Address> written,
            Resources resources,
            String runId,
            String purpose,
            Function<Locks, T> work) {
        try (Locks locks = new Locks(times)) {
            locks.take(registers(written, resources), runId, purpose);
            return work.apply(locks);
        }
    }

    private static Holding.Times usual(Register register) {
        return register.cost() == Register.Cost.RESTART ? Holding.Times.SELDOM : Holding.Times.USUAL;
    }

    private record Place(Address address, Register register) {}

    /** What has two addresses has one lock. One whose changes are felt is used only where there is no other. */
    private static Collection<Place> registers(Set<Address> written, Resources resources) {
        Map<String, Place> found = new TreeMap<>();
        for (Address address : written) {
            Resource resource = resources.open(address);
            if (resource instanceof Lockable lockable) {
                Identity identity = resource.identity();
                Place place = new Place(address, lockable.register());
                found.merge(
                        identity.toString(),
                        place,
                        (one, two) -> one.address().compareTo(two.address()) <= 0 ? one : two);
            }
        }
        List<Place> quiet = found.values().stream()
                .filter(place -> place.register().cost() == Register.Cost.SMALL)
                .toList();
        return quiet.isEmpty() ? found.values() : quiet;
    }

    private void take(Collection<Place> places, String runId, String purpose) {
        Clock clock = Clock.systemUTC();
        Lease lease = new Lease(
                runId,
                Lease.Holder.owner(),
                purpose,
                clock.instant(),
                clock.instant(),
                clock.instant(),
                Lease.Holder.current(),
                UUID.randomUUID().toString());
        if (!places.isEmpty()) {
            heart = Executors.newSingleThreadScheduledExecutor(task -> {
                Thread thread = new Thread(task, "restage-lock " + runId);
                thread.setDaemon(true);
                return thread;
            });
        }
        for (Place place : places) {
            Holding.Times each = times.apply(place.register());
            Holding holding = Holding.take(place.address(), place.register(), each, clock, System::nanoTime, lease);
            held.push(holding);
            beat(holding, each);
        }
    }

    private void beat(Holding holding, Holding.Times each) {
        if (heart != null) {
            long millis = Math.max(1, each.beat().toMillis());
            ScheduledFuture<?> unused =
                    heart.scheduleWithFixedDelay(() -> beat(holding), millis, millis, TimeUnit.MILLISECONDS);
        }
    }

    private void beat(Holding holding) {
        try {
            holding.renew();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "a lock could not be renewed for once", e);
        }
        if (holding.isLost()) {
            working.forEach(Thread::interrupt);
        }
    }

    /** {@return what has to be recorded about how the locks were taken: sentences} */
    List<String> notes() {
        return held.stream().map(Holding::note).flatMap(Optional::stream).toList();
    }

    /**
     * Makes sure that all locks are held.
     *
     * @throws ProviderException if one is lost, or if that cannot be told any more
     */
    void check() {
        held.forEach(Holding::check);
    }

    /** Does what writes, if the locks are held; it is interrupted when one is found to be lost. */
    void whileHeld(Runnable act) {
        check();
        Thread self = Thread.currentThread();
        boolean outermost = working.add(self);
        try {
            act.run();
        } catch (RuntimeException e) {
            if (held.stream().anyMatch(Holding::isLost)) {
                throw lossBehind(e);
            }
            throw e;
        } finally {
            if (outermost) {
                working.remove(self);
            }
        }
    }

    private RuntimeException lossBehind(RuntimeException failure) {
        try {
            check();
        } catch (RestageException loss) {
            if (loss != failure) {
                loss.addSuppressed(failure);
            }
            return loss;
        }
        return failure;
    }

    /** An interruption does not keep the locks from being released. */
    @Override
    public void close() {
        if (heart != null) {
            heart.shutdown();
        }
        boolean interrupted = Thread.interrupted();
        List<RuntimeException> failures = new ArrayList<>();
        while (!held.isEmpty()) {
            try {
                held.pop().release();
            } catch (RuntimeException e) {
                failures.add(e);
            }
        }
        // the run is over and its end is recorded: a lock that is stuck must not make a success a failure
        failures.forEach(e ->
                LOG.log(System.Logger.Level.WARNING, "a lock could not be released; it ends by itself in a while", e));
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
