package dev.restage.heroku;

import dev.restage.http.RestRequest;
import dev.restage.http.RestResponse;
import dev.restage.provider.GuardException;

/** A guard besides the engine's: an app that its pipeline calls production is never written. */
final class Latch {

    private final HerokuApi api;

    Latch(HerokuApi api) {
        this.api = api;
    }

    void check(String app) {
        RestResponse coupling =
                api.platform(RestRequest.get("apps/{}/pipeline-couplings", app).accepting(404));
        if (coupling.json().text("stage").equals("production")) {
            throw new GuardException(
                    "the app %s is in the stage \"production\" of its Heroku pipeline, so Restage does not change it; check the address"
                            .formatted(app));
        }
    }
}
