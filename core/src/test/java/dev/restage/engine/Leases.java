package dev.restage.engine;

import java.time.Duration;
import java.time.Instant;

/** Leases of others. */
final class Leases {

    static final Instant SINCE = Instant.parse("2026-11-24T02:00:00Z");

    private Leases() {}

    /** One of a process elsewhere that was heard of just now. */
    static Lease alive(String owner, String run) {
        return until(owner, run, Instant.now().plus(Duration.ofMinutes(2)));
    }

    /** One of a process elsewhere. */
    static Lease until(String owner, String run, Instant expires) {
        return new Lease(
                run,
                owner,
                "refresh",
                SINCE,
                expires.minus(Duration.ofMinutes(2)),
                expires,
                new Lease.Holder("elsewhere", 7, 1),
                "token of " + owner);
    }
}
