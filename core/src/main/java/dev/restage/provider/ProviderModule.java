package dev.restage.provider;

import com.google.inject.Module;

/**
 * A Guice module that binds one {@link ResourceFactory} per scheme, and nothing else, into the map of factories:
 *
 * <pre>{@code
 * @ProvidesIntoMap
 * @StringMapKey("zone")
 * @Singleton
 * ResourceFactory zones(Variables variables) {
 *     return ResourceFactory.of(AddressForm.of("tokenVariable"), address -> ...);
 * }
 * }</pre>
 *
 * <p>{@link Variables} is bound for it. Found by {@link java.util.ServiceLoader}, or given to {@code Restage}'s
 * builder. Nothing may ask for a credential before an address needs it.
 */
public interface ProviderModule extends Module {}
