package dev.restage.heroku;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.restage.Restage;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.app.PaaS;
import dev.restage.provider.database.DatabaseSnapshotter;
import dev.restage.provider.database.Dataset;
import dev.restage.provider.database.Snapshot;
import dev.restage.sandbox.Sandbox;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An answer of Heroku that lacks what decides something is an error that names it; it is neither waited for nor taken for "no". */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class HerokuAnswersTest {

    private static final String TRANSFERS = "GET /client/v11/apps/*/transfers";

    private final Sandbox sandbox = Sandbox.start();
    private final Restage restage =
            Restage.builder().variables(sandbox.variables()).build();
    private final PaaS staging = restage.openToWrite("heroku:acme-staging", PaaS.class);
    private final DatabaseSnapshotter snapshots =
            restage.openToWrite("heroku-postgres:acme-staging", DatabaseSnapshotter.class);
    private Snapshot backup;

    @BeforeAll
    void takeABackup() {
        backup = snapshots.capture(Progress.NONE);
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
    @CsvSource(
            delimiter = '|',
            value = {
                "[{}]|uuid",
                "[null]|uuid",
                "['text']|uuid",
                "[{'uuid':'u'}]|num",
                "[{'uuid':'u','num':'first','from_type':'pg_dump','to_type':'gof3r','created_at':'2026-01-02 03:04:05 +0000'}]|num",
                "[{'uuid':'u','num':1,'to_type':'gof3r','created_at':'2026-01-02 03:04:05 +0000'}]|from_type",
                "[{'uuid':'u','num':1,'from_type':'pg_dump','created_at':'2026-01-02 03:04:05 +0000'}]|to_type",
                "[{'uuid':'u','num':1,'from_type':'pg_dump','to_type':'gof3r'}]|created_at",
                "[{'uuid':'u','num':1,'from_type':'pg_dump','to_type':'gof3r','created_at':'yesterday','finished_at':'2026-01-02 03:04:05 +0000','succeeded':true,'warnings':0,'from_name':'DATABASE'}]|created_at",
                "[{'uuid':'u','num':1,'from_type':'pg_dump','to_type':'gof3r','created_at':'2026-01-02 03:04:05 +0000','finished_at':'2026-01-02 03:04:05 +0000','warnings':0}]|succeeded",
                "[{'uuid':'u','num':1,'from_type':'pg_dump','to_type':'gof3r','created_at':'2026-01-02 03:04:05 +0000','finished_at':'2026-01-02 03:04:05 +0000','succeeded':'true','warnings':0}]|succeeded",
                "[{'uuid':'u','num':1,'from_type':'pg_dump','to_type':'gof3r','created_at':'2026-01-02 03:04:05 +0000','finished_at':'2026-01-02 03:04:05 +0000','succeeded':true}]|warnings"
            },
            quoteCharacter = '`')
    void aTransferWithoutWhatDecidesIsNamedAndNotWaitedFor(String list, String member) {
        String body = list.replace('\'', '"');
        for (Runnable question : List.<Runnable>of(
                () -> snapshots.capture(Progress.NONE),
                () -> snapshots.restore(backup.id(), Progress.NONE),
                snapshots::restored)) {
            sandbox.heroku().faults().answer(TRANSFERS, 1, 200, body);
            notUnderstood(question, member);
            sandbox.heroku().faults().clear();
        }
        assertThat(snapshots.snapshots()).contains(backup);
    }

    @ParameterizedTest
    @CsvSource({
        "GET /apps/acme-staging/dynos, type",
        "GET /apps/acme-staging/formation, type",
        "GET /apps/acme-staging/releases, status",
        "GET /apps/acme-staging/domains, hostname",
        "POST /actions/addon-attachments/resolve, name",
        "GET /addons/*/addon-attachments, name"
    })
    void anElementWithoutWhatDecidesIsNotLeftOut(String request, String member) {
        for (String list : List.of("[{}]", "[null]", "[[]]")) {
            sandbox.heroku().faults().answer(request, 1, 200, list);
            notUnderstood(
                    () -> {
                        staging.state();
                        staging.companions();
                        snapshots.snapshots();
                    },
                    member);
            sandbox.heroku().faults().clear();
        }
    }

    @Test
    void maintenanceThatIsNotPlainlyOnOrOffIsNeither() {
        for (String value : List.of("\"true\"", "null", "1")) {
            sandbox.heroku()
                    .faults()
                    .rewrite(
                            "GET /apps/acme-staging",
                            1,
                            body -> body.replaceFirst("\"maintenance\":(true|false)", "\"maintenance\":" + value));
            notUnderstood(staging::state, "maintenance");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://store.example/b001?signature=s3cret",
                "http://store.example/b001?signature=s3cret",
                "file:///etc/passwd",
                "https://somebody:s3cret@store.example/b001",
                "//store.example/b001",
                "b001",
                ""
            })
    void aBackupIsReadFromAnHttpsUrlOnly(String url) {
        sandbox.heroku()
                .faults()
                .answer(
                        "POST /client/v11/apps/*/transfers/*/actions/public-url",
                        1,
                        200,
                        "{\"url\":\"%s\"}".formatted(url));
        String id = backup.id().value().replaceFirst(".*::", "");

        assertThatThrownBy(() -> restage.open("heroku-backup:acme-staging/" + id, Dataset.class)
                        .describe())
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("gave no https URL")
                .hasMessageNotContaining("s3cret");
    }

    private static void notUnderstood(Runnable question, String member) {
        assertThatThrownBy(question::run)
                .hasMessageContaining("\"" + member + "\"")
                .asInstanceOf(type(ProviderException.class))
                .returns(Kind.UNAVAILABLE, ProviderException::kind);
    }
}
