package dev.restage.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.restage.Restage;
import dev.restage.masking.MaskingPolicy;
import dev.restage.masking.value.Mask;
import dev.restage.plan.Environment;
import dev.restage.plan.ResetPlan;
import dev.restage.provider.Address;
import dev.restage.recipe.django.Django;
import dev.restage.run.Receipt;
import dev.restage.run.RunException;
import dev.restage.step.database.AuditLeaks;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People of production are searched for where nobody would look: numbers, statistics, definitions, content. */
class AuditLeaksTest {

    private static final MaskingPolicy POLICY = MaskingPolicy.builder()
            .keep("page", "body")
            .mask("auth_user", "email", Mask.email("example.com"))
            .lenient()
            .build();

    @TempDir
    Path home;

    private PostgresDatabase production;
    private PostgresDatabase staging;
    private Address from = Address.of("postgres://nobody@nowhere/db");
    private Address to = from;
    private Restage restage = Restage.builder().build();

    @BeforeEach
    void fill() throws SQLException {
        TestDatabases databases = new TestDatabases(home);
        dev.restage.sandbox.server.PostgresDatabase one = TestDatabases.server().createDatabase("audit_a" + unique());
        dev.restage.sandbox.server.PostgresDatabase other =
                TestDatabases.server().createDatabase("audit_b" + unique());
        production = databases.open(one);
        staging = databases.open(other);
        from = Address.of(one + "?sslmode=disable&passwordVariable=ONE");
        to = Address.of(other + "?sslmode=disable&passwordVariable=OTHER");
        for (PostgresDatabase database : new PostgresDatabase[] {production, staging}) {
            TestDatabases.run(
                    database,
                    "CREATE TABLE auth_user (id int PRIMARY KEY, username text, first_name text, last_name text,"
                            + " email text, mobile bigint)",
                    "CREATE TABLE page (id int, body text)",
                    "CREATE TABLE call (id int, caller bigint, callers numeric[])");
        }
        TestDatabases.run(
                production,
                "INSERT INTO auth_user VALUES (1, 'zq', 'Zebedee', 'Quickthorn', 'zq@quickthorn.test', 447700900123)");
        restage = Restage.builder()
                .variables(Map.of(
                        "RESTAGE_HOME", home.toString(),
                        "ONE", one.password(),
                        "OTHER", other.password()))
                .build();
    }

    @AfterEach
    void close() {
        restage.close();
    }

    @Test
    void aTelephoneNumberIsFoundInAColumnOfNumbers() throws SQLException {
        TestDatabases.run(staging, "INSERT INTO call VALUES (1, 447700900123, '{}')");

        assertThat(refused()).contains("call.caller=1");
    }

    @Test
    void andInAnArrayOfThemWithoutTheCodeOfItsCountry() throws SQLException {
        TestDatabases.run(staging, "INSERT INTO call VALUES (1, 1, '{5,7700900123}')");

        assertThat(refused()).contains("call.callers=1");
    }

    @Test
    void aNameIsFoundInACommentAndAnAddressInADefault() throws SQLException {
        TestDatabases.run(
                staging,
                "COMMENT ON TABLE page IS 'ask Zebedee Quickthorn'",
                "ALTER TABLE page ALTER body SET DEFAULT 'mail zq@quickthorn.test'");

        assertThat(refused()).contains("COMMENT", "DEFAULT");
    }

    @Test
    void anAddressIsFoundInWhatStatisticsKeepOfRowsThatAreGone() throws SQLException {
        TestDatabases.run(
                staging,
                "INSERT INTO page SELECT i, 'zq@quickthorn.test' FROM generate_series(1, 50) i",
                "ANALYZE page",
                "DELETE FROM page");

        assertThat(refused()).contains("statistics of page.body");
    }

    @Test
    void whatLooksLikeSomebodyInKeptContentIsNamedInAWarning() throws SQLException {
        TestDatabases.run(
                staging,
                "INSERT INTO page VALUES (1, 'write to ada@acme.test'), (2, 'or call 020 7946 0123'), (3, 'x@example.com')");

        Receipt receipt = restage.run(restage.preview(plan()));

        assertThat(receipt.warnings()).singleElement().asString().contains("page.body=2", "Mask them");
    }

    @Test
    void contentThatNamesNobodyIsPassedOverInSilence() throws SQLException {
        TestDatabases.run(staging, "INSERT INTO page VALUES (1, 'bread and butter'), (2, '2026-11-30')");

        Receipt receipt = restage.run(restage.preview(plan()));

        assertThat(receipt.warnings()).isEmpty();
        assertThat(receipt.facts().find("audit", "persons")).contains("3");
    }

    private String refused() {
        RunException failure = catchThrowableOfType(RunException.class, () -> restage.run(restage.preview(plan())));
        assertThat(failure).isNotNull();
        return String.valueOf(failure.getMessage());
    }

    private ResetPlan plan() {
        return ResetPlan.builder(
                        "audit",
                        Environment.production("production")
                                .database(from.toString())
                                .build(),
                        Environment.staging("staging").database(to.toString()).build())
                .add(
                        "audit",
                        new AuditLeaks(
                                from, to, Django.site().userTable("auth_user").persons(), Set.of(), POLICY))
                .build();
    }

    private static String unique() {
        return UUID.randomUUID().toString().replace("-", "");
    }
}
