package dev.restage.sandbox.vendor.heroku;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.sandbox.internal.Pause;
import dev.restage.sandbox.vendor.Call;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Captures, restores and copies of the Data API, with an engine that only remembers them. */
class HerokuTransfersTest {

    private static final String TRANSFERS = "/client/v11/apps/acme/transfers";
    private static final String URL = "postgres://acme:secret@127.0.0.1:1/acme";

    private final RecordingEngine engine = new RecordingEngine();

    @AutoClose
    private final HerokuStandIn heroku = new HerokuStandIn("t0ken", engine);

    private final String database;

    HerokuTransfersTest() {
        heroku.addApp(app("acme", URL));
        heroku.addApp(app("broken", "postgres://acme:secret@127.0.0.1:1/broken"));
        database = "/client/v11/databases/postgresql-acme-database";
    }

    @Test
    void aCaptureGoesFromPendingToFinishedAndCanBeDownloaded() {
        Call started = call("POST " + database + "/backups", "");

        assertThat(started.json().path("finished_at").isNull()).isTrue();
        assertThat(started.json().path("succeeded").isNull()).isTrue();
        assertThat(started.json().path("from_type").asString()).isEqualTo("pg_dump");
        assertThat(started.json().path("to_type").asString()).isEqualTo("gof3r");

        JsonNode finished = finished("acme", 1);
        String url = call("POST " + TRANSFERS + "/1/actions/public-url", "")
                .json()
                .path("url")
                .asString();

        assertThat(finished.path("succeeded").asBoolean()).isTrue();
        assertThat(finished.path("logs").toString()).contains("starting pg_dump to gof3r", "finished");
        assertThat(download(url).body()).isEqualTo("PGDMP snapshot-of-acme");
        assertThat(engine.told()).containsExactly("capture acme");
    }

    @Test
    void aDownloadGoesOnWhereItBrokeOffUnlessTheBackupIsAnother() {
        String url = captured();

        Call part = download(url, "Range", "bytes=6-");
        Call whole = download(url, "Range", "bytes=6-", "If-Range", "\"another\"");
        Call same = download(url, "Range", "bytes=6-", "If-Range", part.header("ETag"));

        assertThat(part.status()).isEqualTo(206);
        assertThat(part.body()).isEqualTo("snapshot-of-acme");
        assertThat(part.header("Content-Range")).isEqualTo("bytes 6-21/22");
        assertThat(whole.status()).isEqualTo(200);
        assertThat(same.body()).isEqualTo(part.body());
    }

    @Test
    void theAddressOfABackupIsItsOnlyKey() {
        String url = captured();

        assertThat(download(url, "Authorization", "Bearer t0ken").body()).contains("Only one auth mechanism allowed");
        assertThat(download(url.replaceFirst("Signature=.", "Signature=x")).status())
                .isEqualTo(403);

        call("DELETE " + TRANSFERS + "/1", "");

        assertThat(download(url).body()).contains("Request has expired");
        assertThat(call("GET " + TRANSFERS + "/1", "").status()).isEqualTo(404);
    }

    @Test
    void oneTransferRunsAtATimeAndNumbersAreNotUsedTwice() {
        Runnable end = heroku.occupy("acme");

        Call second = call("POST " + database + "/backups", "");
        end.run();
        captured();

        assertThat(second.status()).isEqualTo(409);
        assertThat(second.json().path("id").asString()).isEqualTo("conflict");
        assertThat(call("GET " + TRANSFERS, "")
                        .json()
                        .valueStream()
                        .map(each -> each.path("num").asInt()))
                .containsExactly(2, 1);
    }

    @Test
    void aBackupByScheduleIsThereAtOnceAndSaysSo() {
        String name = heroku.backUp("acme");

        JsonNode transfer = call("GET " + TRANSFERS + "/1", "").json();

        assertThat(name).isEqualTo("a001");
        assertThat(transfer.path("succeeded").asBoolean()).isTrue();
        assertThat(transfer.path("to_name").asString()).startsWith("SCHEDULED");
        assertThat(transfer.path("schedule").path("uuid").asString()).isNotEmpty();
        assertThat(transfer.path("num_keep").asInt()).isEqualTo(25);
    }

    @Test
    void aRunningTransferCanBeCanceledAndAFinishedOneCannot() {
        heroku.occupy("acme");

        Call canceled = call("POST " + TRANSFERS + "/1/actions/cancel", "");
        Call again = call("POST " + TRANSFERS + "/1/actions/cancel", "");

        assertThat(canceled.status()).isEqualTo(201);
        assertThat(canceled.json().path("canceled_at").asString()).endsWith(" +0000");
        assertThat(again.status()).isEqualTo(422);
        assertThat(call("GET " + TRANSFERS + "/1", "").json().path("succeeded").asBoolean(true))
                .isFalse();
    }

    @Test
    void aTransferThatFailsSaysWhyInItsLog() {
        call("POST /client/v11/databases/postgresql-broken-database/backups", "");

        JsonNode failed = finished("broken", 1);

        assertThat(failed.path("succeeded").asBoolean(true)).isFalse();
        assertThat(failed.path("logs").toString()).contains("\"level\":\"error\"", "connection refused");
    }

    @Test
    void aBackupIsRestoredAndADatabaseCopiedOverAnother() {
        String url = captured();

        call("POST " + database + "/restores", "{\"backup_url\":\"" + url + "\"}");
        finished("acme", 2);
        call(
                "POST " + database + "/transfers",
                "{\"from_url\":\"%s\",\"to_url\":\"postgres://h/copy\"}".formatted(URL));
        finished("acme", 3);

        assertThat(engine.told())
                .containsExactly(
                        "capture acme",
                        "restore snapshot-of-acme to acme",
                        "capture acme",
                        "restore snapshot-of-acme to copy");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "restores | {} | 422",
                "restores | no json | 422",
                "transfers | {\"from_url\":\"postgres://h/a\",\"to_url\":\"postgres://h/a\"} | 422",
                "transfers | {\"from_url\":\"https://h/a\",\"to_url\":\"postgres://h/a\"} | 422",
                "transfers | {\"from_url\":\"postgres://h/a\"} | 422"
            })
    void refusesATransferFromOrToNowhere(String kind, String body, int status) {
        Call call = call("POST " + database + "/" + kind, body);

        assertThat(call.status()).isEqualTo(status);
        assertThat(call.json().path("id").asString()).isEqualTo("invalid_params");
        assertThat(call("GET " + TRANSFERS, "").json()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /client/v11/databases/nope, add_on",
        "POST, /client/v11/databases/nope/backups, add_on",
        "GET, /client/v11/apps/nope/transfers, app",
        "GET, /client/v11/apps/acme/transfers/9, transfer",
        "POST, /client/v11/apps/acme/transfers/9/actions/cancel, transfer",
        "DELETE, /client/v11/apps/acme/transfers/9, transfer"
    })
    void saysWhatIsMissing(String method, String path, String resource) {
        Call call = call(method + " " + path, "");

        assertThat(call.status()).isEqualTo(404);
        assertThat(call.json().path("resource").asString()).isEqualTo(resource);
    }

    @Test
    void aDatabaseThatCannotBeReachedIsUnavailableAndNotUnknown() {
        Call info = call("GET " + database, "");

        assertThat(info.status()).isEqualTo(200);
        assertThat(info.json().path("num_bytes").asLong()).isZero();
        assertThat(info.json().path("info").toString()).contains("{\"name\":\"Status\",\"values\":[\"Unavailable\"]}");
    }

    @Test
    void credentialsNameTheOneLogin() {
        Call credentials = call("GET /postgres/v0/databases/postgresql-acme-database/credentials", "");

        assertThat(credentials.json().path(0).path("name").asString()).isEqualTo("default");
        assertThat(credentials
                        .json()
                        .path(0)
                        .path("credentials")
                        .path(0)
                        .path("password")
                        .asString())
                .isEqualTo("secret");
        assertThat(call("GET " + database + "/wait_status", "")
                        .json()
                        .path("waiting?")
                        .asBoolean(true))
                .isFalse();
        assertThat(call("GET " + database + "/transfer-schedules", "").json()).isEmpty();
    }

    private String captured() {
        int number =
                call("POST " + database + "/backups", "").json().path("num").asInt();
        return finished("acme", number).path("to_url").asString();
    }

    private JsonNode finished(String app, int number) {
        String line = "GET /client/v11/apps/%s/transfers/%d?verbose=true".formatted(app, number);
        JsonNode transfer = call(line, "").json();
        for (int looks = 0; transfer.path("finished_at").isNull() && looks < 1000; looks++) {
            Pause.of(Duration.ofMillis(10));
            transfer = call(line, "").json();
        }
        assertThat(transfer.path("finished_at").isNull()).as("unfinished").isFalse();
        return transfer;
    }

    private Call call(String line, String body) {
        return Call.send(
                heroku.endpoint(), "Bearer t0ken", line, body, "Accept", "application/vnd.heroku+json; version=3");
    }

    private static Call download(String url, String... headers) {
        URI address = URI.create(url);
        String origin = "%s://%s".formatted(address.getScheme(), address.getRawAuthority());
        return Call.send(URI.create(origin), "", "GET " + url.substring(origin.length()), "", headers);
    }

    private static HerokuApp app(String name, String databaseUrl) {
        return new HerokuApp(
                name, Path.of("nowhere.git"), "main", "", Map.of("web", 1), Map.of("DATABASE_URL", databaseUrl));
    }
}
