package dev.restage.heroku;

import dev.restage.http.Json;
import dev.restage.provider.GuardException;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import java.util.Optional;
import java.util.Set;

/**
 * A guard besides the engine's: an app that its pipeline calls production is never written. Shut until Heroku has answered what is
 * understood.
 */
final class Latch {

    /** Source: Heroku's platform API schema, pipeline-coupling, stage; read in November 2026. */
    private static final Set<String> OTHER_STAGES = Set.of("test", "review", "development", "staging");

    private final HerokuApi api;

    Latch(HerokuApi api) {
        this.api = api;
    }

    void check(String app) {
        Optional<Json> coupling = api.find("apps/{}/pipeline-couplings", app);
        if (coupling.isEmpty()) {
            checkSeen(app);
        }
        coupling.map(one -> one.required("stage"))
                .filter(stage -> !OTHER_STAGES.contains(stage))
                .ifPresent(stage -> {
                    throw new GuardException(
                            "the app %s is in the stage \"%s\" of its Heroku pipeline, so Restage does not change it; check the address"
                                    .formatted(app, stage));
                });
    }

    /** An app that may not be seen is not found, and neither is its pipeline: it may be production for all that is known. */
    private void checkSeen(String app) {
        try {
            api.get("apps/{}", app).required("id");
        } catch (ProviderException e) {
            if (e.kind() != Kind.NOT_FOUND && e.kind() != Kind.DENIED) {
                throw e;
            }
            throw new GuardException(
                    "the app %s is not there or not shown to this key, so it cannot be told whether its Heroku pipeline calls it production, and nothing of it is changed: let the account of HEROKU_API_KEY see the app (\"heroku access:add -a %s\"), or correct the address"
                            .formatted(app, app));
        }
    }
}
