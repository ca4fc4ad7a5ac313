package dev.restage.heroku;

import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.RestageException.Effect;
import dev.restage.provider.Secret;

/** A setting of an app that holds the URL of something else. */
record ConfigVar(String app, String name) {

    Secret read(HerokuApi api) {
        String value = api.get("apps/{}/config-vars", app).text(name);
        if (value.isEmpty()) {
            throw new ProviderException(
                    Kind.NOT_FOUND,
                    "the app %s has no config var %s; see \"heroku config -a %s\"".formatted(app, name, app),
                    Effect.NONE,
                    null);
        }
        return Secret.of(value);
    }
}
