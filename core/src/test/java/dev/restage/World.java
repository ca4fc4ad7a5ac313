package dev.restage;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;
import com.google.inject.multibindings.ProvidesIntoMap;
import com.google.inject.multibindings.StringMapKey;
import dev.restage.provider.Address;
import dev.restage.provider.AddressForm;
import dev.restage.provider.Identity;
import dev.restage.provider.Lockable;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderModule;
import dev.restage.provider.Register;
import dev.restage.provider.Resource;
import dev.restage.provider.ResourceFactory;
import dev.restage.provider.Variables;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A world of cells behind the scheme {@code fake}. {@code fake:a?of=b} is another address of {@code fake:b}, until
 * {@link #moved} says that it has become another.
 */
public final class World extends AbstractModule implements ProviderModule {

    public final Map<String, String> values = new ConcurrentHashMap<>();
    public final Map<String, String> locks = new ConcurrentHashMap<>();
    public final Map<String, String> moved = new ConcurrentHashMap<>();
    public final Map<String, Set<Address>> companions = new ConcurrentHashMap<>();
    public final Map<String, String> resemblances = new ConcurrentHashMap<>();
    public final Set<String> secretive = ConcurrentHashMap.newKeySet();
    public final Set<String> failing = ConcurrentHashMap.newKeySet();
    public final Set<String> stuck = ConcurrentHashMap.newKeySet();
    public final Set<String> unreachable = ConcurrentHashMap.newKeySet();
    public final List<String> writes = new CopyOnWriteArrayList<>();
    public final List<String> events = new CopyOnWriteArrayList<>();

    @ProvidesIntoMap
    @StringMapKey("fake")
    @Singleton
    public ResourceFactory cells() {
        return ResourceFactory.of(AddressForm.of("of"), FakeCell::new);
    }

    @ProvidesIntoMap
    @StringMapKey("vault")
    @Singleton
    ResourceFactory vaults(Variables variables) {
        variables.secret("VAULT_TOKEN", "to open the vault");
        return ResourceFactory.of(AddressForm.of("of"), FakeCell::new);
    }

    private final class FakeCell implements Cell, Lockable {

        private final String name;

        private FakeCell(Address address) {
            name = address.parameters().getOrDefault("of", address.path());
        }

        private String name() {
            return moved.getOrDefault(name, name);
        }

        @Override
        public Identity identity() {
            if (unreachable.contains(name)) {
                throw new ProviderException(ProviderException.Kind.UNAVAILABLE, name + " does not answer", null);
            }
            return new Identity("cell", List.of(name().split("/", -1)));
        }

        @Override
        public Set<Address> companions() {
            if (secretive.contains(name)) {
                throw new ProviderException(ProviderException.Kind.DENIED, name + " keeps that to itself", null);
            }
            return companions.getOrDefault(name, Set.of());
        }

        @Override
        public boolean mayBe(Resource other) {
            return other instanceof FakeCell cell && cell.name.equals(resemblances.get(name));
        }

        @Override
        public String read() {
            return values.getOrDefault(name(), "empty");
        }

        @Override
        public void write(String value) {
            if (failing.contains(name())) {
                throw new ProviderException(ProviderException.Kind.UNAVAILABLE, name() + " is down: wait", null);
            }
            values.put(name(), value);
            writes.add(name() + "=" + value);
        }

        @Override
        public void copyFrom(Cell source) {
            write(source instanceof FakeCell own ? own.read() + " copied within" : source.read() + " copied through");
        }

        @Override
        public Optional<Pen> pen() {
            return Optional.of(new BluePen());
        }

        private final class BluePen implements Pen {

            @Override
            public String ink() {
                return "blue";
            }

            @Override
            public void draw(String value) {
                write(value);
            }

            @Override
            public Pen other() {
                return new BluePen();
            }
        }

        @Override
        public Register register() {
            return new Note();
        }

        /** A note at the cell. */
        private final class Note implements Register {

            @Override
            public Optional<String> read() {
                return Optional.ofNullable(locks.get(name()));
            }

            @Override
            public boolean putIfAbsent(String text) {
                boolean put = locks.putIfAbsent(name(), text) == null;
                if (put) {
                    events.add("locked " + name());
                }
                return put;
            }

            @Override
            public boolean replace(String expected, String text) {
                return locks.replace(name(), expected, text);
            }

            @Override
            public boolean remove(String expected) {
                if (stuck.contains(name())) {
                    throw new ProviderException(ProviderException.Kind.UNAVAILABLE, "the lock is stuck", null);
                }
                boolean removed = locks.remove(name(), expected);
                if (removed) {
                    events.add("released " + name());
                }
                return removed;
            }
        }

        @Override
        public void close() {
            events.add("closed " + name);
        }
    }
}
