package dev.restage.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.restage.engine.Holding.Times;
import dev.restage.provider.Address;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One lock, of a run and of those that come in its way. */
@Timeout(30)
class HoldingTest {

    private static final Times TIMES =
            new Times(Duration.ofSeconds(120), Duration.ofSeconds(20), Duration.ofMillis(30));

    private final MemoryRegister register = new MemoryRegister();
    private final Hand clock = new Hand();

    @Test
    void aSecondRunIsToldWhoHoldsItSinceWhen() {
        register.text.set(Leases.until("ines@laptop", "7", clock.instant().plusSeconds(60))
                .text());

        assertThatThrownBy(() -> take("b"))
                .hasMessageContaining(
                        "fake:a is locked by ines@laptop since 2026-11-24T02:00:00Z (run 7 of \"refresh\", last heard of at")
                .asInstanceOf(type(ProviderException.class))
                .returns(Kind.CONFLICT, ProviderException::kind);
    }

    @Test
    void aHolderWhoseTimeIsUpIsTakenOverAndThatIsSaid() {
        register.text.set(Leases.until("ines@laptop", "7", clock.instant().minusSeconds(1))
                .text());

        Holding holding = take("b");

        assertThat(holding.note())
                .hasValueSatisfying(note ->
                        assertThat(note).contains("was locked by ines@laptop", "which expired at", "taken over"));
        assertThat(held().run()).isEqualTo("b");
    }

    @Test
    void aHolderWhoGivesASignWhileItIsWatchedLivesWhateverItsClockSays() {
        Lease other = Leases.until("ines@laptop", "7", clock.instant().minusSeconds(600));
        MemoryRegister lively = new MemoryRegister() {
            @Override
            public java.util.Optional<String> read() {
                java.util.Optional<String> found = super.read();
                text.set(other.renewed(clock.instant(), other.expires().plusSeconds(calls.get()))
                        .text());
                return found;
            }
        };
        lively.text.set(other.text());

        assertThatThrownBy(() -> take(lively, "b")).hasMessageContaining("is locked by ines@laptop");
    }

    @Test
    void aHolderOfThisMachineWhoseProcessIsGoneIsTakenOverAtOnce() {
        Lease.Holder self = Lease.Holder.current();
        Lease living = Leases.alive("ines@laptop", "7");
        Lease dead = new Lease(
                "7",
                "ines@laptop",
                "refresh",
                living.since(),
                living.beat(),
                clock.instant().plusSeconds(60),
                new Lease.Holder(self.place(), self.pid(), self.startedAt() - 1),
                "dead");
        register.text.set(dead.text());

        assertThat(take("b").note()).hasValueSatisfying(note -> assertThat(note).contains("whose process is gone"));
    }

    @Test
    void whatIsNotALockOfOursIsLeftAlone() {
        register.text.set("keep out");

        assertThatThrownBy(() -> take("b")).hasMessageContaining("does not understand (keep out)");
        assertThat(register.text).hasValue("keep out");
    }

    @Test
    void itIsTakenThoughTheAnswerIsLost() {
        register.losesAnswers = true;

        Holding holding = take("a");
        holding.renew();

        assertThatCode(holding::check).doesNotThrowAnyException();
        assertThat(held().run()).isEqualTo("a");
    }

    @Test
    void aYoungLockIsNotAskedForAndAnOlderOneIsRenewed() {
        Holding holding = take("a");
        int calls = register.calls.get();

        clock.pass(Duration.ofSeconds(39));
        holding.check();
        assertThat(register.calls).hasValue(calls);

        clock.pass(Duration.ofSeconds(2));
        holding.check();
        assertThat(register.calls.get()).isGreaterThan(calls);
        assertThat(held().expires()).isEqualTo(clock.instant().plusSeconds(120));
    }

    @Test
    void whoWasPausedAndTakenOverWritesNothingMore() {
        Holding paused = take("a");
        clock.pass(Duration.ofMinutes(5));
        Holding next = take("b");

        assertThatThrownBy(paused::check)
                .hasMessageContaining("the lock of fake:a was lost, so nothing more is written: it is held by")
                .hasMessageContaining("run b of");
        paused.release();
        assertThatCode(next::check).doesNotThrowAnyException();
        assertThat(held().run()).isEqualTo("b");
    }

    @Test
    void whoWasPausedWhileAnotherCameAndWentWritesNothingMore() {
        Holding paused = take("a");
        clock.pass(Duration.ofMinutes(5));
        take("b").release();

        assertThatThrownBy(paused::check).hasMessageContaining("taken it over and let go of it");
        assertThat(register.text).hasValue(null);
    }

    @Test
    void whoWasPausedAndNobodyCameGoesOn() {
        Holding paused = take("a");
        clock.pass(Duration.ofMinutes(5));

        assertThatCode(paused::check).doesNotThrowAnyException();
        assertThat(held().expires()).isAfter(clock.instant());
    }

    @Test
    void aRegisterThatWasEmptiedUnderARunThatLivesIsFilledAgain() {
        Holding holding = take("a");
        register.text.set(null);
        clock.pass(Duration.ofSeconds(50));

        holding.check();

        assertThat(held().run()).isEqualTo("a");
    }

    @Test
    void aLockFromBeforeThatARestoreBringsBackIsReplaced() {
        Holding holding = take("a");
        register.text.set(
                Leases.until("old@backup", "7", clock.instant().plusSeconds(60)).text());
        clock.pass(Duration.ofSeconds(50));

        holding.check();

        assertThat(held().run()).isEqualTo("a");
    }

    @Test
    void aRegisterOutOfReachIsForgivenUntilTheLockMayBeNearItsEnd() {
        Holding holding = take("a");
        register.down = true;

        clock.pass(Duration.ofSeconds(79));
        assertThatCode(holding::check).doesNotThrowAnyException();

        clock.pass(Duration.ofSeconds(2));
        assertThatThrownBy(holding::check)
                .hasMessageContaining("it cannot be told whether the lock of fake:a is still held")
                .asInstanceOf(type(ProviderException.class))
                .returns(Kind.UNAVAILABLE, ProviderException::kind);
    }

    @Test
    void aClockThatJumpsBackDoesNotMakeAnOldLockYoung() {
        Holding holding = take("a");
        clock.pass(Duration.ofSeconds(50));
        clock.jump(Duration.ofHours(-1));
        int calls = register.calls.get();

        holding.check();

        assertThat(register.calls.get()).isGreaterThan(calls);
    }

    @Test
    void nothingIsRenewedAfterItWasLetGoOf() {
        Holding holding = take("a");
        holding.release();

        holding.renew();

        assertThat(register.text).hasValue(null);
    }

    private Holding take(String run) {
        return take(register, run);
    }

    private Holding take(MemoryRegister of, String run) {
        Instant now = clock.instant();
        Lease wanted = new Lease(run, "me@here", "refresh", now, now, now, Lease.Holder.current(), "token " + run);
        return Holding.take(Address.of("fake:a"), of, TIMES, clock, clock::nanos, wanted);
    }

    private Lease held() {
        return Lease.of(Objects.requireNonNull(register.text.get())).orElseThrow();
    }

    /** A clock that is moved by hand; the time that nobody sets also passes by itself. */
    private static final class Hand extends Clock {

        private Instant now = Instant.parse("2026-11-24T03:00:00Z");
        private long moved;

        void pass(Duration time) {
            jump(time);
            moved += time.toNanos();
        }

        void jump(Duration time) {
            now = now.plus(time);
        }

        long nanos() {
            return System.nanoTime() + moved;
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
