package dev.restage.recipe.django;

import dev.restage.masking.Mask;
import dev.restage.masking.MaskingPolicy;
import dev.restage.masking.TableRule.Rows;
import dev.restage.masking.TableSelector;
import dev.restage.masking.TextMask;
import dev.restage.masking.ValueMask;
import dev.restage.plan.Environment;
import dev.restage.plan.Role;
import dev.restage.plan.Step;
import dev.restage.provider.Address;
import dev.restage.provider.MediaQuery;
import dev.restage.provider.PlanException;
import dev.restage.recipe.Framework;
import dev.restage.step.CompareRows;
import dev.restage.step.KeyQuery;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A Django site. Accounts are masked, sessions and tokens stay behind, migrations are applied and checked.
 *
 * @param userTable the table of the user model: {@code auth_user}, or that of a custom one
 * @param loginColumn the column with which people log in
 * @param mailDomain the domain of masked addresses, at which nobody can receive mail
 */
public record Django(String userTable, String loginColumn, String mailDomain) implements Framework {

    /** The tables of the cache backend for databases have any name. */
    private static final TableSelector CACHE = new TableSelector.HavingOnly(List.of("cache_key", "value", "expires"));

    private static final TableSelector NONE = new TableSelector.Any(List.of());

    /** What django-simple-history keeps: every former value. */
    private static final TableSelector HISTORY = TableSelector.having("history_id", "history_date", "history_type");

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

    /** {@return a site with Django's own user model} */
    public static Django site() {
        return new Django("auth_user", "username", "example.com");
    }

    /**
     * Names the table of a custom user model. Masking finds it without, by what refers to it; checks of accounts need it.
     *
     * @param table the table's bare name: {@code users_user}
     * @return the site with it
     */
    public Django userTable(String table) {
        return new Django(table, loginColumn, mailDomain);
    }

    /**
     * Names the column with which people log in.
     *
     * @param column the column: {@code email}
     * @return the site with it
     */
    public Django loginColumn(String column) {
        return new Django(userTable, column, mailDomain);
    }

    @Override
    public MaskingPolicy policy() {
        TableSelector users = users();
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
                .keep("django_comments", "object_pk")
                .mask("oauth2_provider_application", "client_secret", Mask.hash())
                .keep("oauth2_provider_application", "*")
                .keep("django_migrations", "*")
                .keep("django_content_type", "*")
                .keep("django_site", "*")
                .keep("django_flatpage", "*")
                .keep("django_redirect", "*")
                .keep("auth_permission", "*")
                .keep("auth_group", "*")
                .keep("taggit_tag", "name", "slug")
                .build();
    }

    /** The table of the user model: the one that is named, and those that Django's own tables refer to. */
    private TableSelector users() {
        return new TableSelector.Any(List.of(
                TableSelector.named(userTable),
                TableSelector.referredToBy("django_admin_log", "user_id"),
                TableSelector.referredToBy("authtoken_token", "user_id"),
                TableSelector.referredToBy("wagtailcore_page", "owner_id"),
                TableSelector.referredToBy("wagtailusers_userprofile", "user_id")));
    }

    @Override
    public Map<String, Step> preflight(Environment source, Environment target) {
        if (target.role() == Role.LOCAL) {
            return Map.of();
        }
        Map<String, Step> steps = new LinkedHashMap<>();
        steps.put(
                "staging-only-users",
                new CompareRows(
                        source.require(source.database(), "database"),
                        target.require(target.database(), "database"),
                        "users",
                        "SELECT %s FROM %s".formatted(quoted(loginColumn), quoted(userTable))));
        return steps;
    }

    @Override
    public Map<String, Step> afterCopy(Environment source, Environment target) {
        return Map.of();
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

    @Override
    public String persons() {
        String table = quoted(userTable);
        return "SELECT email::text FROM %s UNION SELECT %s FROM %s WHERE %s LIKE '%%@%%'"
                        .formatted(table, quoted(loginColumn), table, quoted(loginColumn))
                + " UNION SELECT first_name || ' ' || last_name FROM %s WHERE first_name <> '' AND last_name <> ''"
                        .formatted(table);
    }

    @Override
    public Set<String> forbiddenHosts() {
        return Set.of();
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

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
