package dev.restage.redis;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;
import com.google.inject.multibindings.ProvidesIntoMap;
import com.google.inject.multibindings.StringMapKey;
import dev.restage.provider.AddressForm;
import dev.restage.provider.ProviderModule;
import dev.restage.provider.ResourceFactory;
import dev.restage.provider.Variables;

/**
 * Serves caches in Redis or Valkey.
 *
 * <ul>
 *   <li>{@code redis://host:port/0?prefix=acme}, and {@code rediss:} with TLS. The password is that of the variable named
 *       by {@code passwordVariable}, else {@code REDIS_PASSWORD}, else none.
 *   <li>{@code redis-url:REDIS_URL?prefix=acme}: the variable named holds the URL, with its password.
 * </ul>
 *
 * <p>More parameters: {@code databases=0,1} for several logical databases, {@code verify=no} to accept any certificate, as
 * Heroku's self-signed ones need. {@code prefix} is Django's {@code KEY_PREFIX}; without it, Django's empty one.
 */
public final class RedisModule extends AbstractModule implements ProviderModule {

    /** The scheme of plain connections. */
    public static final String REDIS = "redis";

    /** The scheme of connections with TLS. */
    public static final String REDISS = "rediss";

    /** The scheme of a whole URL in a variable. */
    public static final String REDIS_URL = "redis-url";

    /** What the address of a cache takes, wherever its URL comes from. */
    public static final AddressForm KEYS = AddressForm.of("prefix", "databases").with("verify", "yes", "no");

    private static final AddressForm SERVER = KEYS.with("passwordVariable");

    /** Makes the module. */
    public RedisModule() {}

    @ProvidesIntoMap
    @StringMapKey(REDIS)
    @Singleton
    ResourceFactory plain(Variables variables) {
        return ResourceFactory.of(SERVER, address -> new RedisCachePurger(RedisLocation.of(address, variables)));
    }

    @ProvidesIntoMap
    @StringMapKey(REDISS)
    @Singleton
    ResourceFactory encrypted(Variables variables) {
        return plain(variables);
    }

    @ProvidesIntoMap
    @StringMapKey(REDIS_URL)
    @Singleton
    ResourceFactory named(Variables variables) {
        return ResourceFactory.of(KEYS, address -> new RedisCachePurger(RedisLocation.ofVariable(address, variables)));
    }
}
