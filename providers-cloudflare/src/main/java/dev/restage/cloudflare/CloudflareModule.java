package dev.restage.cloudflare;

import com.google.common.base.Suppliers;
import com.google.inject.AbstractModule;
import com.google.inject.Singleton;
import com.google.inject.multibindings.ProvidesIntoMap;
import com.google.inject.multibindings.StringMapKey;
import dev.restage.http.Credential;
import dev.restage.http.HttpSettings;
import dev.restage.http.RestClient;
import dev.restage.http.Retry;
import dev.restage.provider.AddressForm;
import dev.restage.provider.ProviderModule;
import dev.restage.provider.ResourceFactory;
import dev.restage.provider.Variables;
import java.util.function.Supplier;

/**
 * Serves addresses of the scheme {@value #SCHEME}: {@code cloudflare:zone/<id>} is a whole zone,
 * {@code cloudflare:zone/<id>/<host>} one host in it and nothing else.
 */
public final class CloudflareModule extends AbstractModule implements ProviderModule {

    /** The scheme of zone addresses. */
    public static final String SCHEME = "cloudflare";

    /** For {@link java.util.ServiceLoader}. */
    public CloudflareModule() {}

    @ProvidesIntoMap
    @StringMapKey(SCHEME)
    @Singleton
    ResourceFactory zones(Variables variables) {
        Supplier<RestClient> rest = Suppliers.memoize(() -> client(variables));
        return ResourceFactory.of(AddressForm.of(), address -> {
            Zone zone = Zone.of(address);
            return new CloudflareCachePurger(rest.get(), zone);
        });
    }

    private static RestClient client(Variables variables) {
        CloudflareConfig config = CloudflareConfig.from(variables);
        return RestClient.create(
                SCHEME,
                config.endpoint(),
                Credential.bearer(config.token()),
                Retry.standard(),
                HttpSettings.from(variables));
    }
}
