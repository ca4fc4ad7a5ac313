package dev.restage.sandbox.vendor.heroku;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.sandbox.internal.Json;
import dev.restage.sandbox.server.HerokuDatabases;
import dev.restage.sandbox.server.PostgresDatabase;
import dev.restage.sandbox.server.PostgresServer;
import dev.restage.sandbox.server.RedisServer;
import dev.restage.sandbox.vendor.Call;
import dev.restage.sandbox.vendor.Repositories;
import dev.restage.sandbox.vendor.internal.app.DatabaseUrl;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocket;
import okhttp3.tls.HandshakeCertificates;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@Timeout(60)
@SuppressWarnings("NullAway.Init") // filled before each test
class HerokuStandInTest {

    private static final String TREE_MIGRATION = "home/migrations/0001_initial.py";
    private static PostgresServer postgres;
    private static RedisServer redis;

    @TempDir
    private Path directory;

    private HerokuStandIn heroku;
    private static HerokuDatabases databases;
    private PostgresDatabase database;
    private Path repository;
    private String commit;
    private URI web;

    @BeforeAll
    static void startServers() {
        postgres = PostgresServer.start();
        databases = new HerokuDatabases(postgres);
        redis = RedisServer.start();
    }

    @AfterAll
    static void stopServers() {
        redis.close();
        postgres.close();
    }

    @BeforeEach
    void start() throws SQLException {
        database = databases.create("app" + Long.toHexString(System.nanoTime()));
        sql("CREATE TABLE wagtailcore_page (id int PRIMARY KEY, path text, title text, live boolean, url_path text)");
        sql("CREATE TABLE wagtailcore_site (id int PRIMARY KEY, hostname text, port int, site_name text,"
                + " root_page_id int, is_default_site boolean)");
        sql(
                "CREATE TABLE images_customimage (id int, title text, file text, width int, height int, focal_point_x int)");
        sql("INSERT INTO wagtailcore_page VALUES (1, '0001', 'Root', true, '/'),"
                + " (2, '00010001', 'Home & more', true, '/home/'), (3, '000100010001', 'News', true, '/home/news/'),"
                + " (4, '000100010002', 'Draft', false, '/home/draft/')");
        sql("INSERT INTO wagtailcore_site VALUES (1, 'www.example.com', 443, 'Acme', 2, true)");
        sql("INSERT INTO images_customimage VALUES (1, 'a', 'original_images/a.jpg', 1, 1, NULL)");
        repository = Repositories.bare(directory, "acme/site");
        commit = Repositories.commit(
                repository,
                "staging",
                Map.of(TREE_MIGRATION, "# sql: CREATE TABLE home_note (id int)\n", "home/models.py", "x = 1\n"));
        Map<String, String> vars = new LinkedHashMap<>();
        vars.put("DATABASE_URL", database.url());
        vars.put("REDIS_URL", redis.url(0));
        vars.put("KEY_PREFIX", database.name());
        vars.put("MEDIA_URL", "https://media.example/");
        heroku = new HerokuStandIn("t0ken", new CopyingEngine());
        web = heroku.addApp(
                new HerokuApp("acme-staging", repository, "staging", "staging", Map.of("web", 1, "worker", 1), vars));
    }

    @AfterEach
    void stop() {
        heroku.close();
    }

    @Test
    void aConfigVarReallyChangesAndMakesOneRelease() {
        int before = version();

        Call set = call("PATCH /apps/acme-staging/config-vars", "{\"A\":\"1\",\"B\":\"2\",\"MEDIA_URL\":null}");
        call("PATCH /apps/acme-staging/config-vars", "{\"A\":\"1\"}");

        assertThat(set.json().path("A").asString()).isEqualTo("1");
        assertThat(heroku.configVars("acme-staging")).containsEntry("B", "2").doesNotContainKey("MEDIA_URL");
        assertThat(version()).isEqualTo(before + 1);
        Call attached = call("PATCH /apps/acme-staging/config-vars", "{\"DATABASE_URL\":\"x\"}");
        assertThat(attached.status()).isEqualTo(422);
        assertThat(attached.json().path("message").asString()).startsWith("Cannot overwrite attachment values");
    }

    @Test
    void aRangeCutsAListAndSaysWhereItGoesOn() {
        call("PATCH /apps/acme-staging/config-vars", "{\"A\":\"1\"}");

        Call newest = call("GET /apps/acme-staging/releases", "", "Range", "version ..; max=1, order=desc");
        Call next = call("GET /apps/acme-staging/releases", "", "Range", newest.header("Next-Range"));

        assertThat(newest.status()).isEqualTo(206);
        assertThat(newest.json().path(0).path("version").asInt()).isEqualTo(3);
        assertThat(next.json().path(0).path("version").asInt()).isEqualTo(2);
        String slug = newest.json().path(0).path("slug").path("id").asString();
        assertThat(call("GET /apps/acme-staging/slugs/" + slug, "")
                        .json()
                        .path("commit")
                        .asString())
                .isEqualTo(commit);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0 | 0", "2 | 2", "\"2\" | 2", "\"+1\" | 2", "\"-1\" | 0"})
    void scalesByNumbersAndByTheStringsOfTheCli(String quantity, int expected) {
        Call scaled = call(
                "PATCH /apps/acme-staging/formation",
                "{\"updates\":[{\"type\":\"web\",\"quantity\":" + quantity + "}]}");

        assertThat(scaled.status()).isEqualTo(200);
        assertThat(call("GET /apps/acme-staging/dynos", "")
                        .json()
                        .valueStream()
                        .filter(dyno -> dyno.path("type").asString().equals("web")))
                .hasSize(expected);
    }

    @Test
    void refusesAWrongTokenAMissingAppAndAMissingMediaType() {
        Call token = Call.send(heroku.endpoint(), "Bearer wrong", "GET /account", "", "Accept", "application/json");
        Call app = call("GET /apps/nope", "");
        Call type = Call.send(heroku.endpoint(), "Bearer t0ken", "GET /account", "");

        assertThat(token.status()).isEqualTo(401);
        assertThat(token.json().path("id").asString()).isEqualTo("unauthorized");
        assertThat(app.status()).isEqualTo(404);
        assertThat(app.json().path("resource").asString()).isEqualTo("app");
        assertThat(type.status()).isEqualTo(406);
    }

    @Test
    void findsTheDatabaseBehindTheConfigVar() {
        Call resolved = call(
                "POST /actions/addon-attachments/resolve",
                "{\"app\":\"acme-staging\",\"addon_attachment\":\"DATABASE_URL\"}",
                "Accept-Inclusion",
                "addon:plan,config_vars");
        String id = resolved.json().path(0).path("addon").path("id").asString();
        Call info = call("GET /client/v11/databases/" + id, "");

        assertThat(resolved.json()
                        .path(0)
                        .path("addon")
                        .path("plan")
                        .path("name")
                        .asString())
                .startsWith("heroku-postgresql:");
        assertThat(info.json().path("num_bytes").asLong()).isPositive();
        assertThat(info.json().path("resource_url").asString()).isEqualTo(database.url());
    }

    @Test
    void aBackupRunsToItsEndAndCanBeRestoredAfterAReset() throws SQLException {
        String database = "/client/v11/databases/" + databaseId();
        Call started = call("POST " + database + "/backups", "");
        assertThat(started.status()).isEqualTo(201);
        assertThat(started.json().path("succeeded").isNull()).isTrue();
        assertThat(call("POST " + database + "/backups", "").status()).isEqualTo(409);

        JsonNode backup = finished(started);
        assertThat(backup.path("succeeded").asBoolean()).isTrue();
        assertThat(backup.path("source_bytes").asLong()).isPositive();
        assertThat(backup.path("created_at").asString()).matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d \\+0000");

        assertThat(call("PUT " + database + "/reset", "{}").status()).isEqualTo(200);
        assertThat(get("/").status()).isEqualTo(500);
        JsonNode restored = finished(call(
                "POST " + database + "/restores",
                "{\"backup_url\":\"" + backup.path("to_url").asString() + "\"}"));
        assertThat(restored.path("succeeded").asBoolean()).isTrue();
        sql("INSERT INTO restored VALUES (1)");

        JsonNode unknown = finished(call("POST " + database + "/restores", "{\"backup_url\":\"https://x.example/\"}"));
        assertThat(unknown.path("succeeded").asBoolean()).isFalse();
        assertThat(unknown.path("logs").toString()).contains("could not download");
    }

    @Test
    void aTransferThatTimedOutAfterSuccessIsInTheList() {
        heroku.faults().dropAfterSuccess("POST /client/v11/databases/*/backups", 1);

        assertThatThrownBy(() -> call("POST /client/v11/databases/" + databaseId() + "/backups", ""))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(call("GET /client/v11/apps/acme-staging/transfers", "").json())
                .hasSize(1);
    }

    @Test
    void anAppInMaintenanceOrWithoutWebDynosAnswers503() {
        assertThat(get("/").status()).isEqualTo(200);

        call("PATCH /apps/acme-staging", "{\"maintenance\":true}");
        assertThat(get("/").status()).isEqualTo(503);
        assertThat(get("/").body()).contains("maintenance-mode.html");
        call("PATCH /apps/acme-staging", "{\"maintenance\":false}");
        call("PATCH /apps/acme-staging/formation/web", "{\"quantity\":0}");

        assertThat(get("/").status()).isEqualTo(503);
    }

    @Test
    void pagesLinkToTheOldHostUntilTheCachedRootPathsAreGone() throws SQLException {
        Call page = get("/");
        assertThat(page.body())
                .contains("<title>Home &amp; more</title>", "https://www.example.com/news/")
                .contains("https://media.example/original_images/a.jpg")
                .doesNotContain("draft");
        assertThat(get("/news/").status()).isEqualTo(200);
        assertThat(get("/draft/").status()).isEqualTo(404);

        redis.set(0, database.name() + ":2:wagtail_site_root_paths", "www.example.com:443|/home/");
        sql("UPDATE wagtailcore_site SET hostname = 'staging.example.com'");
        assertThat(get("/sitemap.xml").body()).contains("<loc>https://www.example.com/news/</loc>");
        redis.delete(0, database.name() + ":2:wagtail_site_root_paths");
        assertThat(get("/sitemap.xml").body())
                .contains("<loc>https://staging.example.com/news/</loc>")
                .doesNotContain("www.example.com");
    }

    @Test
    void stagingMayAskForAPasswordAndForbidIndexing() {
        call(
                "PATCH /apps/acme-staging/config-vars",
                "{\"BASIC_AUTH_ENABLED\":\"true\",\"BASIC_AUTH_LOGIN\":\"u\",\"BASIC_AUTH_PASSWORD\":\"p\","
                        + "\"SEO_NOINDEX\":\"true\"}");

        assertThat(get("/").status()).isEqualTo(401);
        Call allowed = Call.send(web, "Basic dTpw", "GET /", "");
        assertThat(allowed.status()).isEqualTo(200);
        assertThat(allowed.header("X-Robots-Tag")).isEqualTo("noindex");
    }

    @Test
    void migratesTheRealDatabaseByTheFilesOfTheDeployedCommit() throws Exception {
        assertThat(run("python manage.py migrate --check")).isEqualTo("1:");
        assertThat(run("python manage.py showmigrations --plan")).isEqualTo("0:[ ]  home.0001_initial\n");
        assertThat(run("python manage.py migrate --noinput"))
                .startsWith("0:")
                .contains("Applying home.0001_initial... OK");
        sql("INSERT INTO home_note VALUES (1)");
        assertThat(run("python manage.py migrate --check && python manage.py update_index"))
                .startsWith("0:");
        assertThat(run("python manage.py makemigrations --check --dry-run")).isEqualTo("0:No changes detected\n");
        assertThat(run("python manage.py nope")).startsWith("1:Unknown command: 'nope'");
        assertThat(run("rm -rf /tmp/nothing")).startsWith("127:");
        assertThat(run("echo 'two  words' | cat; exit 7")).isEqualTo("7:two  words\n");
    }

    @Test
    void aPushIsDeployedAndItsModelsMayMissAMigration() throws Exception {
        String pushed = Repositories.commit(
                repository, "staging", Map.of("home/models.py", "# pending: Add field colour to note\n"), commit);
        heroku.onPush("acme/site", "refs/heads/other", commit);
        heroku.onPush("acme/site", "refs/heads/staging", pushed);
        until(() -> heroku.deployedCommit("acme-staging"), pushed::equals);

        assertThat(run("python manage.py makemigrations --check"))
                .startsWith("1:")
                .contains("Add field colour to note");
    }

    @Test
    void saysOperationalErrorWhenTheDatabaseIsUnreachable() throws Exception {
        String elsewhere = "\"env\":{\"DATABASE_URL\":\"postgres://u:hidden@127.0.0.1:1/x\"},";

        assertThat(run("python manage.py migrate --noinput", elsewhere))
                .startsWith("1:")
                .contains("django.db.utils.OperationalError")
                .doesNotContain("hidden");
    }

    @Test
    void aDetachedDynoLeavesItsOutputInTheLogAndEndsWithItsTime() {
        Call started = call(
                "POST /apps/acme-staging/dynos",
                "{\"command\":\"echo hello; sleep 600\",\"attach\":false,\"time_to_live\":1}");
        assertThat(started.status()).isEqualTo(201);
        assertThat(started.json().path("attach_url").isNull()).isTrue();
        String name = started.json().path("name").asString();

        until(() -> call("GET /apps/acme-staging/dynos/" + name, ""), dyno -> dyno.status() == 404);
        String logs = call("POST /apps/acme-staging/log-sessions", "{\"dyno\":\"" + name + "\"}")
                .json()
                .path("logplex_url")
                .asString();
        assertThat(Call.send(URI.create(logs), "", "GET ", "").body())
                .contains("hello", "Process exited with status 137", "State changed from up to complete");
    }

    @Test
    void emptiesItsGitRepositoryOnTheGitHost() {
        Call deleted = Call.send(heroku.endpoint(), "Basic OnQwa2Vu", "DELETE /acme-staging.git", "");

        assertThat(deleted.status()).isEqualTo(200);
        assertThat(call("GET /apps/acme-staging", "").json().path("repo_size").asInt())
                .isZero();
    }

    private String run(String command) throws Exception {
        return run(command, "");
    }

    /** Runs a command as a client does, over TLS; {@return its exit status, a colon and its output} */
    private String run(String command, String members) throws Exception {
        String wrapped = "( " + command + " ) ; printf '\\n<n0nce>:%s\\n' \"$?\"";
        Call started = call(
                "POST /apps/acme-staging/dynos",
                "{%s\"command\":%s,\"attach\":true,\"force_no_tty\":true,\"time_to_live\":30}"
                        .formatted(members, Json.text(wrapped)));
        URI rendezvous = URI.create(started.json().path("attach_url").asString());
        X509Certificate authority = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(heroku.caCertificatePem().getBytes(StandardCharsets.UTF_8)));
        HandshakeCertificates trust = new HandshakeCertificates.Builder()
                .addTrustedCertificate(authority)
                .build();
        try (SSLSocket socket =
                (SSLSocket) trust.sslSocketFactory().createSocket(rendezvous.getHost(), rendezvous.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write((rendezvous.getPath().substring(1) + "\r\n").getBytes(StandardCharsets.UTF_8));
            out.write(4);
            String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(all).startsWith("rendezvous\r\n").contains("\n<n0nce>:");
            int marker = all.indexOf("\n<n0nce>:");
            String output = all.substring("rendezvous\r\n".length(), marker);
            return all.substring(marker + 9).strip() + ":" + output;
        }
    }

    private String databaseId() {
        return call(
                        "POST /actions/addon-attachments/resolve",
                        "{\"app\":\"acme-staging\",\"addon_attachment\":\"DATABASE\"}")
                .json()
                .path(0)
                .path("addon")
                .path("id")
                .asString();
    }

    private JsonNode finished(Call started) {
        String uuid = started.json().path("uuid").asString();
        return until(
                () -> call("GET /client/v11/apps/acme-staging/transfers/" + uuid + "?verbose=true", "")
                        .json(),
                transfer -> !transfer.path("finished_at").isNull());
    }

    private static <T> T until(Supplier<T> look, Predicate<T> wanted) {
        T seen = look.get();
        while (!wanted.test(seen)) {
            Thread.onSpinWait();
            seen = look.get();
        }
        return seen;
    }

    private int version() {
        return call("GET /apps/acme-staging/releases", "", "Range", "version ..; max=1, order=desc")
                .json()
                .path(0)
                .path("version")
                .asInt();
    }

    private Call get(String path) {
        return Call.send(web, "", "GET " + path, "");
    }

    private Call call(String line, String body, String... headers) {
        String[] all = Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "Accept";
        all[headers.length + 1] = "application/vnd.heroku+json; version=3";
        return Call.send(heroku.endpoint(), "Bearer t0ken", line, body, all);
    }

    private void sql(String statement) throws SQLException {
        try (Connection connection = database.connect();
                Statement run = connection.createStatement()) {
            run.execute(statement);
        }
    }

    /** Restores by making a table, which is all that these tests look at. */
    private static final class CopyingEngine implements BackupEngine {

        @Override
        public String capture(String databaseUrl) {
            return "snapshot";
        }

        @Override
        public void renew(String databaseUrl) {
            databases.renew(DatabaseUrl.of(databaseUrl).name());
        }

        @Override
        public byte[] archive(String snapshotId) {
            return "PGDMP".getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public void restore(String snapshotId, String databaseUrl) {
            try (Connection connection = DatabaseUrl.of(databaseUrl).connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE restored (id int)");
            } catch (SQLException failed) {
                throw new IllegalStateException(failed);
            }
        }
    }
}
