package com.example.memory;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;
import com.google.inject.multibindings.ProvidesIntoMap;
import com.google.inject.multibindings.StringMapKey;
import dev.restage.provider.AddressForm;
import dev.restage.provider.ProviderModule;
import dev.restage.provider.ResourceFactory;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Serves {@code memory:<name>}: media in the memory of this process. */
public final class MemoryModule extends AbstractModule implements ProviderModule {

    private final Map<String, MemoryMediaStore> stores = new ConcurrentHashMap<>();

    @ProvidesIntoMap
    @StringMapKey("memory")
    @Singleton
    ResourceFactory stores() {
        return ResourceFactory.of(
                AddressForm.of(), address -> stores.computeIfAbsent(address.path(), MemoryMediaStore::new));
    }
}
