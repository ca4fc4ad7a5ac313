package dev.restage.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.restage.Restage;
import dev.restage.media.MediaSyncOptions;
import dev.restage.plan.Environment;
import dev.restage.plan.PlanPreview;
import dev.restage.plan.ResetPlan;
import dev.restage.provider.Address;
import dev.restage.provider.PlanException;
import dev.restage.provider.media.FileRules;
import dev.restage.provider.media.FileRules.Unclean;
import dev.restage.recipe.wagtail.Wagtail;
import dev.restage.run.Receipt;
import dev.restage.run.RunException;
import dev.restage.sandbox.s3.S3Operation;
import dev.restage.sandbox.s3.S3Server;
import dev.restage.sandbox.server.PostgresDatabase;
import dev.restage.sandbox.server.PostgresServer;
import dev.restage.step.media.CleanFiles;
import dev.restage.step.media.CorrectFileFacts;
import dev.restage.step.media.SyncMedia;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Media of a site from bucket to bucket and into its rows, with real servers. */
class CleanSyncTest {

    private static final String[] TABLES = {
        "CREATE TABLE wagtailcore_collection (id integer PRIMARY KEY, path text, name text)",
        "INSERT INTO wagtailcore_collection VALUES (1, '0001', 'Root'), (2, '00010001', 'Personnel'),"
                + " (3, '000100010001', 'Contracts'), (4, '00010002', 'Press')",
        "CREATE TABLE papers_paper (id integer PRIMARY KEY, title text, file varchar(100), file_size integer,"
                + " file_hash varchar(40), collection_id integer)",
        "CREATE TABLE images_picture (id integer PRIMARY KEY, title text, file varchar(100), file_size integer,"
                + " file_hash varchar(40), collection_id integer, focal_point_x integer)"
    };

    private static PostgresServer postgres;

    private final S3Server s3 = S3Server.start();

    @TempDir
    private Path home;

    private PostgresDatabase production;
    private PostgresDatabase staging;

    @BeforeAll
    static void startServer() {
        postgres = PostgresServer.start();
    }

    @AfterAll
    static void stopServer() {
        postgres.close();
    }

    @AfterEach
    void stop() {
        s3.close();
    }

    @BeforeEach
    void fill() throws Exception {
        s3.createBucket("production");
        s3.createBucket("staging");
        String name = "d" + Long.toString(System.nanoTime(), 36);
        production = postgres.createDatabase(name + "p");
        staging = postgres.createDatabase(name + "s");
        row(1, "images_picture", "original_images/photo.jpg", "photo.jpg", 1);
        row(2, "images_picture", "original_images/plain.jpg", "plain.jpg", 1);
        row(1, "papers_paper", "documents/report.pdf", "report.pdf", 4);
        row(2, "papers_paper", "documents/letter.docx", "letter.docx", 3);
        row(3, "papers_paper", "documents/silent.docx", "letter.docx", 4);
        sql(staging, "UPDATE papers_paper SET file_size = NULL, file_hash = '' WHERE id = 3");
        s3.put("production", "film.mp4", "video/mp4", new byte[100]);
    }

    @Test
    void whatReachesStagingNamesNobodyAndItsRowsTellTheTruth() throws Exception {
        Receipt receipt = run(plan(FileRules.STANDARD, "Personnel"));

        for (String key : s3.keys("staging")) {
            assertThat(Samples.names(s3.get("staging", key).orElseThrow()))
                    .as(key)
                    .isFalse();
        }
        assertThat(s3.keys("staging")).isEqualTo(s3.keys("production"));
        assertThat(s3.get("staging", "documents/letter.docx")).contains(Samples.read("placeholder.docx"));
        assertThat(s3.headers("staging", "original_images/photo.jpg"))
                .containsEntry("content-type", "image/jpeg")
                .containsEntry("cache-control", "max-age=60");
        assertThat(facts("images_picture")).isEqualTo(actual("original_images/photo.jpg", "original_images/plain.jpg"));
        Map<String, String> papers = actual("documents/report.pdf", "documents/letter.docx");
        papers.put("documents/silent.docx", "null ");
        assertThat(facts("papers_paper")).isEqualTo(papers);
        assertThat(receipt.toString()).contains("1 mp4");
    }

    @Test
    void aSecondRunCopiesNothingAndCorrectsTheRowsOfANewCopyOfTheDatabase() throws Exception {
        run(plan(FileRules.STANDARD, "Personnel"));
        Map<String, String> corrected = facts("papers_paper");
        sql(staging, "UPDATE papers_paper SET file_size = 1, file_hash = 'old' WHERE id < 3");
        s3.requests().reset();

        run(plan(FileRules.STANDARD, "Personnel"));

        assertThat(s3.requests().byOperation().keySet()).containsOnly(S3Operation.LIST_OBJECTS_V2);
        assertThat(facts("papers_paper")).isEqualTo(corrected);
    }

    @Test
    void onlyWhatWasAlteredPassesThroughHere() {
        run(plan(FileRules.STANDARD, "Personnel"));

        assertThat(s3.requests().of(S3Operation.COPY_OBJECT))
                .as("plain.jpg and film.mp4")
                .isEqualTo(2);
        assertThat(s3.requests().of(S3Operation.PUT_OBJECT, "staging")).isEqualTo(4);
        assertThat(s3.requests().of(S3Operation.GET_OBJECT, "production"))
                .as("one for each object")
                .isEqualTo(6);
    }

    @Test
    void ofALargeFileThatIsNotCleanedOnlyTheBeginningPassesThroughHere() {
        s3.put("production", "film.mp4", "video/mp4", new byte[20 << 20]);
        PlanPreview preview = preview(plan(FileRules.STANDARD, "Personnel"));

        assertThat(preview.toString()).contains("6 of the new and changed objects", "(0.1 MB)");
    }

    @Test
    void theReceiptsOfAFailedRunAndOfTheNextOneNameWhatIsNotCleaned() {
        s3.put("production", "a.heic", "image/heic", Samples.read("photo.avif"));
        s3.put("production", "b.gif", "image/gif", Samples.read("photo.jpg"));
        s3.put("production", "photos.zip", "application/zip", new byte[] {'P', 'K', 3, 4, 0, 0, 0, 0});
        Receipt failed = catchThrowableOfType(RunException.class, () -> run(plan(FileRules.STANDARD, "Personnel")))
                .receipt();

        assertThat(String.join("\n", failed.warnings())).contains("film.mp4 is", "photos.zip is application/zip");
        assertThat(failed.facts()
                        .find("media", "files.not-cleaned.before-failure")
                        .orElseThrow()
                        .lines())
                .hasSize(2);

        Receipt green = run(plan(FileRules.STANDARD.unclean(Unclean.REPLACE), "Personnel"));

        assertThat(green.facts().find("media", "files.not-cleaned")).contains("2");
        assertThat(green.facts().find("media", "files.not-cleaned.names").orElseThrow())
                .contains("film.mp4 is", "photos.zip is application/zip")
                .doesNotContain("b.gif");
        assertThat(String.join("\n", green.warnings())).contains("a.heic is image/avif");
        assertThat(Samples.names(s3.get("staging", "b.gif").orElseThrow())).isFalse();
        assertThat(run(plan(FileRules.STANDARD.unclean(Unclean.REPLACE), "Personnel"))
                        .facts()
                        .find("media", "files.not-cleaned"))
                .as("named as long as it lies there")
                .contains("2");
    }

    @Test
    void whatWasCopiedBeforeTheFilterIsCleanedToo() {
        run(ResetPlan.builder("plain", production(), staging())
                .add("media", new SyncMedia(media("production"), media("staging"), MediaSyncOptions.standard()))
                .build());
        assertThat(s3.get("staging", "original_images/photo.jpg")).contains(Samples.read("photo.jpg"));

        run(plan(FileRules.STANDARD, "Personnel"));

        assertThat(Samples.names(s3.get("staging", "original_images/photo.jpg").orElseThrow()))
                .isFalse();
    }

    @Test
    void thePreviewSaysHowManyObjectsWillBeLookedInto() {
        try (Restage restage = restage()) {
            assertThat(restage.preview(plan(FileRules.STANDARD, "Personnel")).toString())
                    .contains("6 of the new and changed objects")
                    .contains("\"papers_paper\"");
        }
    }

    @Test
    void aFileThatCannotBeCleanedStopsTheRunOrIsReplacedAndNamed() {
        s3.put("production", "documents/locked.pdf", "application/pdf", Samples.read("locked.pdf"));

        assertThatThrownBy(() -> run(plan(FileRules.STANDARD, "Personnel")))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("documents/locked.pdf is encrypted with a password");
        assertThat(s3.keys("staging")).doesNotContain("documents/locked.pdf").hasSize(6);

        Receipt receipt = run(plan(FileRules.STANDARD.unclean(Unclean.REPLACE), "Personnel"));
        assertThat(s3.get("staging", "documents/locked.pdf")).contains(Samples.read("placeholder.pdf"));
        assertThat(receipt.toString()).contains("documents/locked.pdf is encrypted with a password");
    }

    @Test
    void aCollectionThatDoesNotExistIsRefusedBeforeAnythingIsCopied() {
        try (Restage restage = restage()) {
            assertThatThrownBy(() -> restage.preview(plan(FileRules.STANDARD, "Personel")))
                    .isInstanceOf(PlanException.class)
                    .hasMessageContaining("no collections called Personel");
        }
        assertThat(s3.keys("staging")).isEmpty();
    }

    private ResetPlan plan(FileRules rules, String collection) {
        return ResetPlan.fromYaml(ResetPlan.builder("media", production(), staging())
                .add(
                        "media",
                        new SyncMedia(
                                media("production"),
                                media("staging"),
                                MediaSyncOptions.standard(),
                                null,
                                new CleanFiles(
                                        CleanFiles.FILES,
                                        rules,
                                        Wagtail.site()
                                                .leaveDocuments(collection)
                                                .replacedFiles(address(production))),
                                null))
                .add(
                        "facts",
                        new CorrectFileFacts(
                                media("production"), media("staging"), address(staging), CorrectFileFacts.FILES),
                        "media")
                .build()
                .toYaml());
    }

    private Environment production() {
        return Environment.production("production")
                .media(media("production").toString())
                .database(address(production).toString())
                .build();
    }

    private Environment staging() {
        return Environment.staging("staging")
                .media(media("staging").toString())
                .database(address(staging).toString())
                .build();
    }

    private Receipt run(ResetPlan plan) {
        try (Restage restage = restage()) {
            PlanPreview preview = restage.preview(plan);
            return restage.run(preview);
        }
    }

    private PlanPreview preview(ResetPlan plan) {
        try (Restage restage = restage()) {
            return restage.preview(plan);
        }
    }

    private Restage restage() {
        return Restage.builder()
                .variables(Map.of(
                        "AWS_ENDPOINT_URL_S3", s3.endpoint().toString(),
                        "AWS_ACCESS_KEY_ID", s3.accessKey(),
                        "AWS_SECRET_ACCESS_KEY", s3.secretKey(),
                        "RESTAGE_HOME", home.toString(),
                        "PRODUCTION", production.password(),
                        "STAGING", staging.password()))
                .build();
    }

    private Address address(PostgresDatabase database) {
        return Address.of("postgres://%s@%s:%d/%s?sslmode=disable&passwordVariable=%s"
                .formatted(
                        database.user(),
                        database.host(),
                        database.port(),
                        database.name(),
                        database.equals(production) ? "PRODUCTION" : "STAGING"));
    }

    private static Address media(String bucket) {
        return Address.of("s3://" + bucket + "/");
    }

    /** A file in production's bucket, and its row in both databases as production has it. */
    private void row(int id, String table, String key, String sample, int collection) throws Exception {
        byte[] bytes = Samples.read(sample);
        s3.put("production", key, bytes, Map.of("content-type", "image/jpeg", "cache-control", "max-age=60"));
        for (PostgresDatabase database : List.of(production, staging)) {
            if (id == 1 && table.equals("images_picture")) {
                sql(database, TABLES);
            }
            sql(
                    database,
                    "INSERT INTO %s (id, title, file, file_size, file_hash, collection_id) VALUES (%d, 't', '%s', %d, '%s', %d)"
                            .formatted(table, id, key, bytes.length, sha1(bytes), collection));
        }
    }

    private Map<String, String> actual(String... keys) throws Exception {
        Map<String, String> facts = new TreeMap<>();
        for (String key : keys) {
            byte[] bytes = s3.get("staging", key).orElseThrow();
            facts.put(key, bytes.length + " " + sha1(bytes));
        }
        return facts;
    }

    private Map<String, String> facts(String table) throws SQLException {
        Map<String, String> facts = new TreeMap<>();
        try (Connection connection = connect(staging);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT file, file_size, file_hash FROM " + table)) {
            while (rows.next()) {
                facts.put(rows.getString(1), rows.getString(2) + " " + rows.getString(3));
            }
        }
        return facts;
    }

    private static void sql(PostgresDatabase database, String... statements) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            for (String one : statements) {
                statement.execute(one);
            }
        }
    }

    private static Connection connect(PostgresDatabase database) throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
    }

    private static String sha1(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
    }
}
