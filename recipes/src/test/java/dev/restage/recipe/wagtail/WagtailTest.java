package dev.restage.recipe.wagtail;

import static dev.restage.trial.Tables.database;
import static dev.restage.trial.Tables.fate;
import static dev.restage.trial.Tables.masking;
import static dev.restage.trial.Tables.referring;
import static dev.restage.trial.Tables.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.masking.MaskingPolicy;
import dev.restage.masking.TableSelector;
import dev.restage.masking.TableShape;
import dev.restage.plan.Environment;
import dev.restage.plan.Step;
import dev.restage.provider.Address;
import dev.restage.provider.media.MediaQuery;
import dev.restage.recipe.Plans;
import dev.restage.recipe.django.Django;
import dev.restage.step.database.CompareRows;
import dev.restage.step.database.MaskedBy;
import dev.restage.step.media.KeyQuery;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WagtailTest {

    private static final Address FROM = Address.of("postgres://u@p/db");
    private static final Address TO = Address.of("postgres://u@s/db");
    private static final MaskingPolicy POLICY = Wagtail.site().policy();
    private static final MaskedBy MASKED = new MaskedBy(POLICY, "KEY");
    private static final TableShape IMAGE =
            table("my_image", "title", "file character varying(100)", "collection_id int", "focal_point_x int");
    private static final TableShape DOCUMENT =
            table("my_document", "title", "file character varying(100)", "collection_id int", "file_hash");
    private static final TableShape RENDITION =
            table("my_rendition", "filter_spec", "focal_point_key", "file character varying(100)", "image_id int");

    private static boolean means(TableSelector selector, TableShape table) {
        return selector.fits(table, database(table));
    }

    @Test
    void isADjangoSiteToo() {
        Wagtail site = Wagtail.site().userTable("people").loginColumn("login").host("a.example", "b.example");

        assertThat(site.django())
                .isEqualTo(
                        Django.site().userTable("people").loginColumn("login").host("a.example", "b.example"));
        assertThat(site.persons()).isEqualTo(site.django().persons());
        assertThat(site.forbiddenHosts()).isEqualTo(site.django().forbiddenHosts());
        assertThat(site.policy().columns()).containsAll(site.django().policy().columns());
    }

    @Test
    void eachSettingLeavesTheOthersAsTheyAre() {
        Wagtail site = Wagtail.site()
                .content("blog_*")
                .leaveBehind("my_cache")
                .files("shop_product.manual")
                .media("reports/")
                .leaveDocuments("Personnel")
                .content("shop_*");

        assertThat(site)
                .isEqualTo(new Wagtail(
                        Django.site(),
                        List.of("blog_*", "shop_*"),
                        List.of("my_cache"),
                        List.of("shop_product.manual"),
                        List.of("original_images/", "documents/", "media/", "media_thumbnails/", "reports/"),
                        List.of("Personnel")));
        assertThat(site.userTable("u").loginColumn("l").host("a", "b"))
                .usingRecursiveComparison()
                .ignoringFields("django")
                .isEqualTo(site);
        assertThat(site.keepMediaNames().maskedMedia()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "wagtailcore_revision, content jsonb, masked",
        "wagtailcore_revision, object_str, masked",
        "wagtailcore_comment, text, masked",
        "wagtailcore_comment, contentpath, kept",
        "wagtailcore_modellogentry, label, masked",
        "wagtailcore_pagelogentry, action, kept",
        "wagtailcore_pageviewrestriction, password, masked",
        "wagtailcore_collection, name, kept",
        "wagtailcore_site, hostname, kept",
        "wagtailcore_workflow, name, kept",
        "wagtailcore_referenceindex, to_object_id, kept",
        "wagtailsearchpromotions_query, query_string, masked",
        "wagtailusers_userprofile, avatar, masked",
        "wagtailusers_userprofile, theme, kept",
        "wagtail_localize_translationlog, data, masked",
        "wagtailredirects_redirect, old_path, masked",
        "wagtailredirects_redirect, redirect_link, kept",
        "contact_formpage, to_address, masked",
        "shop_product, description, open"
    })
    void knowsTheTablesOfWagtail(String name, String column, String fate) {
        assertThat(fate(POLICY, name, column.replaceFirst(" .*", ""), table(name, column)))
                .isEqualTo(fate);
    }

    @Test
    void namesAndTitlesOfFilesAreMaskedInAnyModelOfMedia() {
        assertThat(fate(POLICY, "my_image", "file", IMAGE)).isEqualTo("masked");
        assertThat(fate(POLICY, "my_image", "title", IMAGE)).isEqualTo("masked");
        assertThat(fate(POLICY, "my_document", "file_hash", DOCUMENT)).isEqualTo("kept");
        assertThat(fate(Wagtail.site().keepMediaNames().policy(), "my_image", "file", IMAGE))
                .isEqualTo("kept");
    }

    @Test
    void keepsTheTextsOfAnyTableOfPages() {
        TableShape page = table("own_page", "id int", "title", "slug", "secret");
        TableShape site = referring(table("wagtailcore_site", "root_page_id int"), "root_page_id", "own_page");

        assertThat(fate(POLICY, "own_page", "title", page, site)).isEqualTo("kept");
        assertThat(fate(POLICY, "own_page", "secret", page, site)).isEqualTo("open");
        assertThat(fate(POLICY, "own_page", "title", page))
                .as("where no site refers to it")
                .isEqualTo("open");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wagtailsearch_indexentry",
                "wagtailsearchpromotions_querydailyhits",
                "wagtailadmin_formstate",
                "wagtailadmin_editingsession",
                "wagtailcore_uploadedfile",
                "wagtailcore_apitoken",
                "wagtailembeds_embed"
            })
    void leavesTheRowsOfWhatIsDerivedOrHalfDoneBehind(String name) {
        assertThat(masking(POLICY, name, table(name, "a")).carriesRows()).isFalse();
    }

    @Test
    void leavesSubmissionsAndRenditionsBehindByTheirColumns() {
        TableShape submission = table("my_submission", "form_data jsonb", "submit_time date", "page_id int");

        assertThat(masking(POLICY, "my_submission", submission).carriesRows()).isFalse();
        assertThat(masking(POLICY, "my_rendition", RENDITION).carriesRows()).isFalse();
        assertThat(masking(POLICY, "my_image", IMAGE).carriesRows()).isTrue();
    }

    @Test
    void takesContentAndTablesToLeaveBehindFromTheProject() {
        MaskingPolicy policy =
                Wagtail.site().content("blog_*").leaveBehind("blog_cache").policy();
        TableShape post = table("blog_post", "body", "email");
        TableShape cache = table("blog_cache", "body");

        assertThat(fate(policy, "blog_post", "body", post)).isEqualTo("kept");
        assertThat(masking(policy, "blog_cache", cache).carriesRows()).isFalse();
    }

    @Test
    void looksAtContentUsersSitesAndPagesBeforeAReset() {
        Map<String, Step> steps = Wagtail.site()
                .preflight(Plans.production().build(), Plans.staging().build(), MASKED);

        assertThat(steps.keySet())
                .containsExactly("content-tables", "staging-only-users", "map-sites", "staging-only-pages");
        assertThat(steps.get("content-tables")).isEqualTo(new ProposeContent(FROM, MASKED));
        assertThat(steps.get("staging-only-pages")).isInstanceOfSatisfying(CompareRows.class, pages -> {
            assertThat(pages.rows().tables()).isEqualTo(Django.PAGES);
            assertThat(pages.masked()).isNull();
        });
    }

    @Test
    void onADevelopersMachineNobodysPagesAreLost() {
        Environment local =
                Environment.local("laptop").database("postgres://u@s/db").build();

        assertThat(Wagtail.site()
                        .preflight(Plans.production().build(), local, MASKED)
                        .keySet())
                .containsExactly("content-tables", "map-sites");
    }

    @Test
    void putsSitesRightAndHasNothingPublishedByItself() {
        Map<String, Step> steps = Wagtail.site()
                .afterCopy(Plans.production().build(), Plans.staging().build());

        assertThat(steps.keySet()).containsExactly("rewrite-sites", "neutralise");
        assertThat(steps).containsEntry("neutralise", new Neutralise(TO));
    }

    @Test
    void updatesTheIndexAfterMigrations() {
        assertThat(Wagtail.site().commands().keySet()).containsExactly("check-migrations", "migrate", "update-index");
        assertThat(Wagtail.site().commands()).containsEntry("update-index", "python manage.py update_index");
    }

    @Test
    void knowsRenditionsByTheirColumns() {
        assertThat(means(Wagtail.site().derivedImages(), RENDITION)).isTrue();
        assertThat(means(Wagtail.site().derivedImages(), IMAGE)).isFalse();
    }

    @Test
    void asksImagesOnlyForTheirFile() {
        MediaQuery.Files images = Wagtail.site().images().files().get(0);

        assertThat(means(images.tables(), IMAGE)).isTrue();
        assertThat(means(images.tables(), DOCUMENT)).isFalse();
        assertThat(images.columns()).containsExactly("file");
    }

    @Test
    void asksAllTablesForFilesButRenditions() {
        List<MediaQuery.Files> files =
                Wagtail.site().files("shop_product.manual").media().files();

        assertThat(files).anyMatch(each -> means(each.tables(), IMAGE));
        assertThat(files).noneMatch(each -> means(each.tables(), RENDITION));
        assertThat(files).contains(Django.fileColumn("shop_product.manual"));
    }

    @Test
    void asksForTheDocumentsOfEachCollectionThatStays() {
        List<KeyQuery> queries =
                Wagtail.site().leaveDocuments("Personnel", "Board's").replacedFiles(FROM);

        assertThat(queries).hasSize(2).allSatisfy(query -> {
            assertThat(query.database()).isEqualTo(FROM);
            assertThat(means(query.tables(), DOCUMENT)).isTrue();
            assertThat(means(query.tables(), IMAGE)).isFalse();
        });
        assertThat(queries.get(0).what()).isEqualTo("collections called Personnel");
        assertThat(queries.get(1).keys()).contains("named.name = 'Board''s'");
        assertThat(queries.get(1).requires()).endsWith("WHERE name = 'Board''s'");
    }

    @ParameterizedTest
    @CsvSource({"/blog/, blog/", "blog, blog/", "//blog//, blog//", "/, ''", "/it's/, it''s/"})
    void walksFromThePagesBelowAPathOfAnyForm(String path, String below) {
        assertThat(Wagtail.site().pagesUnder(path).where()).contains("home.url_path || '%s')".formatted(below));
    }

    @Test
    void doesNotWalkThroughAccountsAndLogs() {
        TableSelector closed = Wagtail.site().pagesUnder("/").closed();

        assertThat(List.of(
                        table("auth_user"),
                        table("wagtailcore_comment"),
                        table("django_admin_log"),
                        RENDITION,
                        table("my_submission", "form_data", "submit_time", "page_id")))
                .allMatch(table -> means(closed, table));
        assertThat(List.of(table("wagtailcore_revision"), table("wagtailcore_collection"), table("blog_post"), IMAGE))
                .noneMatch(table -> means(closed, table));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<embed embedtype=\"image\" format=\"left\" id=\"12\" />|12",
                "<embed alt=\"a &gt; b\" id=\"13\" embedtype=\"image\"/>|13",
                "<a linktype=\"document\" id=\"7\">cv</a>|7",
                "<a id=\\\"8\\\" linktype=\\\"document\\\">|8",
                "<a linktype=\"page\" id=\"9\">|",
                "<a href=\"/documents/7/\">|"
            })
    void readsReferencesInRichText(String text, String id) {
        List<String> found = Wagtail.site().pagesUnder("/").texts().links().stream()
                .flatMap(
                        link -> Pattern.compile(link.expression()).matcher(text).results())
                .map(match -> match.group(1))
                .toList();

        assertThat(found).isEqualTo(id == null ? List.of() : List.of(id));
    }

    @Test
    void leavesRenditionsAndHalfFinishedUploadsInProduction() {
        assertThat(Wagtail.site().mediaLeftBehind()).containsExactly("images/", "wagtail_uploads/", "avatar_images/");
    }
}
