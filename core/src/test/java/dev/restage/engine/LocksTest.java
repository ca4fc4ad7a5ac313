package dev.restage.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.Provider;
import dev.restage.provider.Address;
import dev.restage.provider.AddressForm;
import dev.restage.provider.Identity;
import dev.restage.provider.Lockable;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.Resource;
import dev.restage.provider.ResourceFactory;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The locks around a run. */
class LocksTest {

    private final List<String> events = new ArrayList<>();
    private final Map<String, Provider<ResourceFactory>> factories = Map.of(
            "door", () -> ResourceFactory.of(AddressForm.of(), Door::new),
            "wall", () -> ResourceFactory.of(AddressForm.of(), address -> (Resource) () -> Identity.of("wall", "w")));

    @Test
    void takesThemInOneOrderAndLetsGoOfThemBackwards() {
        String result = during(
                () -> {
                    events.add("work");
                    return "result";
                },
                "door:c",
                "door:a",
                "door:b");

        assertThat(result).isEqualTo("result");
        assertThat(events).containsExactly("lock a", "lock b", "lock c", "work", "release c", "release b", "release a");
    }

    @Test
    void tellsOthersWhoHoldsThem() {
        List<String> owners = new ArrayList<>();
        Resources resources = new Resources(Map.of(
                "door",
                () -> ResourceFactory.of(AddressForm.of(), address -> new Door(address) {
                    @Override
                    public Lock lock(String owner) {
                        owners.add(owner);
                        return super.lock(owner);
                    }
                })));

        Locks.during(Set.of(Address.of("door:a")), resources, "20261124-k7q2", () -> "");

        assertThat(owners)
                .singleElement()
                .asString()
                .startsWith(System.getProperty("user.name") + "@")
                .endsWith(", run 20261124-k7q2");
    }

    @Test
    void passesWhatHasNoLock() {
        during(() -> events.add("work"), "wall:a", "door:b");

        assertThat(events).containsExactly("lock b", "work", "release b");
    }

    @Test
    void doesTheWorkWithoutAnyLock() {
        assertThat(during(() -> 7)).isEqualTo(7);
    }

    @Test
    void letsGoOfThemWhenTheWorkFails() {
        assertThatThrownBy(() -> during(
                        () -> {
                            throw new IllegalStateException("work");
                        },
                        "door:a",
                        "door:b"))
                .hasMessage("work");

        assertThat(events).containsExactly("lock a", "lock b", "release b", "release a");
    }

    @Test
    void doesNoWorkAndLetsGoOfItsOwnWhenOneIsHeldByAnother() {
        assertThatThrownBy(() -> during(() -> events.add("work"), "door:a", "door:held", "door:z"))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("held by ada@host");

        assertThat(events).containsExactly("lock a", "release a");
    }

    @Test
    void aLockThatIsStuckKeepsNeitherTheResultNorTheOthers() {
        assertThat(during(() -> "result", "door:a", "door:stuck", "door:z")).isEqualTo("result");

        assertThat(events).containsExactly("lock a", "lock stuck", "lock z", "release z", "release a");
    }

    @Test
    void aLockThatIsStuckDoesNotHideWhyTheWorkFailed() {
        assertThatThrownBy(() -> during(
                        () -> {
                            throw new IllegalStateException("work");
                        },
                        "door:stuck"))
                .hasMessage("work")
                .hasNoSuppressedExceptions();
    }

    private <T> T during(java.util.function.Supplier<T> work, String... addresses) {
        Set<Address> written = new LinkedHashSet<>();
        for (String address : addresses) {
            written.add(Address.of(address));
        }
        return Locks.during(written, new Resources(factories), "run", work);
    }

    private class Door implements Lockable {

        private final String name;

        Door(Address address) {
            name = address.rest();
        }

        @Override
        public Identity identity() {
            return Identity.of("door", name);
        }

        @Override
        public Lock lock(String owner) {
            if (name.equals("held")) {
                throw new ProviderException(Kind.CONFLICT, "held by ada@host", null);
            }
            events.add("lock " + name);
            return () -> {
                if (name.equals("stuck")) {
                    throw new ProviderException(Kind.UNAVAILABLE, "stuck", null);
                }
                events.add("release " + name);
            };
        }
    }
}
