package dev.restage.engine;

import com.google.inject.Inject;
import com.google.inject.Provider;
import com.google.inject.ProvisionException;
import dev.restage.provider.Address;
import dev.restage.provider.Nearest;
import dev.restage.provider.PlanException;
import dev.restage.provider.Resource;
import dev.restage.provider.ResourceFactory;
import dev.restage.provider.RestageException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/** Opens the resources that addresses name, each once, and closes them all. */
public final class Resources implements AutoCloseable {

    private final Map<String, Provider<ResourceFactory>> factories;
    private final Map<Address, Resource> open = new HashMap<>();
    private boolean closed;

    /**
     * Serves the schemes of the installed modules.
     *
     * @param factories scheme to factory; a factory is made when an address first needs it
     */
    @Inject
    Resources(Map<String, Provider<ResourceFactory>> factories) {
        this.factories = factories;
    }

    /**
     * Opens a resource, or returns the open one.
     *
     * @param address the address
     * @return the resource with all its roles
     * @throws PlanException if no provider serves the scheme, or the address has not the form of its scheme
     * @throws IllegalStateException if these resources were closed
     */
    public synchronized Resource open(Address address) {
        if (closed) {
            throw new IllegalStateException(
                    "this Restage is closed, so nobody would close " + address + ": make another one");
        }
        Resource known = open.get(address);
        if (known != null) {
            return known;
        }
        Resource made = withFactory(address, factory -> factory.open(address));
        open.put(address, made);
        return made;
    }

    /**
     * Looks whether addresses say only what their schemes understand. Opens nothing.
     *
     * @param addresses the addresses
     * @throws PlanException if one does not; further ones are suppressed exceptions of the first
     */
    void check(Collection<Address> addresses) {
        List<PlanException> problems = new ArrayList<>();
        for (Address address : addresses) {
            try {
                withFactory(address, factory -> factory);
            } catch (PlanException e) {
                problems.add(e);
            }
        }
        if (!problems.isEmpty()) {
            PlanException first = problems.get(0);
            problems.stream().skip(1).forEach(first::addSuppressed);
            throw first;
        }
    }

    private <T> T withFactory(Address address, Function<ResourceFactory, T> work) {
        Provider<ResourceFactory> provider = factories.get(address.scheme());
        if (provider == null) {
            throw new PlanException(
                    "no provider serves the scheme of %s%s; the installed ones serve %s: add the provider's"
                                    .formatted(address, meant(address), new TreeSet<>(factories.keySet()))
                            + " module to the class path");
        }
        try {
            ResourceFactory factory = provider.get();
            factory.form().check(address);
            return work.apply(factory);
        } catch (ProvisionException e) {
            if (e.getCause() instanceof RestageException ours) {
                throw ours;
            }
            throw e;
        } catch (IllegalArgumentException e) {
            throw new PlanException("the address " + address + " cannot be used: " + e.getMessage());
        }
    }

    /** A scheme with a letter wrong, or an address behind a word that does not belong there, as in {@code url:store://bucket}. */
    private String meant(Address address) {
        int colon = address.rest().indexOf(':');
        return Optional.of(address.rest())
                .filter(rest -> colon > 0 && factories.containsKey(rest.substring(0, colon)))
                .or(() -> Nearest.to(address.scheme(), factories.keySet()).map(near -> near + ":" + address.rest()))
                .map(": did you mean %s?"::formatted)
                .orElse("");
    }

    /**
     * Opens a resource in one role, for reading only.
     *
     * @param address the address
     * @param role the role's interface
     * @param <R> the role
     * @return the resource, which refuses what would change it
     * @throws PlanException if the resource has not that role
     */
    public <R extends Resource> R openToRead(Address address, Class<R> role) {
        String refusal =
                "%s was opened to be read, so it may not be written: let a plan write it, which guards production, or open it with openToWrite"
                        .formatted(address);
        return inRole(address, Guard.readOnly(open(address), refusal), role);
    }

    /**
     * Opens a resource in one role.
     *
     * @param address the address
     * @param role the role's interface
     * @param <R> the role
     * @return the resource, which sees through those that were opened to be read
     * @throws PlanException if the resource has not that role
     */
    public <R extends Resource> R openToWrite(Address address, Class<R> role) {
        return inRole(address, Guard.writable(open(address)), role);
    }

    static <R extends Resource> R inRole(Address address, Resource resource, Class<R> role) {
        if (!role.isInstance(resource)) {
            throw new PlanException(address + " cannot be used as a " + role.getSimpleName() + ": it is a "
                    + String.join(", ", roleNames(resource)) + "; name another address");
        }
        return role.cast(resource);
    }

    private static List<String> roleNames(Resource resource) {
        return Guard.roles(resource.getClass()).stream()
                .map(Class::getSimpleName)
                .sorted()
                .toList();
    }

    /** Closes all resources; an error of one is thrown after the others are closed too. */
    @Override
    public synchronized void close() {
        closed = true;
        List<RuntimeException> failures = new ArrayList<>();
        for (Resource resource : open.values()) {
            try {
                resource.close();
            } catch (RuntimeException e) {
                failures.add(e);
            }
        }
        open.clear();
        if (!failures.isEmpty()) {
            RuntimeException first = failures.get(0);
            failures.stream().skip(1).forEach(first::addSuppressed);
            throw first;
        }
    }
}
