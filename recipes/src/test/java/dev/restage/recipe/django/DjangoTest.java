package dev.restage.recipe.django;

import static dev.restage.trial.Tables.database;
import static dev.restage.trial.Tables.fate;
import static dev.restage.trial.Tables.masking;
import static dev.restage.trial.Tables.referring;
import static dev.restage.trial.Tables.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.masking.DatabaseShape;
import dev.restage.masking.MaskingPolicy;
import dev.restage.masking.TableSelector;
import dev.restage.masking.TableShape;
import dev.restage.plan.Environment;
import dev.restage.plan.PolicyText;
import dev.restage.plan.Step;
import dev.restage.provider.Address;
import dev.restage.provider.PlanException;
import dev.restage.provider.media.MediaQuery;
import dev.restage.recipe.Plans;
import dev.restage.recipe.sites.MapSites;
import dev.restage.recipe.sites.MapSites.Unpaired;
import dev.restage.recipe.sites.RewriteSites;
import dev.restage.step.database.CompareRows;
import dev.restage.step.database.MaskedBy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DjangoTest {

    private static final Address FROM = Address.of("postgres://u@p/db");
    private static final Address TO = Address.of("postgres://u@s/db");
    private static final MaskingPolicy POLICY = Django.site().policy();
    private static final MaskedBy MASKED = new MaskedBy(POLICY, "KEY");
    private static final Environment LOCAL =
            Environment.local("laptop").database("postgres://u@s/db").build();

    private static TableShape users(String name, String... columns) {
        String[] all = new String[columns.length + 2];
        all[0] = "password";
        all[1] = "last_login timestamp with time zone";
        System.arraycopy(columns, 0, all, 2, columns.length);
        return table(name, all);
    }

    private static Map<String, Step> preflight(Django site, Environment target) {
        return site.preflight(Plans.production().build(), target, MASKED);
    }

    private static List<String> logins(Django site, TableShape... tables) {
        CompareRows compare =
                (CompareRows) preflight(site, Plans.staging().build()).get("staging-only-users");
        assertThat(compare).isNotNull();
        DatabaseShape shape = database(tables);
        return List.of(tables).stream()
                .filter(table -> compare.rows().tables().fits(table, shape))
                .map(TableShape::name)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "password, masked",
        "username, masked",
        "first_name, masked",
        "last_name, masked",
        "email, masked",
        "nickname, open"
    })
    void masksAccountsWhateverTheirTableIsCalled(String column, String fate) {
        TableShape members = users("club_member", "username", "first_name", "last_name", "email", "nickname");

        assertThat(fate(POLICY, "club_member", column, members)).isEqualTo(fate);
    }

    @Test
    void masksTheTableThatIsNamedAsThatOfAccounts() {
        TableShape odd = table("odd_people", "username", "email");

        assertThat(fate(POLICY, "odd_people", "username", odd)).isEqualTo("open");
        assertThat(fate(Django.site().userTable("odd_people").policy(), "odd_people", "username", odd))
                .isEqualTo("masked");
    }

    @Test
    void knowsATableOfAccountsByWhatRefersToIt() {
        TableShape people = table("odd_people", "id int", "first_name");
        TableShape log = referring(table("django_admin_log", "user_id int"), "user_id", "odd_people");

        assertThat(fate(POLICY, "odd_people", "first_name", people, log)).isEqualTo("masked");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "django_admin_log",
                "authtoken_token",
                "axes_accesslog",
                "otp_totp_totpdevice",
                "oauth2_provider_accesstoken",
                "oauth2_provider_refreshtoken",
                "oauth2_provider_grant",
                "oauth2_provider_idtoken",
                "social_auth_usersocialauth",
                "birdbath_execution"
            })
    void leavesTheRowsOfLogsAndTokensBehind(String name) {
        assertThat(masking(POLICY, name, table(name, "a")).carriesRows()).isFalse();
    }

    @Test
    void leavesSessionsCachesAndHistoriesBehindByTheirColumns() {
        assertThat(masking(POLICY, "my_session", table("my_session", "session_key", "session_data", "expire_date date"))
                        .carriesRows())
                .isFalse();
        assertThat(masking(POLICY, "my_cache", table("my_cache", "cache_key", "value", "expires date"))
                        .carriesRows())
                .isFalse();
        assertThat(masking(
                                POLICY,
                                "historicalbook",
                                table("historicalbook", "history_id int", "history_date date", "history_type", "title"))
                        .carriesRows())
                .isFalse();
        assertThat(masking(POLICY, "shop_cache", table("shop_cache", "cache_key", "value", "expires date", "owner"))
                        .carriesRows())
                .as("a table with more columns than a cache has")
                .isTrue();
    }

    @Test
    void aHistoryOfAccountsIsNoTableOfAccounts() {
        TableShape history = users("historicaluser", "history_id int", "history_date date", "history_type");

        assertThat(logins(Django.site(), users("auth_user", "username"), history))
                .containsExactly("auth_user");
    }

    @ParameterizedTest
    @CsvSource({
        "django_comments, user_name, masked",
        "django_comments, user_email, masked",
        "django_comments, user_url, masked",
        "django_comments, comment, masked",
        "django_comments, object_pk, kept",
        "oauth2_provider_application, client_secret, masked",
        "oauth2_provider_application, redirect_uris, kept",
        "django_migrations, app, kept",
        "django_content_type, model, kept",
        "django_site, domain, kept",
        "django_flatpage, content, kept",
        "django_redirect, new_path, kept",
        "auth_permission, codename, kept",
        "auth_group, name, kept",
        "taggit_tag, slug, kept",
        "shop_order, note, open",
        "shop_order, email, masked"
    })
    void knowsTheTablesOfDjangoAndItsNeighbours(String name, String column, String fate) {
        assertThat(fate(POLICY, name, column, table(name, column))).isEqualTo(fate);
    }

    @Test
    void isTheSamePolicyAfterAWayThroughText() {
        assertThat(PolicyText.read(PolicyText.yaml(POLICY))).isEqualTo(POLICY);
    }

    @Test
    void looksAtUsersAndSitesBeforeAReset() {
        Map<String, Step> steps = preflight(
                Django.site().host("a.example", "b.example"), Plans.staging().build());

        assertThat(steps.keySet()).containsExactly("staging-only-users", "map-sites");
        assertThat(steps.get("map-sites"))
                .isEqualTo(new MapSites(
                        FROM,
                        TO,
                        Map.of("a.example", "b.example"),
                        Address.of("https://staging.acme.example/"),
                        Unpaired.REFUSED));
    }

    @Test
    void onADevelopersMachineNobodysUsersAreLost() {
        Map<String, Step> steps = preflight(Django.site(), LOCAL);

        assertThat(steps.keySet()).containsExactly("map-sites");
        assertThat(steps.get("map-sites")).isEqualTo(new MapSites(FROM, TO, Map.of(), null, Unpaired.LOCALHOST));
    }

    @Test
    void knowsUsersByTheUsualColumnsOrTheOneThatIsNamed() {
        CompareRows usual =
                (CompareRows) preflight(Django.site(), Plans.staging().build()).get("staging-only-users");
        CompareRows named = (CompareRows) preflight(
                        Django.site().loginColumn("member_number"),
                        Plans.staging().build())
                .get("staging-only-users");

        assertThat(usual).isNotNull().satisfies(step -> {
            assertThat(step.rows().texts()).singleElement().asString().startsWith("{username|email|login");
            assertThat(step.masked()).isEqualTo(MASKED);
        });
        assertThat(named)
                .isNotNull()
                .satisfies(step -> assertThat(step.rows().texts()).containsExactly("{member_number}"));
        assertThat(logins(Django.site().userTable("people"), table("people", "email"), users("auth_user", "email")))
                .containsExactly("people");
    }

    @Test
    void asksForADatabaseOnBothSides() {
        Environment without = Environment.staging("bare").build();

        assertThatThrownBy(() -> preflight(Django.site(), without))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("bare")
                .hasMessageContaining("database");
        assertThatThrownBy(() -> Django.site().afterCopy(without, without)).isInstanceOf(PlanException.class);
    }

    @Test
    void putsSitesRightAfterTheCopy() {
        assertThat(Django.site()
                        .afterCopy(Plans.production().build(), Plans.staging().build()))
                .isEqualTo(Map.of("rewrite-sites", new RewriteSites(TO, "map-sites")));
    }

    @Test
    void checksMigrationsWithoutWritingFilesBeforeItMigrates() {
        assertThat(Django.site().commands())
                .containsExactly(
                        Map.entry("check-migrations", "python manage.py makemigrations --check --dry-run"),
                        Map.entry("migrate", "python manage.py migrate --noinput"));
    }

    @Test
    void searchesForNamesAddressesAndNumbersOfAccounts() {
        assertThat(Django.site().persons().texts())
                .contains("{*mail*}", "{*phone*}::text")
                .anyMatch(text -> text.contains("{username}::text LIKE '%@%'"));
        assertThat(Django.site().loginColumn("login").persons().texts())
                .anyMatch(text -> text.contains("{login}::text LIKE '%@%'"))
                .noneMatch(text -> text.contains("{username}"));
    }

    @Test
    void forbidsProductionsHostsAndThoseThatTheMappingFinds() {
        Django site = Django.site().host("media.example", "m.example").host("same.example", "same.example");

        assertThat(site.forbiddenHosts()).containsExactlyInAnyOrder("media.example", "{{map-sites.production-hosts}}");
    }

    @Test
    void takesColumnsOfTheUsualNamesAndTypeForFiles() {
        MediaQuery.Files files = Django.site().media().files().get(0);

        assertThat(table("t", "avatar character varying(100)", "cv_file character varying(100)")
                        .columns())
                .allMatch(files::fits);
        assertThat(table("t", "avatar text", "name character varying(100)", "file int")
                        .columns())
                .noneMatch(files::fits);
    }

    @Test
    void knowsNeitherImagesNorDerivedNorMaskedMedia() {
        assertThat(Django.site().images()).isEqualTo(Django.site().media());
        assertThat(Django.site().maskedMedia()).isEmpty();
        assertThat(Django.site().mediaLeftBehind()).isEmpty();
        assertThat(Django.site().replacedFiles(FROM)).isEmpty();
        assertThat(Django.site().derivedImages()).isEqualTo(new TableSelector.Any(List.of()));
    }

    @Test
    void aColumnOfFilesIsNamedWithItsTable() {
        assertThat(Django.fileColumn("shop_product.manual"))
                .isEqualTo(new MediaQuery.Files(TableSelector.named("shop_product"), List.of("manual"), ""));
        assertThatThrownBy(() -> Django.fileColumn("manual"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"manual\" names no column: write table.column");
    }
}
