package dev.restage.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.sandbox.site.Person;
import dev.restage.sandbox.site.Site;
import dev.restage.sandbox.site.SiteCounts;
import dev.restage.sandbox.site.SiteEnvironment;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SandboxTest {

    private static Sandbox sandbox;
    private static Site site;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start();
        site = sandbox.site();
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @Test
    void theDatabasesHoldWhatTheSiteSays() throws SQLException {
        for (SiteEnvironment environment : List.of(site.production(), site.staging())) {
            SiteCounts counts = environment.counts();

            assertThat(number(environment, "SELECT count(*) FROM wagtailcore_page"))
                    .isEqualTo(counts.pages());
            assertThat(number(environment, "SELECT count(*) FROM users_user")).isEqualTo(counts.users());
            assertThat(number(environment, "SELECT count(*) FROM images_customimage"))
                    .isEqualTo(counts.images());
            assertThat(number(environment, "SELECT count(*) FROM images_rendition"))
                    .isEqualTo(counts.renditions());
            assertThat(number(environment, "SELECT count(*) FROM wagtaildocs_document"))
                    .isEqualTo(counts.documents());
            assertThat(text(environment, "SELECT hostname FROM wagtailcore_site WHERE is_default_site AND port = 443"))
                    .isEqualTo(environment.hosts().main());
        }
    }

    @Test
    void everyFileOfARowIsInTheBucket() throws SQLException {
        for (SiteEnvironment environment : List.of(site.production(), site.staging())) {
            assertThat(sandbox.s3().keys(environment.bucket()))
                    .hasSize(environment.counts().mediaObjects())
                    .containsAll(List.of(text(environment, """
                                    SELECT string_agg('media/' || file, ' ') FROM (
                                        SELECT file FROM images_customimage UNION ALL
                                        SELECT file FROM images_rendition UNION ALL
                                        SELECT file FROM wagtaildocs_document) files""").split(" ", -1)));
        }
    }

    @Test
    void stagingLagsBehindProductionAndHasThingsOfItsOwn() {
        assertThat(site.staging().counts().pages())
                .isLessThan(site.production().counts().pages());
        assertThat(sandbox.s3().keys(site.staging().bucket()))
                .containsAll(site.stagingOnly().mediaKeys())
                .isNotEqualTo(sandbox.s3().keys(site.production().bucket()));
        assertThat(site.people()).doesNotContainAnyElementsOf(site.stagingOnly().people());
    }

    @Test
    void thePageTreeIsSound() throws SQLException {
        String wrong = """
                SELECT count(*) FROM wagtailcore_page page
                WHERE depth <> length(path) / 4 OR numchild <> (SELECT count(*) FROM wagtailcore_page child
                    WHERE child.path LIKE page.path || '____')""";

        assertThat(number(site.production(), wrong)).isZero();
        assertThat(number(site.staging(), wrong)).isZero();
    }

    @Test
    void sequencesGoOnBehindTheLastRow() throws SQLException {
        assertThat(
                        number(
                                site.production(),
                                "SELECT nextval(pg_get_serial_sequence('wagtailcore_page', 'id')) - max(id) FROM wagtailcore_page"))
                .isEqualTo(1);
    }

    @Test
    void namesOfConstraintsAreDjangos() throws SQLException {
        assertThat(text(site.production(), """
                        SELECT string_agg(conname, ' ' ORDER BY conname) FROM pg_constraint
                        WHERE conrelid = 'wagtailcore_site'::regclass AND contype IN ('u', 'f')"""))
                .isEqualTo("wagtailcore_site_hostname_port_2c626d70_uniq"
                        + " wagtailcore_site_root_page_id_e02fb95c_fk_wagtailcore_page_id");
    }

    @Test
    void peopleAreFoundWherePeopleGetTo() throws SQLException {
        Person person = site.people().get(2);

        assertThat(number(
                        site.production(),
                        "SELECT count(*) FROM wagtailsearch_indexentry WHERE title @@ plainto_tsquery('english', '%s')"
                                .formatted(person.fullName())))
                .isPositive();
        assertThat(text(site.production(), "SELECT string_agg(form_data::text, '') FROM wagtailforms_formsubmission"))
                .contains(person.email());
    }

    @Test
    void theCacheHasNeighbours() {
        for (int database : site.cache().databases()) {
            assertThat(sandbox.redis().keys(database, site.cache().prefix() + ":*"))
                    .isNotEmpty();
            assertThat(sandbox.redis().keys(database, "*"))
                    .containsAll(site.cache().foreignKeys());
        }
        assertThat(sandbox.redis().get(0, "acme:2:wagtail_site_root_paths")).isPresent();
    }

    private static long number(SiteEnvironment environment, String sql) throws SQLException {
        return Long.parseLong(text(environment, sql));
    }

    private static String text(SiteEnvironment environment, String sql) throws SQLException {
        try (Connection connection = environment.database().connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            assertThat(row.next()).isTrue();
            return String.valueOf(row.getString(1));
        }
    }
}
