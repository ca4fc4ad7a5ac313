package dev.restage.http;

import com.google.common.base.Suppliers;
import com.google.inject.AbstractModule;
import com.google.inject.Singleton;
import com.google.inject.multibindings.ProvidesIntoMap;
import com.google.inject.multibindings.StringMapKey;
import dev.restage.provider.Address;
import dev.restage.provider.AddressForm;
import dev.restage.provider.ProviderModule;
import dev.restage.provider.ResourceFactory;
import dev.restage.provider.Secret;
import dev.restage.provider.Variables;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;

/**
 * Serves addresses of web sites, such as {@code https://staging.example.org/}. The parameter
 * {@code basicAuthVariable=NAME} names a variable that holds {@code user:password} for a site behind Basic
 * authentication.
 */
public final class HttpModule extends AbstractModule implements ProviderModule {

    /** The scheme of sites with TLS. */
    public static final String HTTPS = "https";

    /** The scheme of sites without. */
    public static final String HTTP = "http";

    private static final String BASIC_AUTH = "basicAuthVariable";

    private static final Pattern SITE = Pattern.compile("//[^/@]+(/.*)?");

    /** Makes the module; it reads nothing yet. */
    public HttpModule() {}

    @ProvidesIntoMap
    @StringMapKey(HTTPS)
    @Singleton
    ResourceFactory sitesWithTls(Variables variables) {
        return sites(variables);
    }

    @ProvidesIntoMap
    @StringMapKey(HTTP)
    @Singleton
    ResourceFactory sitesWithout(Variables variables) {
        return sites(variables);
    }

    private static ResourceFactory sites(Variables variables) {
        Supplier<OkHttpClient> http =
                Suppliers.memoize(() -> HttpSettings.from(variables).client());
        return ResourceFactory.of(
                AddressForm.of(BASIC_AUTH),
                address -> new HttpSite(http.get(), home(address), credential(address, variables)));
    }

    private static HttpUrl home(Address address) {
        HttpUrl home = HttpUrl.parse(address.scheme() + ":" + address.path());
        if (home == null || !SITE.matcher(address.path()).matches()) {
            throw new IllegalArgumentException(
                    "not the address of a site: %s; write %s://host/".formatted(address, address.scheme()));
        }
        return home;
    }

    private static Credential credential(Address address, Variables variables) {
        String variable = address.parameters().get(BASIC_AUTH);
        if (variable == null) {
            return Credential.none();
        }
        String[] pair = variables
                .secret(variable, "to pass the password prompt of " + address.path())
                .reveal()
                .split(":", 2);
        if (pair.length < 2 || pair[1].isEmpty()) {
            throw new IllegalArgumentException("the variable " + variable + " must hold user:password");
        }
        return Credential.basic(pair[0], Secret.of(pair[1]));
    }
}
