package dev.restage.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.Restage;
import dev.restage.plan.Environment;
import dev.restage.plan.ResetPlan;
import dev.restage.recipe.StagingReset;
import dev.restage.recipe.wagtail.Wagtail;
import dev.restage.run.Receipt;
import dev.restage.sandbox.Sandbox;
import dev.restage.sandbox.server.PostgresDatabase;
import dev.restage.sandbox.site.Site;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A reset of database and media alone, of a production whose rows and objects do not quite go together. */
class NeededMediaTest {

    private static final String BUCKET_PREFIX = Site.MEDIA_LOCATION;

    @Test
    void copiesWhatRowsNameAndListsWhatIsAmiss() throws SQLException {
        try (Sandbox sandbox = Sandbox.start();
                Restage restage = Acme.restage(sandbox)) {
            Site site = sandbox.site();
            String bucket = site.production().bucket();
            PostgresDatabase production = site.production().database();
            String lost = texts(production, "SELECT min(file) FROM wagtaildocs_document")
                    .get(0);
            sandbox.s3().delete(bucket, BUCKET_PREFIX + lost);
            sandbox.s3().put(bucket, BUCKET_PREFIX + "documents/orphan.pdf", "application/pdf", new byte[] {1});
            int files = site.production().counts().images()
                    + site.production().counts().documents();
            ResetPlan plan = reset(sandbox, site()).neededMedia().build();
            assertThat(ResetPlan.fromJson(plan.toJson())).isEqualTo(plan);

            Receipt receipt = restage.run(restage.preview(plan));

            List<String> named = texts(
                    site.staging().database(),
                    "SELECT file FROM images_customimage UNION ALL SELECT file FROM wagtaildocs_document");
            Set<String> objects = objects(sandbox);
            assertThat(objects).hasSize(files - 1);
            assertThat(named).hasSize(files).containsAll(objects);
            assertThat(receipt.facts().find("copy-media", "needed")).contains(Integer.toString(files));
            assertThat(receipt.facts().find("copy-media", "unneeded.names")).contains("documents/orphan.pdf");
            for (String step : List.of("copy-media", "check-media")) {
                assertThat(receipt.facts().find(step, "missing")).contains("1");
                assertThat(receipt.facts().find(step, "missing.names"))
                        .hasValueSatisfying(
                                names -> assertThat(names)
                                        .matches(
                                                "documents/[a-z2-7]{12}\\.\\w+ \\(public\\.wagtaildocs_document\\.file, 1 rows\\)"));
            }
            assertThat(receipt.facts().find("check-media", "unneeded")).contains("0");
            assertThat(receipt.warnings())
                    .hasSize(2)
                    .anyMatch(
                            warning -> warning.matches(
                                    "check-media: 1 of the \\d+ files that .* names are not in .*, for example documents/\\S+"));

            moveDocuments(sandbox, "reports/");
            receipt = restage.run(
                    restage.preview(reset(sandbox, site()).without("backup").build()));
            assertThat(receipt.warnings()).anyMatch(warning -> warning.contains("in reports/ there are objects"));

            receipt = restage.run(restage.preview(
                    reset(sandbox, site().media("reports/")).without("backup").build()));
            assertThat(receipt.facts().find("check-media", "missing")).contains("1");
            assertThat(receipt.warnings()).noneMatch(warning -> warning.contains("there are objects"));
        }
    }

    private static void moveDocuments(Sandbox sandbox, String folder) throws SQLException {
        String bucket = sandbox.site().production().bucket();
        for (String key : sandbox.s3().keys(bucket)) {
            if (key.startsWith(BUCKET_PREFIX + "documents/")) {
                sandbox.s3()
                        .put(
                                bucket,
                                key.replace("documents/", folder),
                                "application/pdf",
                                sandbox.s3().get(bucket, key).orElseThrow());
                sandbox.s3().delete(bucket, key);
            }
        }
        try (Connection connection = sandbox.site().production().database().connect();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "UPDATE wagtaildocs_document SET file = replace(file, 'documents/', '%s')".formatted(folder));
        }
    }

    private static Wagtail site() {
        return Wagtail.site()
                .userTable("users_user")
                .content("home_*", "blog_*", "news_*", "forms_*", "images_customimage")
                .leaveBehind("database_cache");
    }

    private static StagingReset reset(Sandbox sandbox, Wagtail framework) {
        return StagingReset.of(
                        Environment.production("production")
                                .database(address(sandbox.production().database()))
                                .media(address(sandbox.production().media()))
                                .build(),
                        Environment.staging("staging")
                                .database(address(sandbox.staging().database()))
                                .media(address(sandbox.staging().media()))
                                .build())
                .framework(framework);
    }

    private static String address(@Nullable Object address) {
        return String.valueOf(address);
    }

    private static Set<String> objects(Sandbox sandbox) {
        Set<String> keys = new TreeSet<>();
        for (String key : sandbox.s3().keys(sandbox.site().staging().bucket())) {
            keys.add(key.substring(BUCKET_PREFIX.length()));
        }
        // what an undo would put back
        keys.removeIf(key -> key.startsWith("restage-trash/"));
        return keys;
    }

    private static List<String> texts(PostgresDatabase database, String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                texts.add(row.getString(1));
            }
        }
        return texts;
    }
}
