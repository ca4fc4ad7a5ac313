package dev.restage.heroku;

import com.google.common.base.Suppliers;
import com.google.inject.AbstractModule;
import com.google.inject.Singleton;
import com.google.inject.multibindings.ProvidesIntoMap;
import com.google.inject.multibindings.StringMapKey;
import dev.restage.http.HttpSettings;
import dev.restage.http.Retry;
import dev.restage.provider.Address;
import dev.restage.provider.AddressForm;
import dev.restage.provider.ProviderModule;
import dev.restage.provider.ResourceFactory;
import dev.restage.provider.Variables;
import dev.restage.redis.RedisModule;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Serves apps, {@code heroku:my-app}, and their databases, {@code heroku-postgres:my-app} for the one that
 * {@code DATABASE_URL} names and {@code heroku-postgres:my-app/OTHER_URL} for another. {@code heroku-backup:my-app} is the
 * newest backup of the database that {@code DATABASE_URL} names, {@code heroku-backup:my-app/b001} a certain one; others are
 * copied from it while it arrives. {@code heroku-redis:my-app?prefix=acme} is the cache that {@code REDIS_URL} names, with the
 * parameters of {@code redis-url:}; without a prefix it stands for the whole server.
 */
public final class HerokuModule extends AbstractModule implements ProviderModule {

    /** The scheme of apps. */
    public static final String APP = "heroku";

    /** The scheme of databases. */
    public static final String POSTGRES = "heroku-postgres";

    /** The scheme of backups. */
    public static final String BACKUP = "heroku-backup";

    /** The scheme of caches. */
    public static final String REDIS = "heroku-redis";

    static final String DATABASE_URL = "DATABASE_URL";
    static final String REDIS_URL = "REDIS_URL";

    private static final Pattern BACKUP_FORM = Pattern.compile("([a-z][a-z0-9-]*)(?:/([ab]\\d{1,9}))?");
    private static final Pattern FORM = Pattern.compile("([a-z][a-z0-9-]*)(?:/([A-Z][A-Z0-9_]*))?");

    private final Function<Variables, HerokuConfig> config;

    /** Reads its configuration from the variables, when the first address needs it. */
    public HerokuModule() {
        this.config = HerokuConfig::from;
    }

    /**
     * Uses a given configuration.
     *
     * @param config how to reach Heroku
     */
    public HerokuModule(HerokuConfig config) {
        this.config = variables -> config;
    }

    @ProvidesIntoMap
    @StringMapKey(APP)
    @Singleton
    ResourceFactory apps(Variables variables) {
        Supplier<HerokuApi> api = api(variables);
        return ResourceFactory.of(AddressForm.of(), address -> {
            Matcher form = form(FORM, address);
            if (form.group(2) != null) {
                throw wrong(address);
            }
            return new HerokuApp(api.get(), Waits.STANDARD.polling(), form.group(1));
        });
    }

    @ProvidesIntoMap
    @StringMapKey(POSTGRES)
    @Singleton
    ResourceFactory databases(Variables variables) {
        Supplier<HerokuApi> api = api(variables);
        return ResourceFactory.of(AddressForm.of(), address -> {
            Matcher form = form(FORM, address);
            String configVar = Objects.requireNonNullElse(form.group(2), DATABASE_URL);
            return new HerokuPostgres(api.get(), Waits.STANDARD, form.group(1), configVar, variables);
        });
    }

    @ProvidesIntoMap
    @StringMapKey(BACKUP)
    @Singleton
    ResourceFactory backups(Variables variables) {
        Supplier<HerokuApi> api = api(variables);
        return ResourceFactory.of(AddressForm.of(), address -> {
            Matcher form = form(BACKUP_FORM, address);
            return new HerokuBackup(api.get(), Waits.STANDARD, form.group(1), form.group(2));
        });
    }

    @ProvidesIntoMap
    @StringMapKey(REDIS)
    @Singleton
    ResourceFactory caches(Variables variables) {
        Supplier<HerokuApi> api = api(variables);
        return ResourceFactory.of(RedisModule.KEYS, address -> {
            Matcher form = form(FORM, address);
            String configVar = Objects.requireNonNullElse(form.group(2), REDIS_URL);
            return new HerokuRedis(api.get(), unverified(address), form.group(1), configVar);
        });
    }

    /** Heroku's certificates of Redis are its own; its own client does not check them either. Source: Heroku's CLI 11. */
    private static Address unverified(Address address) {
        if (address.parameters().containsKey("verify")) {
            return address;
        }
        return Address.of(address + (address.parameters().isEmpty() ? "?" : "&") + "verify=no");
    }

    private Supplier<HerokuApi> api(Variables variables) {
        return Suppliers.memoize(
                () -> new HerokuApi(config.apply(variables), HttpSettings.from(variables), Retry.standard()));
    }

    private static Matcher form(Pattern pattern, Address address) {
        Matcher form = pattern.matcher(address.path());
        if (!form.matches()) {
            throw wrong(address);
        }
        return form;
    }

    private static IllegalArgumentException wrong(Address address) {
        String scheme = address.scheme();
        String or = scheme.equals(POSTGRES) || scheme.equals(REDIS)
                ? " or %s:app/NAME_URL".formatted(scheme)
                : scheme.equals(BACKUP) ? " or %s:app/b001".formatted(scheme) : "";
        return new IllegalArgumentException(
                "not an address of Heroku: %s; write %s:app%s".formatted(address, scheme, or));
    }
}
