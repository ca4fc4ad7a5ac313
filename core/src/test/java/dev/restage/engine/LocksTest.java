package dev.restage.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.Provider;
import dev.restage.World;
import dev.restage.engine.Holding.Times;
import dev.restage.provider.Address;
import dev.restage.provider.AddressForm;
import dev.restage.provider.Identity;
import dev.restage.provider.ProviderException;
import dev.restage.provider.Resource;
import dev.restage.provider.ResourceFactory;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The locks around a run. */
@Timeout(30)
class LocksTest {

    private static final Times SHORT = new Times(Duration.ofMillis(600), Duration.ofMillis(50), Duration.ofMillis(100));

    private final World world = new World();
    private final Map<String, Provider<ResourceFactory>> factories = Map.of(
            "fake",
            world::cells,
            "wall",
            () -> ResourceFactory.of(AddressForm.of(), address -> (Resource) () -> Identity.of("wall", "w")));

    @Test
    void takesThemInOneOrderAndLetsGoOfThemBackwards() {
        String result = during(
                locks -> {
                    world.events.add("work");
                    return "result";
                },
                "fake:c",
                "fake:a",
                "fake:b");

        assertThat(result).isEqualTo("result");
        assertThat(world.events)
                .containsExactly("locked a", "locked b", "locked c", "work", "released c", "released b", "released a");
    }

    @Test
    void tellsOthersWhoHoldsThem() {
        Lease lease =
                during(locks -> Lease.of(String.valueOf(world.locks.get("a"))).orElseThrow(), "fake:a");

        assertThat(lease.owner()).startsWith(System.getProperty("user.name") + "@");
        assertThat(lease.run()).isEqualTo("run");
        assertThat(lease.purpose()).isEqualTo("refresh");
    }

    @Test
    void twoAddressesOfOneThingDoNotLockEachOtherOut() {
        during(locks -> world.events.add("work"), "fake:a", "fake:other?of=a");

        assertThat(world.events).containsExactly("locked a", "work", "released a");
    }

    @Test
    void passesWhatHasNoLock() {
        during(locks -> world.events.add("work"), "wall:a", "fake:b");

        assertThat(world.events).containsExactly("locked b", "work", "released b");
    }

    @Test
    void doesTheWorkWithoutAnyLock() {
        int result = during(locks -> {
            locks.check();
            return 7;
        });

        assertThat(result).isEqualTo(7);
    }

    @Test
    void letsGoOfThemWhenTheWorkFailsAndThoughTheThreadIsInterrupted() {
        assertThatThrownBy(() -> during(
                        locks -> {
                            Thread.currentThread().interrupt();
                            throw new IllegalStateException("work");
                        },
                        "fake:a"))
                .hasMessage("work")
                .hasNoSuppressedExceptions();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(world.events).containsExactly("locked a", "released a");
    }

    @Test
    void doesNoWorkAndLetsGoOfItsOwnWhenOneIsHeldByAnother() {
        world.locks.put("held", Leases.alive("ada@host", "7").text());

        assertThatThrownBy(() -> during(locks -> world.events.add("work"), "fake:a", "fake:held", "fake:z"))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("fake:held is locked by ada@host since");

        assertThat(world.events).containsExactly("locked a", "released a");
    }

    @Test
    void aLockThatIsStuckKeepsNeitherTheResultNorTheOthers() {
        world.stuck.add("stuck");

        String result = during(locks -> "result", "fake:a", "fake:stuck", "fake:z");

        assertThat(result).isEqualTo("result");

        assertThat(world.locks).containsOnlyKeys("stuck");
    }

    @Test
    void areKeptForAsLongAsTheWorkLasts() {
        during(
                locks -> {
                    long end = System.nanoTime() + 2 * SHORT.expiry().toNanos();
                    while (System.nanoTime() < end) {
                        locks.check();
                        assertThat(Lease.of(String.valueOf(world.locks.get("a"))))
                                .hasValueSatisfying(
                                        lease -> assertThat(lease.expires()).isAfter(java.time.Instant.now()));
                        pause();
                    }
                    return "";
                },
                "fake:a");

        assertThat(world.locks).isEmpty();
    }

    @Test
    void aRunThatFindsItsLockGoneIsInterruptedAndSaysSo() {
        CountDownLatch never = new CountDownLatch(1);

        assertThatThrownBy(() -> during(
                        locks -> {
                            locks.whileHeld(() -> {
                                world.locks.put("a", lateComer().text());
                                try {
                                    never.await();
                                } catch (InterruptedException e) {
                                    throw new ProviderException(ProviderException.Kind.UNAVAILABLE, "interrupted", e);
                                }
                            });
                            return "";
                        },
                        "fake:a"))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining(
                        "the lock of fake:a was lost, so nothing more is written: it is held by ada@host");

        assertThat(world.locks).containsKey("a");
    }

    @Test
    void nothingIsBegunOnceALockIsLost() {
        assertThatThrownBy(() -> during(
                        locks -> {
                            world.locks.put("a", lateComer().text());
                            while (true) {
                                locks.whileHeld(LocksTest::pause);
                            }
                        },
                        "fake:a"))
                .hasMessageContaining("the lock of fake:a was lost");
    }

    private static Lease lateComer() {
        Lease other = Leases.alive("ada@host", "7");
        return new Lease(
                other.run(),
                other.owner(),
                other.purpose(),
                java.time.Instant.now().plusSeconds(1),
                other.beat(),
                other.expires(),
                other.process(),
                other.token());
    }

    private static void pause() {
        try {
            Thread.sleep(5);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private <T> T during(Function<Locks, T> work, String... addresses) {
        Set<Address> written = new LinkedHashSet<>();
        for (String address : addresses) {
            written.add(Address.of(address));
        }
        return Locks.during(register -> SHORT, written, new Resources(factories), "run", "refresh", work);
    }
}
