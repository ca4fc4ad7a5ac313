package dev.restage.heroku;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.Restage;
import dev.restage.provider.GuardException;
import dev.restage.provider.Progress;
import dev.restage.provider.app.PaaS;
import dev.restage.provider.app.PaaS.Switch;
import dev.restage.provider.database.Database;
import dev.restage.provider.database.DatabaseSnapshotter;
import dev.restage.sandbox.Sandbox;
import dev.restage.sandbox.vendor.heroku.HerokuApp;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The latch before apps that Heroku's pipelines call production stays shut as long as nothing is known. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class LatchTest {

    private final Sandbox sandbox = Sandbox.start();
    private final Restage restage =
            Restage.builder().variables(sandbox.variables()).build();

    /** The database of one app, attached to another. */
    @BeforeAll
    void share() {
        sandbox.heroku().attach("acme-production", "DATABASE_URL", "acme-staging", "SHARED_URL");
        sandbox.heroku()
                .addApp(new HerokuApp(
                        "acme-alone",
                        sandbox.git().repositoryDirectory(sandbox.site().repository()),
                        "main",
                        "",
                        Map.of("web", 1),
                        Map.of()));
    }

    @AfterEach
    void behave() {
        sandbox.heroku().faults().clear();
    }

    @AfterAll
    void stop() {
        restage.close();
        sandbox.close();
    }

    @ParameterizedTest
    @CsvSource({"404, not_found", "403, forbidden"})
    void theOwnerOfADatabaseThatIsNotShownKeepsItShut(int status, String id) {
        String body = "{\"id\":\"%s\",\"message\":\"Couldn't find that app.\",\"resource\":\"app\"}".formatted(id);
        sandbox.heroku().faults().answer("GET /apps/acme-production", 9, status, body);
        sandbox.heroku()
                .faults()
                .answer("GET /apps/acme-production/pipeline-couplings", 9, 404, body.replace("forbidden", "not_found"));
        Database database = restage.openToWrite("heroku-postgres:acme-staging/SHARED_URL", Database.class);
        DatabaseSnapshotter snapshots =
                restage.openToWrite("heroku-postgres:acme-staging/SHARED_URL", DatabaseSnapshotter.class);

        for (Runnable write : List.<Runnable>of(database::write, () -> snapshots.capture(Progress.NONE))) {
            assertThatThrownBy(write::run)
                    .isInstanceOf(GuardException.class)
                    .hasMessageContaining("the app acme-production is not there or not shown to this key")
                    .hasMessageContaining("heroku access:add -a acme-production");
        }
    }

    @Test
    void anAppThatIsNotThereIsNotInNoPipeline() {
        PaaS gone = restage.openToWrite("heroku:acme-gone", PaaS.class);

        for (Runnable write : List.<Runnable>of(
                gone::resetRepository, () -> gone.maintenance(Switch.ON), () -> gone.scale(Map.of("web", 0)))) {
            assertThatThrownBy(write::run)
                    .isInstanceOf(GuardException.class)
                    .hasMessageContaining("the app acme-gone is not there or not shown");
        }
        assertThat(sandbox.heroku().requests())
                .noneMatch(request -> request.path().contains("acme-gone.git"));
    }

    @Test
    void anAppThatIsSeenAndInNoPipelineIsChanged() {
        PaaS alone = restage.openToWrite("heroku:acme-alone", PaaS.class);

        alone.maintenance(Switch.ON);

        assertThat(alone.state().maintenance()).isTrue();
    }
}
