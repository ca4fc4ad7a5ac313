package dev.restage.engine;

import dev.restage.provider.Address;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.Register;
import dev.restage.provider.RestageException.Effect;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The lock of one resource, held by one run: how it is taken, kept, found to be lost, and let go of. */
final class Holding {

    /**
     * How long things take.
     *
     * @param expiry after what time without a sign a holder is taken for dead
     * @param beat how often a holder gives one
     * @param watch how long a lock that has expired is watched before it is taken over: the clocks of two machines differ,
     *     and a holder that lives gives a sign in that time
     */
    record Times(Duration expiry, Duration beat, Duration watch) {

        static final Times USUAL = new Times(Duration.ofMinutes(2), Duration.ofSeconds(20), Duration.ofSeconds(30));

        /** Where each change restarts an app: a dead holder is in the way for longer, and a live one changes seldom. */
        static final Times SELDOM = new Times(Duration.ofHours(2), Duration.ofMinutes(80), Duration.ofSeconds(30));
    }

    private static final int ATTEMPTS = 5;

    /** Tells how much time has passed, by the clock of the machine and by one that nobody sets. */
    private record Moment(Instant wall, long nanos) {}

    private final Address address;
    private final Register register;
    private final Times times;
    private final Clock clock;
    private final LongSupplier nanos;
    private Lease lease;
    private Moment confirmed;
    private String text = "";
    private @Nullable String note;
    private @Nullable String loss;
    private boolean released;

    private Holding(Address address, Register register, Times times, Clock clock, LongSupplier nanos, Lease lease) {
        this.address = address;
        this.register = register;
        this.times = times;
        this.clock = clock;
        this.nanos = nanos;
        this.lease = lease;
        this.confirmed = now();
    }

    /**
     * Takes the lock.
     *
     * @param wanted who wants it; its times are set here
     * @throws ProviderException {@code CONFLICT} if another run holds it; the message says who, since when
     */
    static Holding take(
            Address address, Register register, Times times, Clock clock, LongSupplier nanos, Lease wanted) {
        Holding holding = new Holding(address, register, times, clock, nanos, wanted);
        holding.take();
        return holding;
    }

    private synchronized void take() {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            Moment asked = now();
            Lease mine = lease.renewed(asked.wall(), asked.wall().plus(times.expiry()));
            Optional<String> found = register.read();
            if (found.isEmpty()) {
                if (put(mine.text())) {
                    confirm(mine, asked);
                    return;
                }
                continue;
            }
            Lease other = parsed(found.get());
            String dead = death(other, found.get());
            asked = now();
            mine = lease.renewed(asked.wall(), asked.wall().plus(times.expiry()));
            if (replace(found.get(), mine.text())) {
                note = "%s was locked by %s, %s; the lock was taken over".formatted(address, other.holder(), dead);
                confirm(mine, asked);
                return;
            }
        }
        throw refusal(address + " is locked by others, who come and go; run again", null);
    }

    private Lease parsed(String found) {
        return Lease.of(found)
                .orElseThrow(() -> refusal(
                        "%s is locked by something that this version does not understand (%s); use the version that wrote it, or remove it there"
                                .formatted(address, found.length() > 200 ? found.substring(0, 200) : found),
                        null));
    }

    /** Why a holder is taken for dead; refuses if it lives, for all that is known. */
    private String death(Lease other, String found) {
        if (other.process().isKnownToBeDead()) {
            return "whose process is gone";
        }
        if (clock.instant().isAfter(other.expires()) && isSilent(found)) {
            return "which expired at " + other.expires();
        }
        throw refusal(
                "%s is locked by %s; wait until that run has ended: if it died, its lock ends by itself at %s"
                        .formatted(address, other.holder(), other.expires()),
                null);
    }

    private boolean isSilent(String found) {
        long end = nanos.getAsLong() + times.watch().toNanos();
        while (nanos.getAsLong() < end) {
            try {
                Thread.sleep(Math.min(1000, Math.max(1, times.watch().toMillis() / 5)));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw refusal("interrupted while looking whether the holder of the lock of " + address + " lives", e);
            }
            if (!register.read().equals(Optional.of(found))) {
                return false;
            }
        }
        return true;
    }

    private ProviderException refusal(String message, @Nullable Throwable cause) {
        return new ProviderException(Kind.CONFLICT, message, Effect.NONE, cause);
    }

    /** Gives a sign of life. Does nothing if the lock is lost or was let go of. */
    synchronized void renew() {
        if (loss != null || released) {
            return;
        }
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            Moment asked = now();
            Lease next = lease.renewed(asked.wall(), asked.wall().plus(times.expiry()));
            if (replace(text, next.text())) {
                confirm(next, asked);
                return;
            }
            Optional<String> found = register.read();
            if (found.isEmpty()) {
                if (passed().compareTo(times.expiry()) >= 0) {
                    loss = "somebody has taken it over and let go of it, while this run was not heard of for %d s"
                            .formatted(passed().toSeconds());
                    return;
                }
                // Nobody may have taken it yet: its resource was replaced under it, by this run perhaps.
                if (put(next.text())) {
                    confirm(next, asked);
                    return;
                }
                continue;
            }
            Lease other = Lease.of(found.get()).orElse(null);
            if (other == null || !isOld(other)) {
                loss = other == null ? "it was overwritten" : "it is held by " + other.holder();
                return;
            }
            text = found.get();
        }
    }

    /** An earlier state of this very lock, or a lock from before it: a restored backup brings it back. */
    private boolean isOld(Lease other) {
        return other.isSameAs(lease)
                || (other.since().isBefore(lease.since()) && passed().compareTo(times.expiry()) < 0);
    }

    /** The answer to a change can be lost: what is there then tells whether it was made. */
    private boolean put(String wanted) {
        try {
            return register.putIfAbsent(wanted);
        } catch (ProviderException e) {
            return isThere(wanted, e);
        }
    }

    private boolean replace(String expected, String wanted) {
        try {
            return register.replace(expected, wanted);
        } catch (ProviderException e) {
            return isThere(wanted, e);
        }
    }

    private boolean isThere(String wanted, ProviderException failure) {
        try {
            if (register.read().equals(Optional.of(wanted))) {
                return true;
            }
        } catch (ProviderException e) {
            failure.addSuppressed(e);
        }
        throw failure;
    }

    private void confirm(Lease made, Moment asked) {
        lease = made;
        text = made.text();
        confirmed = asked;
    }

    /**
     * Makes sure that the lock is held: by what is known of it if that is young, else by asking.
     *
     * @throws ProviderException {@code CONFLICT} if it is lost, {@code UNAVAILABLE} if that cannot be told any more
     */
    synchronized void check() {
        if (loss == null && passed().multipliedBy(3).compareTo(times.expiry()) >= 0) {
            ask();
        }
        if (loss != null) {
            throw lost();
        }
    }

    private void ask() {
        try {
            if (register.cost() == Register.Cost.RESTART
                    && passed().compareTo(times.expiry()) < 0
                    && register.read().equals(Optional.of(text))) {
                return;
            }
            renew();
        } catch (ProviderException e) {
            // Nobody may take it over before it expires.
            if (passed().multipliedBy(3).compareTo(times.expiry().multipliedBy(2)) >= 0) {
                throw new ProviderException(
                        Kind.UNAVAILABLE,
                        "it cannot be told whether the lock of %s is still held, so nothing more is written: %s"
                                .formatted(address, e.getMessage()),
                        Effect.NONE,
                        e);
            }
        }
    }

    /** {@return whether the lock is known to be lost} */
    synchronized boolean isLost() {
        return loss != null;
    }

    private ProviderException lost() {
        return refusal(
                "the lock of %s was lost, so nothing more is written: %s; look at what the other run does, then resume or undo this one"
                        .formatted(address, loss),
                null);
    }

    /** {@return what has to be told about how it was taken} */
    synchronized Optional<String> note() {
        return Optional.ofNullable(note);
    }

    /** Lets go of the lock, if it is still held. */
    synchronized void release() {
        released = true;
        if (loss == null && !register.remove(text)) {
            Optional<Lease> found = register.read().flatMap(Lease::of).filter(lease::isSameAs);
            if (found.isPresent()) {
                register.remove(found.get().text());
            }
        }
    }

    private Duration passed() {
        Duration wall = Duration.between(confirmed.wall(), clock.instant());
        Duration even = Duration.ofNanos(nanos.getAsLong() - confirmed.nanos());
        return wall.compareTo(even) > 0 ? wall : even;
    }

    private Moment now() {
        return new Moment(clock.instant(), nanos.getAsLong());
    }
}
