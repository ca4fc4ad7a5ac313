package dev.restage.postgres.internal.mask;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.masking.DatabaseShape;
import dev.restage.masking.MaskingPolicy;
import dev.restage.masking.TableShape;
import dev.restage.masking.value.Mask;
import dev.restage.masking.value.MaskKey;
import dev.restage.masking.value.PersonMask;
import dev.restage.masking.value.PlaceMask;
import dev.restage.masking.value.TextMask;
import dev.restage.masking.value.ValueMask;
import dev.restage.masking.value.WholeMask;
import dev.restage.postgres.connection.ConnectionSpec;
import dev.restage.postgres.internal.content.Contents;
import dev.restage.postgres.internal.copy.LiveSink;
import dev.restage.postgres.internal.copy.LiveSource;
import dev.restage.postgres.internal.copy.Transfer;
import dev.restage.postgres.internal.schema.Selection;
import dev.restage.postgres.internal.session.Query;
import dev.restage.postgres.internal.session.Sessions;
import dev.restage.postgres.testing.TestServers;
import dev.restage.provider.Progress;
import dev.restage.provider.Secret;
import dev.restage.provider.database.CopyOptions.Storage;
import dev.restage.sandbox.server.PostgresDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every mask on a column of every type, from server to server: what a strict policy lets through has to work. */
class EveryTypeTest {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final int ROWS = 52;

    /** Columns of types whose values nobody but the server can tell from others. */
    private static final Set<String> FREE =
            Set.of("network", "span", "hardware", "composed", "days", "place", "bits", "raw");

    /** Those that replace parts of a text, and leave the rest. */
    private static final Set<String> PARTIAL = Set.of("m_contacts");

    private static final Pattern PEOPLE = Pattern.compile("(?i)\\b(?:ann|bob|eve)\\b|home\\.example");

    private static final Map<String, Mask> MASKS = new TreeMap<>(Map.ofEntries(
            Map.entry("m_null", Mask.toNull()),
            Map.entry("m_empty", Mask.empty()),
            Map.entry("m_constant", Mask.constant("x")),
            Map.entry("m_json", Mask.json()),
            Map.entry("m_email", Mask.email("example.com")),
            Map.entry("m_username", Mask.username("example.com")),
            Map.entry("m_first", Mask.firstName()),
            Map.entry("m_last", Mask.lastName()),
            Map.entry("m_full", Mask.fullName()),
            Map.entry("m_phone", Mask.phone()),
            Map.entry("m_password", Mask.password()),
            Map.entry("m_known", new PersonMask.KnownPassword("pbkdf2$x")),
            Map.entry("m_street", new PlaceMask.Street()),
            Map.entry("m_city", new PlaceMask.City()),
            Map.entry("m_postcode", new PlaceMask.Postcode()),
            Map.entry("m_country", new PlaceMask.Country()),
            Map.entry("m_address", Mask.address()),
            Map.entry("m_range", Mask.range(1, 9)),
            Map.entry("m_jitter", new ValueMask.Jitter(20)),
            Map.entry("m_shift", Mask.dateShift(30)),
            Map.entry("m_uuid", new ValueMask.Uuid()),
            Map.entry("m_ip", new ValueMask.Ip()),
            Map.entry("m_hash", Mask.hash()),
            Map.entry("m_free", Mask.freeText()),
            Map.entry("m_contacts", TextMask.Replace.contacts("example.com")),
            Map.entry("m_link", new TextMask.Link()),
            Map.entry("m_digits", Mask.digits()),
            Map.entry("m_alike", new TextMask.Alike()),
            Map.entry("m_file", new TextMask.FileName())));

    @Test
    void whatAStrictPolicyLetsThroughIsWrittenAndAllElseStays() throws Exception {
        PostgresDatabase source = database();
        PostgresDatabase target = database();
        run(source, "CREATE EXTENSION citext", "CREATE EXTENSION hstore");
        String script = Query.text(EveryTypeTest.class, "every-type.sql");
        int types = script.indexOf("CREATE TABLE");
        run(source, script.substring(0, types));
        for (String table : MASKS.keySet()) {
            run(source, script.substring(types).replace("{table}", table));
        }

        Map<String, Set<String>> masked = new TreeMap<>();
        try (LiveSource live = LiveSource.open(sessions(source), TestServers.BUNDLED);
                LiveSink sink = LiveSink.open(sessions(target), Storage.FAST)) {
            Contents contents = new Selection(Set.of()).of(live.contents());
            MaskingPolicy policy = possible(contents.shape(), masked);
            assertThat(policy.problems(contents.shape())).isEmpty();
            MaskingTransform transform =
                    new MaskingTransform(policy.resolve(contents.shape()), MaskKey.of("key"), MaskListener.NONE);
            transform.prepare(live);
            new Transfer(live, sink, contents, transform, Progress.NONE).run(2);
        }

        assertThat(masked.get("m_hash")).contains("plain", "alone", "words_twice", "docb", "pairs", "lexemes", "raw");
        assertThat(masked.get("m_email")).contains("no_case_alone", "alone_short", "padded_alone");
        try (Connection before = source.connect();
                Connection after = target.connect()) {
            for (Map.Entry<String, Set<String>> table : masked.entrySet()) {
                List<String> columns = columns(before, table.getKey());
                for (String column : columns) {
                    List<String> original = values(before, table.getKey(), column);
                    List<String> copy = values(after, table.getKey(), column);
                    assertThat(copy).as(table.getKey() + "." + column).hasSize(ROWS);
                    if (!table.getValue().contains(column) && !column.equals("lower_plain")) {
                        assertThat(copy).as(table.getKey() + "." + column).isEqualTo(original);
                    } else if (!column.equals("lower_plain")) {
                        assertMasked(table.getKey(), column, original, copy);
                    }
                }
                if (table.getValue().contains("plain") && !table.getKey().equals("m_contacts")) {
                    assertThat(values(after, table.getKey(), "plain"))
                            .as(table.getKey())
                            .doesNotContainAnyElementsOf(
                                    values(before, table.getKey(), "plain").subList(0, 50));
                }
                assertThat(new Query(after)
                                .list(
                                        "SELECT count(*) FROM %s WHERE lower_plain IS DISTINCT FROM lower(plain)"
                                                .formatted(table.getKey()),
                                        row -> row.getInt(1)))
                        .containsExactly(0);
            }
            assertThat(constraints(after)).isEqualTo(constraints(before));
        }
    }

    /** Nobody is left, what is missing stays missing, and equal values stay equal. */
    private static void assertMasked(String table, String column, List<String> original, List<String> copy) {
        Map<String, String> replaced = new TreeMap<>();
        for (int i = 0; i < ROWS; i++) {
            String before = original.get(i);
            String after = copy.get(i);
            if (!PARTIAL.contains(table)) {
                assertThat(after).as(table + "." + column).doesNotContainPattern(PEOPLE);
            }
            boolean goes = table.equals("m_null");
            // an empty text stays, and blanks that fill a column up are none
            if (!goes || !before.isEmpty()) {
                assertThat(after.equals("NULL"))
                        .as("%s.%s: %s became %s", table, column, before, after)
                        .isEqualTo(goes || before.equals("NULL"));
            }
            assertThat(replaced.computeIfAbsent(before, first -> after))
                    .as("%s.%s: %s", table, column, before)
                    .isEqualTo(after);
        }
    }

    /** Every mask on all columns of its table that it can work on, found by asking; the others are kept. */
    private static MaskingPolicy possible(DatabaseShape shape, Map<String, Set<String>> masked) {
        MaskingPolicy.Builder all = MaskingPolicy.builder();
        MASKS.forEach((table, mask) -> all.mask(table, "*", mask));
        List<String> problems = all.build().problems(shape);
        MaskingPolicy.Builder possible = MaskingPolicy.builder();
        MASKS.forEach((table, mask) -> {
            TableShape found = shape.table("public", table).orElseThrow();
            for (TableShape.Column column : found.columns()) {
                String name = "public.%s.%s".formatted(table, column.name());
                boolean refused = (mask instanceof WholeMask.Constant && FREE.contains(column.name()))
                        || problems.stream()
                                .anyMatch(problem -> problem.startsWith(name + ":") || problem.startsWith(name + " "));
                possible.mask(table, column.name(), refused ? Mask.keep() : mask);
                if (!refused) {
                    masked.computeIfAbsent(table, key -> new TreeSet<>()).add(column.name());
                }
            }
        });
        return possible.build();
    }

    private static List<String> columns(Connection connection, String table) throws SQLException {
        return new Query(connection)
                .list(
                        "SELECT attname FROM pg_attribute WHERE attrelid = '%s'::regclass AND attnum > 0"
                                .formatted(table),
                        row -> row.getString(1));
    }

    private static List<String> values(Connection connection, String table, String column) throws SQLException {
        return new Query(connection)
                .list(
                        "SELECT coalesce(%s::text, 'NULL') FROM %s ORDER BY ctid".formatted(column, table),
                        row -> row.getString(1));
    }

    private static List<String> constraints(Connection connection) throws SQLException {
        return new Query(connection)
                .list(
                        "SELECT conrelid::regclass || conname || convalidated || pg_get_constraintdef(oid)"
                                + " FROM pg_constraint WHERE conrelid <> 0 AND connamespace = 'public'::regnamespace ORDER BY 1",
                        row -> row.getString(1));
    }

    private static PostgresDatabase database() {
        return TestServers.ofVersion(TestServers.BUNDLED).createDatabase("everytype" + COUNT.incrementAndGet());
    }

    private static Sessions sessions(PostgresDatabase database) {
        return new Sessions(new ConnectionSpec(
                database.host(),
                database.port(),
                database.name(),
                database.user(),
                Secret.of(database.password()),
                "disable"));
    }

    private static void run(PostgresDatabase database, String... statements) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
