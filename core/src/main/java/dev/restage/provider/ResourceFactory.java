package dev.restage.provider;

import java.util.function.Function;

/**
 * Makes the resources of one scheme. Bound by a {@link ProviderModule} under its scheme.
 */
public interface ResourceFactory {

    /** {@return what may stand behind {@code ?} and {@code #} in its addresses; all else is refused before one is opened} */
    AddressForm form();

    /**
     * Makes the resource that an address names. Connects to nothing yet.
     *
     * @param address an address of this factory's scheme and form
     * @return an object that implements each role which the resource can play
     * @throws IllegalArgumentException if the address has not the form of its scheme; the message says the right form
     * @throws ProviderException {@code DENIED} if a credential is not configured
     */
    Resource open(Address address);

    /**
     * Makes a factory.
     *
     * @param form what may stand behind {@code ?} and {@code #}
     * @param opening makes the resource, as {@link #open} does
     * @return the factory
     */
    static ResourceFactory of(AddressForm form, Function<Address, ? extends Resource> opening) {
        return new ResourceFactory() {
            @Override
            public AddressForm form() {
                return form;
            }

            @Override
            public Resource open(Address address) {
                return opening.apply(address);
            }
        };
    }
}
