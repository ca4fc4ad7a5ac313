package dev.restage.recipe.django;

import dev.restage.masking.Mask;
import dev.restage.masking.MaskingPolicy;
import dev.restage.plan.Environment;
import dev.restage.plan.Role;
import dev.restage.plan.Step;
import dev.restage.recipe.Framework;
import dev.restage.step.CompareRows;
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

    /** {@return a site with Django's own user model} */
    public static Django site() {
        return new Django("auth_user", "username", "example.com");
    }

    /**
     * Names the table of a custom user model.
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
        Mask email = Mask.email(mailDomain);
        return MaskingPolicy.builder()
                .rows(
                        "django_session",
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
                .mask(userTable, "password", Mask.password())
                .mask(userTable, "username", Mask.username(mailDomain))
                .mask(userTable, "first_name", Mask.firstName())
                .mask(userTable, "last_name", Mask.lastName())
                .mask("*", "email", email)
                .keep("django_migrations", "*")
                .keep("django_content_type", "*")
                .keep("django_site", "*")
                .keep("auth_permission", "*")
                .keep("auth_group", "*")
                .build();
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
    public List<String> emptyDerivedImages() {
        return List.of();
    }

    /** {@inheritDoc} Plain Django knows no images, so all media count. */
    @Override
    public List<String> originalImages() {
        return List.of();
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
