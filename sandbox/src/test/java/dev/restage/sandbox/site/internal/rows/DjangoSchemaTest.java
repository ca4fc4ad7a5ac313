package dev.restage.sandbox.site.internal.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DjangoSchemaTest {

    private static final Pattern TABLE = Pattern.compile("CREATE TABLE (\\w+) \\((.*)\\)", Pattern.DOTALL);
    private static final Pattern FOREIGN_KEY =
            Pattern.compile("ALTER TABLE (\\w+) .* FOREIGN KEY \\((\\w+)\\) REFERENCES (\\w+) \\((\\w+)\\).*");

    private final DjangoSchema schema = DjangoSchema.read();

    /** As they are in every database that Django 5.2 has migrated. */
    @ParameterizedTest
    @CsvSource({
        "auth_group_permissions, group_id permission_id, _uniq, auth_group_permissions_group_id_permission_id_0cd325b0_uniq",
        "auth_permission, content_type_id codename, _uniq, auth_permission_content_type_id_codename_01ab375a_uniq",
        "django_content_type, app_label model, _uniq, django_content_type_app_label_model_76bd3d3b_uniq",
        "auth_group, name, _like, auth_group_name_a6ea08ec_like",
        "django_session, expire_date, '', django_session_expire_date_a5c62663",
        "django_session, session_key, _like, django_session_session_key_c0390e0f_like",
        "auth_group_permissions, group_id, _fk_auth_group_id, auth_group_permissions_group_id_b120cbf9_fk_auth_group_id",
        "auth_group_permissions, permission_id, _fk_auth_permission_id, auth_group_permissio_permission_id_84c5c92e_fk_auth_perm",
        "auth_permission, content_type_id, _fk_django_content_type_id, auth_permission_content_type_id_2f476e4b_fk_django_co",
        "django_admin_log, content_type_id, _fk_django_content_type_id, django_admin_log_content_type_id_c4bce8eb_fk_django_co"
    })
    void namesConstraintsAsDjangoDoes(String table, String columns, String suffix, String name) {
        assertThat(DjangoName.of(table, Arrays.asList(columns.split(" ", -1)), suffix))
                .isEqualTo(name);
    }

    @Test
    void makesEachTableOnce() {
        List<String> names =
                schema.tables().stream().map(sql -> match(TABLE, sql).group(1)).toList();

        assertThat(names)
                .doesNotHaveDuplicates()
                .contains("users_user", "wagtailcore_page", "images_customimage", "django_session", "news_topic");
        assertThat(names).containsAll(schema.numberedTables());
    }

    @Test
    void everyForeignKeyLeadsToAColumnThatThereIs() {
        Set<String> columns = new HashSet<>();
        for (String sql : schema.tables()) {
            Matcher table = match(TABLE, sql);
            Pattern.compile("\"(\\w+)\" ")
                    .matcher(table.group(2))
                    .results()
                    .forEach(column -> columns.add(table.group(1) + "." + column.group(1)));
        }

        List<Matcher> keys = schema.constraints().stream()
                .filter(sql -> sql.contains("FOREIGN KEY"))
                .map(sql -> match(FOREIGN_KEY, sql))
                .toList();

        assertThat(keys)
                .isNotEmpty()
                .allSatisfy(key -> assertThat(columns)
                        .contains(key.group(1) + "." + key.group(2), key.group(3) + "." + key.group(4)));
    }

    @Test
    void noTwoConstraintsHaveOneName() {
        List<String> names = schema.constraints().stream()
                .map(sql -> sql.replaceFirst(".*?(?:ADD CONSTRAINT|CREATE INDEX) (\\w+) .*", "$1"))
                .toList();

        assertThat(names)
                .doesNotHaveDuplicates()
                .allSatisfy(name -> assertThat(name).hasSizeLessThanOrEqualTo(63));
    }

    @Test
    void aTextThatIsUniqueOrSearchedForCanBeSearchedForByItsBeginning() {
        Set<String> like = schema.constraints().stream()
                .filter(sql -> sql.contains("varchar_pattern_ops"))
                .map(sql -> sql.replaceFirst(".* ON (\\w+) \\(\"(\\w+)\".*", "$1.$2"))
                .collect(Collectors.toSet());

        assertThat(like).contains("users_user.username", "django_session.session_key");
    }

    private static Matcher match(Pattern pattern, String sql) {
        Matcher matcher = pattern.matcher(sql);
        assertThat(matcher.matches()).as(sql).isTrue();
        return matcher;
    }
}
