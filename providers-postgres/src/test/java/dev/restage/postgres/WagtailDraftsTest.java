package dev.restage.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.restage.provider.Progress;
import dev.restage.provider.Secret;
import dev.restage.provider.database.CopyOptions;
import dev.restage.recipe.wagtail.Wagtail;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Drafts of the fixture after a masked copy: each can be opened and restored, as far as the types of the fields say, the
 * choices that live columns have, and the form of what is made of digits.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WagtailDraftsTest {

    private static final String FIXTURES = System.getProperty("restage.fixtures", "");
    private static final JsonMapper JSON = JsonMapper.shared();

    /** A live column is a list of choices if it has so few short values. */
    private static final int MOST_CHOICES = 10;

    private static final int LONGEST_CHOICE = 12;

    private record Field(String type, int length, Set<String> choices) {}

    private PostgresDatabase source;
    private PostgresDatabase target;
    private final Map<String, Field> fields = new HashMap<>();

    @BeforeAll
    void copy(@TempDir Path home) throws Exception {
        assumeTrue(!FIXTURES.isEmpty(), "no fixtures: set restage.fixtures");
        TestDatabases databases = new TestDatabases(home);
        source = databases.loaded(Path.of(FIXTURES, "wagtail/bakery.sql"));
        TestDatabases.run(
                source,
                // a day that no shop has yet, and places that no page shows
                "UPDATE wagtailcore_revision SET content = replace(content::text, '\"day\": \"TUE\"', '\"day\": \"XMAS\"')::jsonb",
                "INSERT INTO wagtailcore_revision (object_id, created_at, content, content_type_id, base_content_type_id, object_str)"
                        + " SELECT object_id, created_at, content || '{\"lat_long\": \"-33.8612345, 151.2112345\","
                        + " \"phone\": \"+44 7700 900123\", \"note\": \"07700 900123\", \"title\": \"Ada King\"}',"
                        + " content_type_id, base_content_type_id, object_str FROM wagtailcore_revision"
                        + " WHERE content ? 'lat_long' LIMIT 1");
        target = databases.empty();
        Wagtail site = Wagtail.site()
                .content("base_*", "blog_*", "breads_*", "locations_*", "recipes_*", "taggit_*", "simple_*")
                .leaveBehind("database_cache");
        target.copyFrom(source, new CopyOptions(site.policy(), Secret.of("key")), Progress.NONE);
        for (String row : TestDatabases.all(
                source,
                "SELECT concat_ws('|', table_name, column_name, data_type, character_maximum_length)"
                        + " FROM information_schema.columns WHERE table_schema = 'public'"
                        + " AND table_name ~ '^(base|blog|breads|locations|recipes|wagtailcore_page|wagtailimages_image)'")) {
            String[] parts = row.split("\\|", -1);
            fields.merge(
                    parts[1],
                    new Field(
                            parts[2],
                            parts.length > 3 ? Integer.parseInt(parts[3]) : Integer.MAX_VALUE,
                            choices(parts[0], parts[1], parts[2])),
                    WagtailDraftsTest::wider);
        }
    }

    @Test
    void everyDraftKeepsTheFormOfItsFields() throws SQLException {
        List<String> before = drafts(source);
        List<String> after = drafts(target);

        assertThat(after).hasSameSizeAs(before).hasSizeGreaterThan(120);
        List<String> broken = new ArrayList<>();
        for (int i = 0; i < before.size(); i++) {
            compare("revision " + i, "", JSON.readTree(before.get(i)), JSON.readTree(after.get(i)), broken);
        }
        assertThat(broken).isEmpty();
        assertThat(after).isNotEqualTo(before);
    }

    @Test
    void whatTheLivePageShowsStaysInItsDraft() throws SQLException {
        String query =
                "SELECT count(*) FROM wagtailcore_revision r JOIN locations_locationpage p ON r.object_id = p.page_ptr_id::text"
                        + " JOIN wagtailcore_page w ON w.id = p.page_ptr_id"
                        + " WHERE r.content->>'lat_long' = p.lat_long AND r.content->>'title' = w.title";

        assertThat(TestDatabases.one(target, query))
                .isEqualTo(TestDatabases.one(source, query))
                .isNotEqualTo("0");
    }

    @Test
    void whatOnlyADraftSaysIsMaskedInItsForm() throws SQLException {
        String draft = TestDatabases.one(target, "SELECT content FROM wagtailcore_revision WHERE content ? 'phone'");
        JsonNode content = JSON.readTree(draft);

        assertThat(content.get("lat_long").asString())
                .matches("-33\\.\\d{7}, 151\\.\\d{7}")
                .isNotEqualTo("-33.8612345, 151.2112345");
        assertThat(content.get("phone").asString()).startsWith("+999");
        assertThat(content.get("note").asString()).startsWith("+999");
        assertThat(content.get("title").asString()).isNotEqualTo("Ada King");
        assertThat(TestDatabases.one(
                        target, "SELECT count(*) FROM wagtailcore_revision WHERE content::text LIKE '%XMAS%'"))
                .isEqualTo(TestDatabases.one(
                        source, "SELECT count(*) FROM wagtailcore_revision WHERE content::text LIKE '%XMAS%'"));
    }

    private void compare(String where, String member, JsonNode before, JsonNode after, List<String> broken) {
        if (before.getNodeType() != after.getNodeType()) {
            broken.add(where + " has another type");
        } else if (before.isObject()) {
            before.properties()
                    .forEach(each -> compare(
                            where + "." + each.getKey(),
                            each.getKey(),
                            each.getValue(),
                            after.path(each.getKey()),
                            broken));
        } else if (before.isArray()) {
            for (int i = 0; i < before.size(); i++) {
                compare(where + "[]", member, before.get(i), after.path(i), broken);
            }
        } else if (before.isString()) {
            text(where, member, before.asString(), after.asString(), broken);
        } else if (!before.equals(after)) {
            broken.add(where + " is another number");
        }
    }

    private void text(String where, String member, String before, String after, List<String> broken) {
        if (before.startsWith("[{")) {
            compare(where, member, JSON.readTree(before), JSON.readTree(after), broken);
            return;
        }
        Field field = fields.getOrDefault(member, new Field("text", Integer.MAX_VALUE, Set.of()));
        boolean known = field.choices().isEmpty()
                || !field.choices().contains(before)
                || field.choices().contains(after);
        boolean codes = before.length() > 3 || !before.matches("[A-Z]+|[a-z]+\\d") || before.equals(after);
        boolean digits = !before.matches("[-\\d., ]+") || after.matches("[-+\\d., ]+");
        if (!isOf(field.type(), before, after)
                || after.length() > Math.max(field.length(), before.length())
                || (!after.equals(before) && after.length() > shown(before))
                || !known
                || !codes
                || !digits) {
            broken.add("%s: %s became %s".formatted(where, before, after));
        }
    }

    /** How much a page shows of rich text, as its limit counts it. Source: Wagtail 7, RichTextMaxLengthValidator. */
    private static int shown(String text) {
        boolean rich = text.matches("(?s).*</?[a-z][^<>]*>.*");
        return rich ? text.replaceAll("<[^>]*>", "").replaceAll("&\\w+;", "&").length() : Integer.MAX_VALUE;
    }

    /** Whether a text is of the type that a column has, if it was. */
    private static boolean isOf(String type, String before, String after) {
        return !parses(type, before) || parses(type, after);
    }

    private static boolean parses(String type, String text) {
        try {
            switch (type) {
                case "date" -> LocalDate.parse(text);
                case "time without time zone" -> LocalTime.parse(text);
                case "timestamp with time zone" -> java.time.OffsetDateTime.parse(text);
                case "uuid" -> UUID.fromString(text);
                case "integer", "numeric" -> new java.math.BigDecimal(text);
                default -> {
                    return true;
                }
            }
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private static Field wider(Field one, Field other) {
        Set<String> choices = new HashSet<>(one.choices());
        choices.retainAll(other.choices());
        return new Field(
                one.type().equals(other.type()) ? one.type() : "text", Math.max(one.length(), other.length()), choices);
    }

    private Set<String> choices(String table, String column, String type) throws SQLException {
        if (!type.equals("character varying")) {
            return Set.of();
        }
        Set<String> values = new TreeSet<>(
                TestDatabases.all(source, "SELECT DISTINCT %s FROM %s WHERE %1$s <> ''".formatted(column, table)));
        boolean few = values.size() <= MOST_CHOICES
                && values.stream().allMatch(value -> value.length() <= LONGEST_CHOICE && value.indexOf(' ') < 0);
        return few ? values : Set.of();
    }

    private static List<String> drafts(PostgresDatabase database) throws SQLException {
        return TestDatabases.all(database, "SELECT content FROM wagtailcore_revision ORDER BY id");
    }
}
