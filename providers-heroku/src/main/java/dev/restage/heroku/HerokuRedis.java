package dev.restage.heroku;

import dev.restage.provider.Address;
import dev.restage.provider.Identity;
import dev.restage.provider.Progress;
import dev.restage.provider.app.CachePurger;
import dev.restage.provider.app.PurgeScope;
import dev.restage.redis.RedisCachePurger;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The Redis that a config var of an app names, Heroku's or another's, at the URL that it holds at that moment, as Heroku
 * changes it when it moves one.
 */
final class HerokuRedis implements CachePurger {

    private final HerokuApi api;
    private final Latch latch;
    private final Address address;
    private final String app;
    private final String configVar;

    HerokuRedis(HerokuApi api, Address address, String app, String configVar) {
        this.api = api;
        this.latch = new Latch(api);
        this.address = address;
        this.app = app;
        this.configVar = configVar;
    }

    /** Without a prefix in its address it is the whole server: what else an app has there is not known from its URL. */
    @Override
    public Identity identity() {
        return address.parameters().containsKey("prefix") ? redis().identity() : redis().server();
    }

    @Override
    public Set<PurgeScope.Kind> supports() {
        return Set.of(PurgeScope.Kind.EVERYTHING, PurgeScope.Kind.PREFIX);
    }

    @Override
    public OptionalLong count(PurgeScope scope) {
        return redis().count(scope);
    }

    @Override
    public OptionalLong purge(PurgeScope scope, Progress progress) {
        latch.check(app);
        return redis().purge(scope, progress);
    }

    private RedisCachePurger redis() {
        return RedisCachePurger.of(
                address, new ConfigVar(app, configVar).read(api), "the config var %s of %s".formatted(configVar, app));
    }

    @Override
    public void close() {
        api.close();
    }

    @Override
    public String toString() {
        return address.toString();
    }
}
