package dev.restage.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.Restage;
import dev.restage.plan.Environment;
import dev.restage.plan.ResetPlan;
import dev.restage.recipe.Framework;
import dev.restage.recipe.Pull;
import dev.restage.run.Receipt;
import dev.restage.sandbox.Sandbox;
import dev.restage.sandbox.server.PostgresDatabase;
import dev.restage.sandbox.site.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bringing production's data to a developer's machine, and plans as files. */
class PullTest {

    @TempDir
    private Path folder;

    @Test
    void bringsDataThenImagesThenAllMedia() throws SQLException, IOException {
        Files.createDirectory(folder.resolve("media"));
        try (Sandbox sandbox = Sandbox.start()) {
            Site site = sandbox.site();
            PostgresDatabase database = sandbox.postgres().createDatabase("local");
            Map<String, String> variables = new HashMap<>(sandbox.variables());
            variables.put("PGPASSWORD", database.password());
            Environment local = Environment.local("laptop")
                    .database("postgres://%s@127.0.0.1:%d/%s"
                            .formatted(database.user(), database.port(), database.name()))
                    .media("file:" + folder.resolve("media"))
                    .build();
            Framework framework = Acme.framework(site);
            Map<String, Object> production = Fingerprint.ofProduction(sandbox);

            try (Restage restage = Restage.builder().variables(variables).build()) {
                ResetPlan data = Pull.data(sandbox.production(), local, framework);
                restage.run(restage.preview(ResetPlan.fromYaml(data.toYaml())));
                assertThat(count(database, "users_user"))
                        .isEqualTo(site.production().counts().users());
                assertThat(count(database, "images_rendition")).isZero();
                assertThat(texts(database, "SELECT hostname || ':' || port FROM wagtailcore_site"))
                        .hasSize(2)
                        .allMatch(host -> host.endsWith(".localhost:8000"));
                for (var person : site.people()) {
                    assertThat(count(database, "users_user WHERE email = '" + person.email() + "'"))
                            .isZero();
                }

                ResetPlan images = Pull.images(sandbox.production(), local, framework);
                restage.run(restage.preview(ResetPlan.fromJson(images.toJson())));
                assertThat(files())
                        .hasSize(site.production().counts().images())
                        .isEqualTo(texts(database, "SELECT file FROM images_customimage"))
                        .allMatch(file -> file.matches("original_images/[a-z2-7]{12}\\.png"));

                Receipt all = restage.run(restage.preview(Pull.media(sandbox.production(), local, framework)));
                assertThat(all.facts().find("check-media", "missing")).contains("0");
                assertThat(files())
                        .isEqualTo(texts(
                                database,
                                "SELECT file FROM images_customimage UNION ALL SELECT file FROM wagtaildocs_document"));
                assertThat(folder.toFile().list()).containsExactly("media");

                String path = texts(
                                database,
                                "SELECT min(url_path) FROM wagtailcore_page WHERE url_path LIKE '/home/news/_%'")
                        .iterator()
                        .next();
                emptyMedia();
                restage.run(restage.preview(
                        Pull.mediaUnder(sandbox.production(), local, framework, path.replaceFirst("^/home", ""))));
                assertThat(files())
                        .hasSize(1)
                        .isEqualTo(texts(
                                database,
                                "SELECT i.file FROM images_customimage i JOIN blog_blogpage b ON b.image_id = i.id"
                                        + " JOIN wagtailcore_page p ON p.id = b.page_ptr_id WHERE p.url_path = '" + path
                                        + "'"));
            }
            assertThat(Fingerprint.ofProduction(sandbox)).isEqualTo(production);
        }
    }

    @Test
    void aPlanIsTheSameAfterAFile() {
        try (Sandbox sandbox = Sandbox.start()) {
            ResetPlan reset = Acme.reset(sandbox);
            assertThat(ResetPlan.fromJson(reset.toJson())).isEqualTo(reset);
            assertThat(ResetPlan.fromYaml(reset.toYaml())).isEqualTo(reset);

            ResetPlan own = NightlyRefresh.plan(sandbox);
            assertThat(ResetPlan.fromYaml(own.toYaml()).toYaml()).isEqualTo(own.toYaml());
        }
    }

    private void emptyMedia() throws IOException {
        for (String file : files()) {
            Files.delete(folder.resolve("media").resolve(file));
        }
    }

    private Set<String> files() throws IOException {
        Path media = folder.resolve("media");
        try (Stream<Path> walk = Files.walk(media)) {
            return new TreeSet<>(walk.filter(Files::isRegularFile)
                    .map(file -> media.relativize(file).toString())
                    .filter(file -> !file.startsWith(".restage"))
                    .toList());
        }
    }

    private static Set<String> texts(PostgresDatabase database, String query) throws SQLException {
        Set<String> texts = new TreeSet<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                texts.add(row.getString(1));
            }
        }
        return texts;
    }

    private static long count(PostgresDatabase database, String table) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM " + table)) {
            row.next();
            return row.getLong(1);
        }
    }
}
