package dev.restage.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.restage.Restage;
import dev.restage.masking.MaskingPolicy;
import dev.restage.plan.Environment;
import dev.restage.plan.ResetPlan;
import dev.restage.plan.Step;
import dev.restage.provider.Address;
import dev.restage.provider.GuardException;
import dev.restage.provider.PlanException;
import dev.restage.provider.ProviderException;
import dev.restage.provider.RestageException;
import dev.restage.recipe.StagingReset;
import dev.restage.sandbox.Sandbox;
import dev.restage.sandbox.server.PostgresDatabase;
import dev.restage.step.database.CopyDatabase;
import java.io.IOException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What cannot be done ends in one sentence that says what to do, before anything is changed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusalsTest {

    private static final MaskingPolicy NOTHING = MaskingPolicy.none();

    private final Map<String, String> variables = new HashMap<>();
    private Sandbox sandbox = Sandbox.start();
    private Restage restage = Restage.builder().variables(sandbox.variables()).build();
    private Map<String, Object> before = Map.of();

    @BeforeAll
    void enter() {
        variables.putAll(sandbox.variables());
        variables.put("WRONG", "not the password");
        variables.put("PRODUCTION", sandbox.site().production().database().password());
        variables.put("STAGING", sandbox.site().staging().database().password());
        restage.close();
        restage = Restage.builder().variables(variables).build();
    }

    @BeforeEach
    void remember() throws SQLException, IOException {
        before = Fingerprint.ofAll(sandbox);
    }

    @AfterEach
    void nothingWasChanged() throws SQLException, IOException {
        assertThat(Fingerprint.ofAll(sandbox)).isEqualTo(before);
    }

    @AfterAll
    void leave() {
        restage.close();
        sandbox.close();
    }

    @Test
    void aWrongPassword() {
        Environment staging = Environment.staging("staging")
                .database(address(sandbox.site().staging().database(), "127.0.0.1", "WRONG"))
                .build();

        ProviderException refusal = refused(copy(sandbox.production(), staging), ProviderException.class);

        assertThat(refusal.kind()).isEqualTo(ProviderException.Kind.DENIED);
        assertThat(refusal)
                .hasMessageContaining("acme_staging")
                .hasMessageContaining("password")
                .hasMessageNotContaining("not the password");
    }

    @Test
    void aMissingBucket() {
        Environment staging = Environment.staging("staging")
                .media("s3://no-such-bucket/media/")
                .build();

        ProviderException refusal =
                refused(StagingReset.of(sandbox.production(), staging).build(), ProviderException.class);

        assertThat(refusal.kind()).isEqualTo(ProviderException.Kind.NOT_FOUND);
        assertThat(refusal).hasMessageContaining("no-such-bucket");
    }

    @Test
    void aMergeConflict() {
        String conflicting = sandbox.site().branches().conflicting();
        ResetPlan plan = StagingReset.of(sandbox.production(), sandbox.staging())
                .framework(Acme.framework(sandbox.site()))
                .merge(conflicting)
                .build();

        ProviderException refusal = refused(plan, ProviderException.class);

        assertThat(refusal.kind()).isEqualTo(ProviderException.Kind.CONFLICT);
        assertThat(refusal).hasMessageContaining(conflicting);
    }

    @Test
    void sourceAndTargetBeingOneDatabaseUnderTwoNames() {
        PostgresDatabase production = sandbox.site().production().database();
        for (String host : new String[] {"127.0.0.1", "localhost"}) {
            Environment staging = Environment.staging("staging")
                    .database(address(production, host, "PRODUCTION"))
                    .build();

            GuardException refusal = refused(copy(sandbox.production(), staging), GuardException.class);

            assertThat(refusal).hasMessageContaining("the same thing").hasMessageContaining("nothing was changed");
        }
    }

    @Test
    void aStepThatWritesToProduction() {
        Address production = sandbox.production().require(sandbox.production().database(), "database");

        assertThatThrownBy(() -> ResetPlan.builder("wrong", sandbox.production(), sandbox.staging())
                        .add("oops", Step.of("write", context -> {}).writing(production))
                        .build())
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("oops")
                .hasMessageContaining("production");
    }

    @Test
    void aTargetThatIsProduction() {
        Environment production = sandbox.production();

        assertThatThrownBy(() -> ResetPlan.builder("onto production", production, production)
                        .build())
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("production is never written");
    }

    @Test
    void aColumnWithoutARule() {
        ResetPlan plan = StagingReset.of(sandbox.production(), sandbox.staging())
                .framework(dev.restage.recipe.wagtail.Wagtail.site().userTable("users_user"))
                .build();

        PlanException refusal = refused(plan, PlanException.class);

        assertThat(refusal).hasMessageContaining(".content(").hasMessageContaining("\"blog_*\"");
    }

    private static ResetPlan copy(Environment source, Environment target) {
        return ResetPlan.builder("copy", source, target)
                .add(
                        "copy-database",
                        new CopyDatabase(
                                source.require(source.database(), "database"),
                                target.require(target.database(), "database"),
                                NOTHING,
                                "RESTAGE_MASKING_KEY"))
                .build();
    }

    private <E extends RestageException> E refused(ResetPlan plan, Class<E> type) {
        E refusal = catchThrowableOfType(type, () -> restage.run(restage.preview(plan)));
        assertThat(refusal).isNotNull();
        return refusal;
    }

    private static String address(PostgresDatabase database, String host, String variable) {
        return "postgres://%s@%s:%d/%s?passwordVariable=%s"
                .formatted(database.user(), host, database.port(), database.name(), variable);
    }
}
