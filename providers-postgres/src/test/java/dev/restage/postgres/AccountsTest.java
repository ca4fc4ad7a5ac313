package dev.restage.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.masking.MaskingPolicy;
import dev.restage.masking.value.Mask;
import dev.restage.recipe.StagingReset;
import dev.restage.recipe.django.Django;
import dev.restage.recipe.wagtail.Wagtail;
import dev.restage.run.Receipt;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Accounts are known by the catalog, whatever the project's user model has. */
class AccountsTest {

    private static final Wagtail WAGTAIL = Wagtail.site().content("base_*").host("www.acme.test", "staging.test");

    /** Keys that are uuids, login by address, one name. */
    private static final String[] LEGAL = {
        "CREATE TABLE wagtailcore_page (id int PRIMARY KEY, path varchar(255) NOT NULL, depth int NOT NULL, url_path text NOT NULL,"
                + " slug varchar(255) NOT NULL, title varchar(255) NOT NULL)",
        "CREATE TABLE wagtailcore_site (id int PRIMARY KEY, hostname varchar(255) NOT NULL, port int NOT NULL,"
                + " site_name varchar(255) NOT NULL, is_default_site boolean NOT NULL,"
                + " root_page_id int NOT NULL REFERENCES wagtailcore_page)",
        "INSERT INTO wagtailcore_page VALUES (1, '0001', 1, '/', 'root', 'Root')",
        "INSERT INTO wagtailcore_site VALUES (1, 'www.acme.test', 443, '', true, 1)",
        "CREATE TABLE people_member (id uuid PRIMARY KEY, password varchar(128) NOT NULL, last_login timestamptz,"
                + " email varchar(254) NOT NULL UNIQUE, legal_name varchar(200) NOT NULL)",
        "CREATE TABLE django_admin_log (id int PRIMARY KEY, user_id uuid NOT NULL REFERENCES people_member)",
        "INSERT INTO people_member VALUES (gen_random_uuid(), '!', NULL, 'ada@acme.test', 'Ada King Lovelace'),"
                + " (gen_random_uuid(), '!', NULL, 'bob@acme.test', 'Robert Quickthorn')",
    };

    @TempDir
    Path home;

    @Test
    void aUserModelWithoutUsernameIsFoundAndItsNamesAreSearchedFor() throws SQLException {
        SmallSite site = new SmallSite(home);
        site.run(site.production, LEGAL);
        site.run(
                site.production,
                "CREATE TABLE base_note (id int PRIMARY KEY, body text NOT NULL)",
                "INSERT INTO base_note VALUES (1, 'written by Robert Quickthorn')");
        StagingReset reset = site.of(WAGTAIL)
                .policy(MaskingPolicy.builder()
                        .mask("people_member", "legal_name", Mask.fullName())
                        .build());

        assertThatThrownBy(() -> site.run(reset))
                .hasMessageContaining("personal data")
                .hasMessageContaining("base_note.body");

        site.run(site.production, "UPDATE base_note SET body = 'written by nobody'");
        Receipt receipt = site.run(reset);
        assertThat(receipt.facts().find("leak-audit", "persons")).contains("4");
        assertThat(receipt.facts().find("staging-only-users", "names")).contains("");
    }

    @Test
    void anUnusualLoginIsSaidOnceAndAskedForByName() throws SQLException {
        SmallSite site = new SmallSite(home);
        site.run(site.production, LEGAL);
        site.run(
                site.production,
                "ALTER TABLE people_member DROP email, DROP legal_name, ADD member_number varchar(20)",
                "UPDATE people_member SET member_number = left(id::text, 8)");
        site.run(site.staging, LEGAL);
        site.run(
                site.staging,
                "UPDATE wagtailcore_site SET hostname = 'staging.test'",
                "ALTER TABLE people_member ADD member_number varchar(20)",
                "UPDATE people_member SET member_number = 'tester-' || left(legal_name, 3)");
        MaskingPolicy own = MaskingPolicy.builder()
                .mask("people_member", "member_number", Mask.hash())
                .build();

        assertThatThrownBy(() -> site.preview(site.of(WAGTAIL).policy(own)))
                .hasMessageContaining("no table of users, or none with a column to know them by")
                .hasMessageContaining("userTable")
                .hasMessageContaining("loginColumn");
        assertThat(site.preview(site.of(WAGTAIL.loginColumn("member_number")).policy(own))
                        .toString())
                .contains("2 users exist only on the target and will be gone: tester-Ada, tester-Rob");
    }

    @Test
    void aTableThatIsNamedAndNotThereIsNamed() throws SQLException {
        SmallSite site = new SmallSite(home);
        site.run(site.production, LEGAL);

        assertThatThrownBy(() -> site.preview(WAGTAIL.userTable("people_membr")))
                .hasMessageContaining("no table of users")
                .hasMessageContaining("userTable(\"…\")");
    }

    @Test
    void aUserModelInAnotherSchemaIsFoundWithoutAnythingThatRefersToIt() throws SQLException {
        SmallSite site = new SmallSite(home);
        site.run(
                site.production,
                "CREATE SCHEMA accounts",
                "CREATE TABLE accounts.people (id int PRIMARY KEY, password varchar(128) NOT NULL, last_login timestamptz,"
                        + " username varchar(150) NOT NULL UNIQUE, email varchar(254) NOT NULL)",
                "INSERT INTO accounts.people VALUES (1, '!', NULL, 'ada@acme.test', 'ada@acme.test')");
        site.run(
                site.staging,
                "CREATE TABLE auth_user (password varchar(128) NOT NULL, last_login timestamptz, username varchar(150))",
                "INSERT INTO auth_user VALUES ('!', NULL, 'tester')");

        assertThat(site.preview(Django.site()).toString())
                .contains(
                        "1 users exist only on the target and will be gone: tester",
                        "searched for 1 addresses, names and numbers");
    }

    @Test
    void whoCameMaskedWithTheLastCopyIsNotTakenForSomebodyOfStagings() throws SQLException {
        SmallSite site = new SmallSite(home);
        site.fill(site.production);
        site.sites(site.production, "www.acme.test");
        site.run(
                site.production,
                "INSERT INTO auth_user VALUES (1, 'x', NULL, 'ada', 'Ada', 'King', 'ada@acme.test'),"
                        + " (2, 'x', NULL, 'bob@acme.test', 'Bob', 'Thorn', 'bob@acme.test'),"
                        + " (3, '!', NULL, 'kept@agency.test', 'Kim', 'Kept', 'kept@agency.test')");
        MaskingPolicy own = MaskingPolicy.builder()
                .mask("auth_user", "username", Mask.email("masked.test", "agency.test"))
                .mask("auth_user", "email", Mask.email("masked.test", "agency.test"))
                .build();
        site.run(site.of(WAGTAIL).policy(own).without("leak-audit"));
        site.run(
                site.staging,
                "INSERT INTO auth_user VALUES (9, '!', NULL, 'tester', 'Tess', 'Ter', 'tester@staging.test')");

        assertThat(site.texts(site.staging, "SELECT password FROM auth_user ORDER BY id"))
                .satisfiesExactly(
                        hash -> assertThat(hash).startsWith("pbkdf2_sha256$"),
                        hash -> assertThat(hash).startsWith("pbkdf2_sha256$"),
                        hash -> assertThat(hash).startsWith("!"),
                        hash -> assertThat(hash).isEqualTo("!"));
        assertThat(site.preview(site.of(WAGTAIL).policy(own)).toString())
                .contains("1 users exist only on the target and will be gone: tester\n");
    }
}
