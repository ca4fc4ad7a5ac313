package dev.restage.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.masking.MaskingPolicy;
import dev.restage.masking.value.Mask;
import dev.restage.postgres.testing.ClientPrograms;
import dev.restage.provider.Progress;
import dev.restage.provider.Secret;
import dev.restage.provider.database.CopyOptions;
import dev.restage.sandbox.server.PostgresDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows whose partition in the target is another than in the source. */
class PartitionedTablesTest {

    private static final CopyOptions MASKED = new CopyOptions(
            MaskingPolicy.builder()
                    .mask("*", "email", Mask.email("example.test"))
                    .mask("*", "last_name", Mask.lastName())
                    .lenient()
                    .build(),
            Secret.of("a key that is long enough for masking"));

    private static final String[] PEOPLE = {
        "CREATE TABLE by_hash (id int, email text) PARTITION BY HASH (email)",
        "CREATE TABLE by_hash_0 PARTITION OF by_hash FOR VALUES WITH (modulus 2, remainder 0)",
        "CREATE TABLE by_hash_1 PARTITION OF by_hash FOR VALUES WITH (modulus 2, remainder 1)",
        "CREATE TABLE by_range (id int, last_name text) PARTITION BY RANGE (last_name)",
        "CREATE TABLE by_range_a PARTITION OF by_range FOR VALUES FROM (MINVALUE) TO ('M')",
        "CREATE TABLE by_range_n PARTITION OF by_range FOR VALUES FROM ('M') TO (MAXVALUE)",
        "CREATE SCHEMA \"Odd schema\"",
        "CREATE TABLE by_list (id int, \"at\" date, last_name text) PARTITION BY RANGE (\"at\")",
        "CREATE TABLE \"Odd schema\".\"of 2026\" PARTITION OF by_list FOR VALUES FROM ('2026-01-01') TO ('2027-01-01') PARTITION BY LIST (left(last_name, 1))",
        "CREATE TABLE \"Odd schema\".\"2026 a\" PARTITION OF \"Odd schema\".\"of 2026\" FOR VALUES IN ('A', 'B')",
        "CREATE TABLE \"Odd schema\".\"2026 rest\" PARTITION OF \"Odd schema\".\"of 2026\" DEFAULT",
        "INSERT INTO by_hash SELECT i, 'ada' || i || '@real.test' FROM generate_series(1, 200) i",
        "INSERT INTO by_range SELECT i, chr(64 + i % 26 + 1) || 'king' FROM generate_series(1, 200) i",
        "INSERT INTO by_list SELECT id, '2026-05-05', last_name FROM by_range"
    };

    private static final String[] MOODS = {
        "CREATE TYPE mood AS ENUM ('well', 'so so', 'bad')",
        "CREATE TABLE feeling (id int, mood mood) PARTITION BY HASH (mood)",
        "CREATE TABLE feeling_0 PARTITION OF feeling FOR VALUES WITH (modulus 3, remainder 0)",
        "CREATE TABLE feeling_1 PARTITION OF feeling FOR VALUES WITH (modulus 3, remainder 1)",
        "CREATE TABLE feeling_2 PARTITION OF feeling FOR VALUES WITH (modulus 3, remainder 2)",
        "INSERT INTO feeling SELECT i, (enum_range(NULL::mood))[i % 3 + 1] FROM generate_series(1, 90) i",
        "CREATE TABLE visit (id int, kinds mood[]) PARTITION BY HASH (kinds)",
        "CREATE TABLE visit_0 PARTITION OF visit FOR VALUES WITH (modulus 2, remainder 0)",
        "CREATE TABLE visit_1 PARTITION OF visit FOR VALUES WITH (modulus 2, remainder 1)",
        "INSERT INTO visit SELECT i, ARRAY[(enum_range(NULL::mood))[i % 3 + 1]] FROM generate_series(1, 30) i"
    };

    @TempDir
    Path home;

    private TestDatabases databases;

    @BeforeEach
    void prepare() {
        databases = new TestDatabases(home);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void maskedValuesGoToThePartitionThatIsTheirs(Way way) throws Exception {
        PostgresDatabase source = made(PEOPLE);

        dev.restage.postgres.PostgresDatabase target = way.copied(way.from(source, databases, home), databases, MASKED);

        for (String table : List.of("by_hash", "by_range", "by_list")) {
            assertThat(TestDatabases.one(target, "SELECT count(*) FROM " + table))
                    .as(table)
                    .isEqualTo("200");
        }
        assertThat(TestDatabases.one(target, "SELECT count(*) FROM by_hash WHERE email LIKE '%@example.test'"))
                .isEqualTo("200");
        assertThat(TestDatabases.one(
                        target, "SELECT count(*) FROM \"Odd schema\".\"2026 a\" WHERE last_name !~ '^[AB]'"))
                .isEqualTo("0");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void labelsOfAnEnumHashOtherwiseInEachDatabase(Way way) throws Exception {
        PostgresDatabase source = made(MOODS);

        dev.restage.postgres.PostgresDatabase target =
                way.copied(way.from(source, databases, home), databases, TestDatabases.UNMASKED);

        assertThat(TestDatabases.all(target, "SELECT mood::text || count(*) FROM feeling GROUP BY mood ORDER BY mood"))
                .containsExactly("well30", "so so30", "bad30");
        assertThat(TestDatabases.one(target, "SELECT count(*) FROM visit")).isEqualTo("30");
    }

    @Test
    void anArchiveWhoseRowsGoThroughTheRootIsRead() throws Exception {
        PostgresDatabase source = made(MOODS);
        Path file = home.resolve("through-root.dump");
        ClientPrograms.atLeast(18).dump(source, "-Fc", "--load-via-partition-root", "-f", file.toString());

        dev.restage.postgres.PostgresDatabase target =
                Way.IN_PLACE.copied(PostgresArchive.of(file, Clock.systemUTC()), databases, TestDatabases.UNMASKED);

        assertThat(TestDatabases.one(target, "SELECT count(*) FROM feeling")).isEqualTo("90");
    }

    @Test
    void pgRestoreReadsAMaskedArchiveOfSuchTables() throws Exception {
        Path file = home.resolve("masked.dump");
        PostgresArchive archive = PostgresArchive.of(file, Clock.systemUTC());
        assertThat(archive.checkCopy(databases.open(made(PEOPLE)), MASKED).problems())
                .isEmpty();
        archive.copyFrom(databases.open(made(PEOPLE)), MASKED, Progress.NONE);
        PostgresDatabase restored = TestDatabases.server().createDatabase(name());

        ClientPrograms.atLeast(18).restore(restored, file, "-O", "-x", "-j", "2");

        assertThat(TestDatabases.one(databases.open(restored), "SELECT count(*) FROM by_hash"))
                .isEqualTo("200");
        assertThat(TestDatabases.one(databases.open(restored), "SELECT count(*) FROM by_list"))
                .isEqualTo("200");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aMaskedValueForWhichThereMayBeNoPartitionIsInThePreview(Way way) throws Exception {
        PostgresDatabase source = made(
                "CREATE TABLE gap (id int, last_name text) PARTITION BY RANGE (last_name)",
                "CREATE TABLE gap_a PARTITION OF gap FOR VALUES FROM ('A') TO ('N')",
                "CREATE TABLE gap_n PARTITION OF gap FOR VALUES FROM ('N') TO (MAXVALUE)",
                "CREATE TABLE listed (id int, last_name text) PARTITION BY LIST (last_name)",
                "CREATE TABLE listed_a PARTITION OF listed FOR VALUES IN ('King')",
                "CREATE TABLE halved (id int, email text) PARTITION BY HASH (email)",
                "CREATE TABLE halved_0 PARTITION OF halved FOR VALUES WITH (modulus 2, remainder 0)");
        dev.restage.postgres.PostgresDatabase target = databases.empty();

        List<String> problems =
                target.checkCopy(way.from(source, databases, home), MASKED).problems();

        assertThat(problems)
                .hasSize(3)
                .anyMatch(problem -> problem.startsWith("public.gap is partitioned by last_name, which is masked"))
                .anyMatch(problem -> problem.startsWith("public.listed is partitioned by last_name"))
                .allMatch(problem -> problem.contains("give it a DEFAULT partition"));
        assertThat(target.checkCopy(way.from(source, databases, home), TestDatabases.UNMASKED)
                        .problems())
                .isEmpty();
    }

    @Test
    void rowsOfTextInAnotherOrderGoThroughTheRoot() throws Exception {
        PostgresDatabase source = inCollation("C");
        TestDatabases.run(
                source,
                "CREATE TABLE word (id int, word text) PARTITION BY RANGE (word)",
                "CREATE TABLE word_1 PARTITION OF word FOR VALUES FROM (MINVALUE) TO ('a')",
                "CREATE TABLE word_2 PARTITION OF word FOR VALUES FROM ('a') TO (MAXVALUE)",
                "INSERT INTO word VALUES (1, 'Zebra'), (2, 'ant'), (3, 'Bee')");
        PostgresDatabase made = inCollation("en-US-x-icu");
        dev.restage.postgres.PostgresDatabase target = databases.open(made);

        target.copyFrom(databases.open(source), TestDatabases.UNMASKED, Progress.NONE);

        assertThat(TestDatabases.one(target, "SELECT string_agg(word, ' ' ORDER BY id) FROM word_2"))
                .isEqualTo("Zebra ant Bee");
    }

    /** A database whose text is ordered as a collation has it. */
    private static PostgresDatabase inCollation(String collation) throws SQLException {
        PostgresDatabase made = TestDatabases.server().createDatabase(name());
        String options = collation.equals("C")
                ? "LOCALE_PROVIDER libc LOCALE 'C'"
                : "LOCALE_PROVIDER icu ICU_LOCALE 'en-US' LOCALE 'C'";
        try (Connection connection = TestDatabases.server().connectAsSuperuser("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE " + made.name());
            statement.execute("CREATE DATABASE %s OWNER %s TEMPLATE template0 ENCODING 'UTF8' %s"
                    .formatted(made.name(), made.user(), options));
        }
        return made;
    }

    private static PostgresDatabase made(String... statements) throws SQLException {
        PostgresDatabase made = TestDatabases.server().createDatabase(name());
        TestDatabases.run(made, statements);
        return made;
    }

    private static String name() {
        return "part_" + UUID.randomUUID().toString().substring(0, 8);
    }
}
