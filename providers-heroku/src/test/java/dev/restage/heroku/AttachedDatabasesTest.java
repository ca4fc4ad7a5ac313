package dev.restage.heroku;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.Restage;
import dev.restage.plan.Environment;
import dev.restage.plan.ResetPlan;
import dev.restage.plan.Step;
import dev.restage.provider.Address;
import dev.restage.provider.GuardException;
import dev.restage.sandbox.Sandbox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Databases that are attached to the app of another environment. */
@Timeout(120)
class AttachedDatabasesTest {

    private static final Address APP = Address.of("heroku:acme-staging");
    private static final Address DATABASE = Address.of("heroku-postgres:acme-staging");

    private final Sandbox sandbox = Sandbox.start();
    private final Restage restage =
            Restage.builder().variables(sandbox.variables()).build();

    @BeforeEach
    void keepItsOwn() {
        sandbox.heroku().attach("acme-staging", "DATABASE_URL", "acme-staging", "OWN_URL");
    }

    @AfterEach
    void stop() {
        restage.close();
        sandbox.close();
    }

    @Test
    void anAppThatRunsOnProductionsDatabaseIsNotWritten() {
        sandbox.heroku().attach("acme-production", "DATABASE_URL", "acme-staging", "DATABASE_URL");

        assertThatThrownBy(() -> restage.preview(writing(APP, staging().app(APP.toString()))))
                .isInstanceOf(GuardException.class)
                .hasMessageContaining(
                        "would write to heroku:acme-staging, which uses heroku-postgres:acme-staging, and that is a thing of production")
                .hasMessageContaining("nothing was changed; give heroku:acme-staging a database of its own");
    }

    @Test
    void itsOwnDatabaseIsNotWrittenEitherWhileTheAppRunsOnProductions() {
        sandbox.heroku().attach("acme-production", "DATABASE_URL", "acme-staging", "DATABASE_URL");
        Address own = Address.of("heroku-postgres:acme-staging/OWN_URL");

        assertThatThrownBy(() -> restage.preview(writing(own, staging().database(own.toString()))))
                .isInstanceOf(GuardException.class)
                .hasMessageContaining("which uses heroku-postgres:acme-staging, and that is a thing of production");
    }

    @Test
    void aDatabaseOfProductionThatTheAppOnlyReadsIsVouchedFor() {
        sandbox.heroku().attach("acme-production", "DATABASE_URL", "acme-staging", "ARCHIVE_URL");
        Environment.Builder vouched = staging().app(APP.toString()).apart("heroku-postgres:acme-staging/ARCHIVE_URL");

        assertThatThrownBy(() -> restage.preview(writing(APP, staging().app(APP.toString()))))
                .hasMessageContaining("add .apart(\"heroku-postgres:acme-staging/ARCHIVE_URL\") to staging");
        assertThat(restage.preview(writing(APP, vouched)).steps()).hasSize(1);
    }

    @Test
    void aDatabaseOfStagingThatProductionsAppKnowsIsVouchedFor() {
        sandbox.heroku().attach("acme-staging", "DATABASE_URL", "acme-production", "STAGING_DATABASE_URL");
        String known = "heroku-postgres:acme-production/STAGING_DATABASE_URL";
        Environment.Builder target = staging().database(DATABASE.toString());

        assertThatThrownBy(() -> restage.preview(writing(DATABASE, target)))
                .isInstanceOf(GuardException.class)
                .hasMessageContaining("which is the same thing as " + known)
                .hasMessageContaining("or add .apart(\"" + known + "\") to production if it only knows it");
        assertThat(restage.preview(writing(DATABASE, production().apart(known), target))
                        .steps())
                .hasSize(1);
    }

    private static Environment.Builder production() {
        return Environment.production("production").app("heroku:acme-production");
    }

    private static Environment.Builder staging() {
        return Environment.staging("staging");
    }

    private static ResetPlan writing(Address address, Environment.Builder target) {
        return writing(address, production(), target);
    }

    private static ResetPlan writing(Address address, Environment.Builder source, Environment.Builder target) {
        return ResetPlan.builder("test", source.build(), target.build())
                .add("write", Step.of("write", context -> {}).writing(address))
                .build();
    }
}
