package dev.restage.provider;

/**
 * Makes the resources of one scheme. Bound by a {@link ProviderModule} under its scheme.
 */
@FunctionalInterface
public interface ResourceFactory {

    /**
     * Makes the resource that an address names. Connects to nothing yet.
     *
     * @param address an address of this factory's scheme
     * @return an object that implements each role which the resource can play
     * @throws IllegalArgumentException if the address has not the form of its scheme; the message says the right form
     * @throws ProviderException {@code DENIED} if a credential is not configured
     */
    Resource open(Address address);
}
