package dev.restage.heroku;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.restage.Restage;
import dev.restage.masking.Condition;
import dev.restage.masking.MaskingPolicy;
import dev.restage.masking.TableRule.Rows;
import dev.restage.masking.TableSelector;
import dev.restage.masking.value.Mask;
import dev.restage.provider.PlanException;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.RestageException.Effect;
import dev.restage.provider.Secret;
import dev.restage.provider.database.CopyOptions;
import dev.restage.provider.database.CopyResult;
import dev.restage.provider.database.Database;
import dev.restage.provider.database.DatabaseSnapshotter;
import dev.restage.provider.database.Dataset;
import dev.restage.provider.database.SnapshotId;
import dev.restage.sandbox.Sandbox;
import dev.restage.sandbox.server.PostgresDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Backups of the sandbox's Heroku, downloaded into a real database while they arrive. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HerokuBackupTest {

    private static final String STORE = "GET /_backups/*";
    private static final MaskingPolicy NAMES = MaskingPolicy.builder()
            .mask("users_user", "first_name", Mask.constant("X"))
            .keep("*", "*")
            .build();

    private final Sandbox sandbox = Sandbox.start();
    private final Restage restage =
            Restage.builder().variables(sandbox.variables()).build();
    private final Database staging = restage.openToWrite("heroku-postgres:acme-staging", Database.class);
    private final Dataset newest = restage.open("heroku-backup:acme-production", Dataset.class);

    @BeforeAll
    void takeABackup() {
        assertThatThrownBy(newest::describe)
                .hasMessageContaining("heroku pg:backups:capture -a acme-production")
                .asInstanceOf(type(ProviderException.class))
                .returns(Kind.NOT_FOUND, ProviderException::kind);
        assertThat(sandbox.heroku().backUp("acme-production")).isEqualTo("a001");
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

    @Test
    void arrivesMaskedThoughTheConnectionBreaksOff() throws SQLException {
        String production = others(restage.open("heroku-postgres:acme-production", Database.class));
        sandbox.heroku().faults().cut(STORE, 1, 100_000);
        sandbox.heroku().faults().cut(STORE, 2, 50_000);

        CopyResult result = staging.copyFrom(newest, options(NAMES), Progress.NONE);

        assertThat(result.maskedValues()).isPositive();
        assertThat(one(staging, "SELECT DISTINCT first_name FROM users_user")).isEqualTo("X");
        assertThat(others(staging)).isEqualTo(production);
        assertThat(newest.describe().product()).startsWith("archive of PostgreSQL ");
        assertThat(sandbox.heroku().requests())
                .filteredOn(request -> request.path().startsWith("/_backups/"))
                .hasSizeGreaterThan(4)
                .noneMatch(request -> request.headers().containsKey("authorization"));
    }

    @Test
    void bringsNothingOfHerokuToALaptop() throws SQLException {
        PostgresDatabase made = sandbox.postgres().createDatabase("laptop");
        Map<String, String> variables = new HashMap<>(sandbox.variables());
        variables.put("LAPTOP_PASSWORD", made.password());
        try (Restage local = Restage.builder().variables(variables).build()) {
            Database laptop = local.openToWrite(
                    "postgres://%s@%s:%d/%s?passwordVariable=LAPTOP_PASSWORD"
                            .formatted(made.user(), made.host(), made.port(), made.name()),
                    Database.class);

            assertThat(laptop.checkCopy(newest, options(NAMES)).problems()).isEmpty();
            assertThat(laptop.checkCopy(newest, options(NAMES)).notes())
                    .anyMatch(note -> note.contains("Heroku") && note.contains("EVENT TRIGGER log_create_ext"));
            laptop.copyFrom(newest, options(NAMES), Progress.NONE);

            assertThat(one(laptop, "SELECT DISTINCT first_name FROM users_user"))
                    .isEqualTo("X");
            assertThat(one(laptop, "SELECT count(*) FROM pg_namespace WHERE nspname = '_heroku'"))
                    .isEqualTo("0");
            assertThat(one(laptop, "SELECT count(*) FROM pg_event_trigger")).isEqualTo("0");
        }
    }

    @Test
    void isPutIntoAFileFirstWhereMasksHaveToLookThingsUp() throws SQLException {
        Condition author = new Condition.Found("id", "wagtailcore_page", "owner_id");
        MaskingPolicy authors = MaskingPolicy.builder()
                .rows(TableSelector.named("users_user"), new Rows.Exempt(author))
                .mask("users_user", "first_name", Mask.constant("X"))
                .keep("*", "*")
                .build();

        staging.copyFrom(
                restage.open("heroku-backup:acme-production/a001", Dataset.class), options(authors), Progress.NONE);

        String wrong = "SELECT count(*) FROM users_user u WHERE (first_name = 'X')"
                + " = EXISTS (SELECT FROM wagtailcore_page p WHERE p.owner_id = u.id)";
        assertThat(one(staging, wrong)).isEqualTo("0");
        assertThat(one(staging, "SELECT count(*) FROM users_user WHERE first_name <> 'X'"))
                .isNotEqualTo("0");
    }

    @Test
    void whatCannotBeReadLeavesTheTargetAsItWas() throws SQLException {
        String before = one(staging, "SELECT md5(string_agg(u::text, '' ORDER BY id)) FROM users_user u");

        sandbox.heroku().faults().answer(STORE, 9, 403, "<Error><Message>Request has expired</Message></Error>");
        assertRefused(newest, Kind.DENIED, "heroku-backup:acme-production", "Request has expired");
        sandbox.heroku().faults().clear();
        sandbox.heroku().faults().answer(STORE, 9, 404, "<Error><Message>No such key</Message></Error>");
        assertRefused(newest, Kind.NOT_FOUND, "heroku-backup:acme-production", "No such key");
        sandbox.heroku().faults().clear();
        sandbox.heroku().faults().cut(STORE, 99, 0);
        assertRefused(newest, Kind.UNAVAILABLE, "heroku-backup:acme-production", "try again");
        sandbox.heroku().faults().clear();
        assertRefused(
                restage.open("heroku-backup:acme-production/b099", Dataset.class),
                Kind.NOT_FOUND,
                "b099",
                "pg:backups");
        assertRefused(restage.open("heroku-backup:no-such-app/b001", Dataset.class), Kind.NOT_FOUND, "no-such-app");
        assertRefused(restage.open("heroku-backup:no-such-app", Dataset.class), Kind.NOT_FOUND, "no-such-app");

        assertThat(one(staging, "SELECT md5(string_agg(u::text, '' ORDER BY id)) FROM users_user u"))
                .isEqualTo(before);
    }

    @Test
    void aDownloadThatEndsForGoodInTheMiddleLeavesAMark() throws SQLException {
        sandbox.heroku().faults().cut(STORE, 1, 200_000);
        sandbox.heroku().faults().cut(STORE, 99, 0);

        assertThatThrownBy(() -> staging.copyFrom(newest, options(NAMES), Progress.NONE))
                .hasMessageContainingAll("heroku-backup:acme-production", "marked as incomplete", "run again")
                .asInstanceOf(type(ProviderException.class))
                .returns(Kind.UNAVAILABLE, ProviderException::kind)
                .returns(Effect.SOME, ProviderException::effect);
        sandbox.heroku().faults().clear();

        staging.copyFrom(newest, options(NAMES), Progress.NONE);

        assertThat(one(staging, "SELECT DISTINCT first_name FROM users_user")).isEqualTo("X");
    }

    @Test
    void aBackupOfTheTargetIsTheWayBackOfACopyInPlace() throws SQLException {
        DatabaseSnapshotter backups = restage.openToWrite("heroku-postgres:acme-staging", DatabaseSnapshotter.class);
        String users = one(staging, "SELECT md5(string_agg(u::text, '' ORDER BY id)) FROM users_user u");
        SnapshotId before = backups.capture(Progress.NONE).id();
        CopyOptions options = options(NAMES).before(before);

        assertThat(staging.copyFrom(newest, options, Progress.NONE).before()).isEqualTo(before);
        sandbox.heroku().faults().cut(STORE, 1, 200_000);
        sandbox.heroku().faults().cut(STORE, 99, 0);
        assertThatThrownBy(() -> staging.copyFrom(newest, options, Progress.NONE))
                .hasMessageContainingAll("its state before is the snapshot " + before, "run again");

        backups.restore(before, Progress.NONE);
        assertThat(one(staging, "SELECT md5(string_agg(u::text, '' ORDER BY id)) FROM users_user u"))
                .isEqualTo(users);
        backups.delete(before);
        assertThatThrownBy(() -> staging.copyFrom(newest, options, Progress.NONE))
                .hasMessageContaining("has no snapshot " + before)
                .asInstanceOf(type(ProviderException.class))
                .returns(Kind.NOT_FOUND, ProviderException::kind);
    }

    @Test
    void isOnlyRead() {
        assertThat(newest.checkCopy(staging, options(NAMES)).problems()).hasSize(1);
        assertThatThrownBy(() -> newest.copyFrom(staging, options(NAMES), Progress.NONE))
                .hasMessageContaining("was opened to be read, so it may not be written");
        Dataset written = restage.openToWrite("heroku-backup:acme-production", Dataset.class);
        assertThatThrownBy(() -> written.copyFrom(staging, options(NAMES), Progress.NONE))
                .hasMessageContaining("only read");
        assertThat(newest.identity())
                .isEqualTo(restage.open("heroku-backup:acme-production/a001", Dataset.class)
                        .identity());
        assertThat(newest.shape().table("public", "users_user")).isPresent();
        assertThatThrownBy(() -> restage.open("heroku-backup:acme-production/B1", Dataset.class))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("heroku-backup:app/b001");
    }

    private void assertRefused(Dataset dump, Kind kind, String... words) {
        assertThatThrownBy(() -> staging.copyFrom(dump, options(NAMES), Progress.NONE))
                .hasMessageContainingAll(words)
                .hasMessageNotContaining("Signature")
                .asInstanceOf(type(ProviderException.class))
                .returns(kind, ProviderException::kind)
                .returns(Effect.NONE, ProviderException::effect);
    }

    private static CopyOptions options(MaskingPolicy policy) {
        return new CopyOptions(policy, Secret.of("masking key"));
    }

    /** All that is not masked. */
    private static String others(Database database) throws SQLException {
        return one(
                database,
                "SELECT md5((SELECT string_agg(p::text, '' ORDER BY id) FROM wagtailcore_page p)"
                        + " || (SELECT string_agg(id || email, '' ORDER BY id) FROM users_user))");
    }

    private static String one(Database database, String query) throws SQLException {
        try (Connection connection = database.read();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }
}
