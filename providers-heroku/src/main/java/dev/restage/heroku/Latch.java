package dev.restage.heroku;

import dev.restage.provider.GuardException;

/** A guard besides the engine's: an app that its pipeline calls production is never written. Shut until Heroku has answered. */
final class Latch {

    private final HerokuApi api;

    Latch(HerokuApi api) {
        this.api = api;
    }

    void check(String app) {
        boolean production = api.find("apps/{}/pipeline-couplings", app)
                .map(coupling -> coupling.required("stage"))
                .filter("production"::equals)
                .isPresent();
        if (production) {
            throw new GuardException(
                    "the app %s is in the stage \"production\" of its Heroku pipeline, so Restage does not change it; check the address"
                            .formatted(app));
        }
    }
}
