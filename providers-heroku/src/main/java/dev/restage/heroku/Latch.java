package dev.restage.heroku;

import dev.restage.provider.GuardException;
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
        api.find("apps/{}/pipeline-couplings", app)
                .map(coupling -> coupling.required("stage"))
                .filter(stage -> !OTHER_STAGES.contains(stage))
                .ifPresent(stage -> {
                    throw new GuardException(
                            "the app %s is in the stage \"%s\" of its Heroku pipeline, so Restage does not change it; check the address"
                                    .formatted(app, stage));
                });
    }
}
