package dev.restage.recipe.django;

import dev.restage.masking.MaskingPolicy;
import dev.restage.masking.TableRule.Rows;
import dev.restage.masking.TableSelector;
import dev.restage.masking.value.Mask;
import dev.restage.masking.value.TextMask;
import dev.restage.masking.value.ValueMask;
import dev.restage.plan.Environment;
import dev.restage.plan.Role;
import dev.restage.plan.Step;
import dev.restage.provider.Address;
import dev.restage.provider.PlanException;
import dev.restage.provider.media.MediaQuery;
import dev.restage.recipe.Framework;
import dev.restage.recipe.sites.MapSites;
import dev.restage.recipe.sites.MapSites.Unpaired;
import dev.restage.recipe.sites.RewriteSites;
import dev.restage.step.database.CatalogTexts;
import dev.restage.step.database.CompareRows;
import dev.restage.step.database.MaskedBy;
import dev.restage.step.media.KeyQuery;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A Django site. Accounts are masked, sessions and tokens stay behind, migrations are applied and checked.
 *
 * @param userTable the table of the user model; empty if it is found by the catalog
 * @param loginColumn the column with which people log in; empty if it is found by its name
 * @param mailDomain the domain of masked addresses, at which nobody can receive mail
 * @param hosts production host to the host that stands for it on the target, beyond what the site records say
 */
public record Django(String userTable, String loginColumn, String mailDomain, Map<String, String> hosts)
        implements Framework {

    /** The tables of the cache backend for databases have any name. */
    private static final TableSelector CACHE = new TableSelector.HavingOnly(List.of("cache_key", "value", "expires"));

    private static final TableSelector NONE = new TableSelector.Any(List.of());

    private static final String KEYS = "keys of rows";
    private static final String SOFTWARE = "names that software gives";

    /** What django-simple-history keeps: every former value. */
    private static final TableSelector HISTORY = TableSelector.having("history_id", "history_date", "history_type");

    /**
     * Wagtail's table of pages: {@code wagtailcore_page}, or what a project has in its place, which sites refer to. Source: Wagtail
     * 8.0, setting {@code WAGTAIL_PAGE_MODEL}.
     */
    public static final TableSelector PAGES = TableSelector.referredToBy("wagtailcore_site", "root_page_id");

    /** What {@code AbstractBaseUser} gives to each user model. Source: Django 5.2, {@code django.contrib.auth.base_user}. */
    private static final TableSelector ACCOUNT_COLUMNS = new TableSelector.All(
            List.of(TableSelector.having("password", "last_login"), new TableSelector.Not(HISTORY)));

    /** Tables of user models: what Django's and Wagtail's own tables refer to, and what has an account's columns. */
    private static final TableSelector ACCOUNTS = new TableSelector.Any(List.of(
            ACCOUNT_COLUMNS,
            TableSelector.referredToBy("django_admin_log", "user_id"),
            TableSelector.referredToBy("authtoken_token", "user_id"),
            new TableSelector.ReferredToBy(PAGES, "owner_id"),
            TableSelector.referredToBy("wagtailusers_userprofile", "user_id")));

    /** What Django calls a {@code FileField} as a column. Source: Django 5.2, {@code FileField.max_length}. */
    public static final String FILE_TYPE = "character varying(100)";

    /** How columns of files are usually called. The catalog tells them from other text by nothing else. */
    public static final List<String> FILE_COLUMNS = List.of(
            "file",
            "*_file",
            "thumbnail",
            "avatar",
            "image",
            "photo",
            "picture",
            "logo",
            "attachment",
            "document",
            "upload");

    /** Columns with which people log in, the usual ones first. */
    private static final String LOGINS = "username|email|login|user_name|email_address|mobile|phone_number|phone";

    /**
     * Copies the map.
     *
     * @param userTable the table of the user model
     * @param loginColumn the column with which people log in
     * @param mailDomain the domain of masked addresses
     * @param hosts production host to the host that stands for it on the target
     */
    public Django {
        hosts = Map.copyOf(hosts);
    }

    /** {@return a site whose user model is found by the catalog, be it Django's own or one of the project} */
    public static Django site() {
        return new Django("", "", "example.com", Map.of());
    }

    /**
     * Names the table of the user model, where what Django's and Wagtail's tables refer to does not tell it.
     *
     * @param table the table's bare name: {@code users_user}
     * @return the site with it
     */
    public Django userTable(String table) {
        return new Django(table, loginColumn, mailDomain, hosts);
    }

    /**
     * Names the column with which people log in, if it has an unusual name.
     *
     * @param column the column: {@code email}
     * @return the site with it
     */
    public Django loginColumn(String column) {
        return new Django(userTable, column, mailDomain, hosts);
    }

    /**
     * Says which host of the target stands for a host of production, where the site records do not.
     *
     * @param production the host that production's content names: {@code media.acme.example}
     * @param target the host to name instead
     * @return the site with it
     */
    public Django host(String production, String target) {
        Map<String, String> all = new TreeMap<>(hosts);
        all.put(production, target);
        return new Django(userTable, loginColumn, mailDomain, all);
    }

    @Override
    public MaskingPolicy policy() {
        TableSelector users = new TableSelector.Any(List.of(accounts(), ACCOUNTS));
        return MaskingPolicy.builder()
                .rows(
                        "django_admin_log",
                        "authtoken_token",
                        "axes_*",
                        "otp_*",
                        "oauth2_provider_accesstoken",
                        "oauth2_provider_refreshtoken",
                        "oauth2_provider_grant",
                        "oauth2_provider_idtoken",
                        "social_auth_*",
                        "birdbath_execution")
                .rows(TableSelector.having("session_key", "session_data", "expire_date"), new Rows.None())
                .rows(CACHE, new Rows.None())
                .rows(HISTORY, new Rows.None())
                .mask(users, "password", Mask.password())
                .mask(users, "username", Mask.username(mailDomain))
                .mask(users, "first_name", Mask.firstName())
                .mask(users, "last_name", Mask.lastName())
                .mask("*", "email", Mask.email(mailDomain))
                .mask("django_comments", "user_name", Mask.fullName())
                .mask("django_comments", "user_email", Mask.email(mailDomain))
                .mask("django_comments", "user_url", new TextMask.Link())
                .mask("django_comments", "comment", Mask.freeText())
                .mask("django_comments", "ip_address", new ValueMask.Ip())
                .keepAs(KEYS, "django_comments", "object_pk")
                .mask("oauth2_provider_application", "client_secret", Mask.hash())
                .keepAs(
                        "how other applications are let in, without their secret",
                        "oauth2_provider_application",
                        "client_id",
                        "name",
                        "client_type",
                        "authorization_grant_type",
                        "redirect_uris",
                        "post_logout_redirect_uris",
                        "allowed_origins",
                        "algorithm")
                .keepAs(SOFTWARE, "django_migrations", "app", "name")
                .keepAs(SOFTWARE, "django_content_type", "app_label", "model", "name")
                .keepAs("hosts of the site", "django_site", "domain", "name")
                .keepAs("public pages", "django_flatpage", "url", "title", "content", "template_name")
                .keepAs("paths of public pages", "django_redirect", "old_path", "new_path")
                .keepAs(SOFTWARE, "auth_permission", "name", "codename")
                .keepAs("names of groups, not of their members", "auth_group", "name")
                .keepAs("words of public pages", "taggit_tag", "name", "slug")
                .build();
    }

    /** The table of the user model: the one that is named, or else those that the catalog shows to be one. */
    private TableSelector accounts() {
        return userTable.isEmpty() ? ACCOUNTS : TableSelector.named(userTable);
    }

    @Override
    public Map<String, Step> preflight(Environment source, Environment target, MaskedBy masked) {
        Address from = source.require(source.database(), "database");
        Address to = target.require(target.database(), "database");
        Map<String, Step> steps = new LinkedHashMap<>();
        if (target.role() != Role.LOCAL) {
            CatalogTexts logins = new CatalogTexts(
                    accounts(),
                    List.of("{%s}".formatted(loginColumn.isEmpty() ? LOGINS : loginColumn)),
                    "users",
                    "name the table with userTable(\"…\") and the column with which people log in with loginColumn(\"…\")");
            steps.put("staging-only-users", new CompareRows(from, to, logins, masked));
        }
        steps.put(
                MapSites.NAME,
                new MapSites(
                        from,
                        to,
                        hosts,
                        target.web(),
                        target.role() == Role.LOCAL ? Unpaired.LOCALHOST : Unpaired.REFUSED));
        return steps;
    }

    @Override
    public Map<String, Step> afterCopy(Environment source, Environment target) {
        Map<String, Step> steps = new LinkedHashMap<>();
        steps.put("rewrite-sites", new RewriteSites(target.require(target.database(), "database"), MapSites.NAME));
        return steps;
    }

    /**
     * {@inheritDoc}
     *
     * <p>Without {@code --dry-run}, {@code makemigrations --check} writes files before Django 4.2.
     */
    @Override
    public Map<String, String> commands() {
        Map<String, String> commands = new LinkedHashMap<>();
        commands.put("check-migrations", "python manage.py makemigrations --check --dry-run");
        commands.put("migrate", "python manage.py migrate --noinput");
        return commands;
    }

    /** {@inheritDoc} A login name counts if it is an address, and a column of names if there is more than a word in it. */
    @Override
    public CatalogTexts persons() {
        String login = loginColumn.isEmpty() ? "username" : loginColumn;
        return new CatalogTexts(
                accounts(),
                List.of(
                        "CASE WHEN {first_name} <> '' AND {last_name} <> '' THEN {first_name} || ' ' || {last_name} END",
                        "CASE WHEN {%s}::text LIKE '%%@%%' THEN {%s} END".formatted(login, login),
                        "{*mail*}",
                        "{*phone*}::text",
                        "{*mobile*}::text",
                        "CASE WHEN {*name*} LIKE '% %' THEN {*name*} END"),
                "accounts",
                "name the table of the user model with userTable(\"…\")");
    }

    /** {@inheritDoc} */
    @Override
    public Set<String> forbiddenHosts() {
        Set<String> all = new TreeSet<>();
        hosts.forEach((production, target) -> {
            if (!production.equals(target)) {
                all.add(production);
            }
        });
        all.add("{{%s.%s}}".formatted(MapSites.NAME, MapSites.HOSTS));
        return all;
    }

    @Override
    public MediaQuery media() {
        return new MediaQuery(
                List.of(new MediaQuery.Files(new TableSelector.Not(NONE), FILE_COLUMNS, FILE_TYPE)), null);
    }

    /** {@inheritDoc} Plain Django knows no images, so all media count. */
    @Override
    public MediaQuery images() {
        return media();
    }

    /** {@inheritDoc} Plain Django has no pages. */
    @Override
    public MediaQuery.Reach pagesUnder(String path) {
        throw new PlanException(
                "a Django site has no pages from which media under %s could be found: take all media".formatted(path));
    }

    @Override
    public TableSelector derivedImages() {
        return NONE;
    }

    /** {@inheritDoc} Plain Django has no table of files. */
    @Override
    public List<String> maskedMedia() {
        return List.of();
    }

    @Override
    public List<KeyQuery> replacedFiles(Address database) {
        return List.of();
    }

    @Override
    public List<String> mediaLeftBehind() {
        return List.of();
    }

    /**
     * {@return the rule for a column of a project that names files}
     *
     * @param column such as {@code shop_product.manual}
     */
    public static MediaQuery.Files fileColumn(String column) {
        int dot = column.lastIndexOf('.');
        if (dot < 1) {
            throw new IllegalArgumentException("\"%s\" names no column: write table.column".formatted(column));
        }
        return new MediaQuery.Files(
                TableSelector.named(column.substring(0, dot)), List.of(column.substring(dot + 1)), "");
    }
}
