package dev.restage.postgres.internal.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.masking.MaskingPolicy;
import dev.restage.masking.value.Mask;
import dev.restage.masking.value.MaskKey;
import dev.restage.postgres.internal.content.Contents;
import dev.restage.postgres.internal.mask.MaskingTransform;
import dev.restage.postgres.internal.session.Query;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.Secret;
import dev.restage.provider.database.CopyOptions;
import dev.restage.provider.database.CopyResult;
import java.sql.Connection;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeakScanTest {

    private static final String PERSONS = """
            CREATE TABLE person (id int, first_name text, last_name text, email text, phone text, login text, note text);
            INSERT INTO person VALUES
              (1, 'Zoë', 'Pennycrumb', 'zoe.pennycrumb@mail.example.org', '+44 7700 900010', 'zoep77xk',
               'Called twice about the sourdough class on Friday'),
              (2, 'Tobias', 'Wrenfield', 'twrenfield@mail.example.org', '020 7946 0024', 'wren-12-field', NULL),
              (3, 'Łucja', 'Pszenicka', 'lucja@mail.example.org', NULL, 'lucja', 'Vegan'),
              (4, 'Rose', 'Baker', 'rb@mail.example.org', '', 'editor', 'Rose Garden');
            """;

    private static final String LEAKS = """
            CREATE TYPE pair AS (a int, b text);
            CREATE DOMAIN words AS text;
            CREATE TABLE leak (plain text, capitals varchar(80), json jsonb, json_in_json text, elements text[], bytes bytea,
                packed bytea, markup xml, search tsvector, base64 text, url text, html text, login words, note text,
                unknown text, unknown_phone text, tuple pair, hash char(60),
                lowered text GENERATED ALWAYS AS (lower(plain)) STORED);
            CREATE TABLE staff (who text, title text);
            INSERT INTO staff VALUES ('Tobias', 'a'), ('Łucja', 'b'), ('Zoë', 'c'), ('?', 'Rose');
            INSERT INTO leak VALUES ('Dear Zoë Pennycrumb, hello', 'PENNYCRUMB, ZOE',
                '{"a": [{"b": "mail to Twrenfield@mail.example.org!"}]}',
                '{"body": "[{\\\\\\"value\\\\\\": \\\\\\"Zo\\\\\\\\u00eb Pennycrumb\\\\\\"}]"}',
                '{one,"call (07700) 900010"}', convert_to('--lucja@mail.example.org--', 'UTF8'),
                '\\x789cf3cc2bcbcf4c4eb55238da589a9c95a810505c959a97999c9da8a360ac90939f58965a0c00f04f0d02',
                '<p>Zoë <b>Pennycrumb</b></p>', to_tsvector('english', 'A portrait of Zoë Pennycrumb, baking'),
                encode(convert_to('cart of Lucja Pszenicka, 3 loaves', 'UTF8'), 'base64'), 'x=1&name=Zo%C3%AB+Pennycrumb',
                'Zo&euml; Pennycrumb', 'seen by zoep77xk', 'called twice about the sourdough class on friday!',
                'write to somebody@elsewhere.example', 'ring (01632) 960017 now', ROW(1, 'x 0207 946 0024'),
                'pbkdf2_sha256$600000$abc$def=');
            CREATE MATERIALIZED VIEW letters AS SELECT plain AS text FROM leak;
            SELECT lo_from_bytea(0, convert_to('Invoice for Tobias Wrenfield', 'UTF8'));
            """;

    /** Everything of which somebody could think that it is personal, and it is not. */
    private static final String PUBLIC = """
            CREATE TABLE page (title text, body text);
            INSERT INTO page VALUES ('Rose Garden', 'By Tobias Wrenfield, editor, press@bakery.example, +44 20 7946 0999');
            CREATE TABLE mixed (a text, b text, c jsonb, d text, e bytea, f text);
            INSERT INTO mixed SELECT 'Rose', 'Rose Garden by Wrenfield Tobias', '{"mail": "press@bakery.example"}',
                'tel +44 20 7946 0999', '\\xffd8ffe000104a46', 'abcdefab-0123-4567-8912-fedcba987654'
                FROM generate_series(1, 3);
            INSERT INTO mixed SELECT 'Lily ' || n, 'Zoe ' || n, to_jsonb(n), '2024-01-0' || n || ' 10:00:00+01', NULL,
                '0.12345678' || n || ' 1' || n || '2345678 masked-' || n || '@example.com +999' || n || '00000000000'
                FROM generate_series(1, 9) n;
            """;

    @Test
    void namesEveryColumnInWhichAMaskedValueSurvived() throws Exception {
        CopiedDatabase databases = new CopiedDatabase(PERSONS + LEAKS);

        Proof proof = copied(databases, policy().lenient().build());
        try (Connection target = databases.target.write()) {
            new Query(target).run("SELECT lo_from_bytea(0, convert_to('Invoice for Tobias Wrenfield', 'UTF8'))");
        }

        assertThatThrownBy(() -> proof.check(databases.target::target, 2, Progress.NONE))
                .isInstanceOfSatisfying(ProviderException.class, failure -> {
                    assertThat(failure.kind()).isEqualTo(ProviderException.Kind.FAILED);
                    assertThat(columns(String.valueOf(failure.getMessage())))
                            .containsExactlyInAnyOrder(
                                    "leak.plain",
                                    "leak.capitals",
                                    "leak.json",
                                    "leak.json_in_json",
                                    "leak.elements",
                                    "leak.bytes",
                                    "leak.packed",
                                    "leak.markup",
                                    "leak.search",
                                    "leak.base64",
                                    "leak.url",
                                    "leak.html",
                                    "leak.login",
                                    "leak.note",
                                    "leak.unknown",
                                    "leak.unknown_phone",
                                    "leak.tuple",
                                    "leak.hash",
                                    "leak.lowered",
                                    "letters.text",
                                    "staff.who",
                                    "pg_largeobject.data");
                    assertThat(failure.getMessage())
                            .contains("mask(\"staff\", \"who\", ...)")
                            .doesNotContainIgnoringCase("pennycrumb")
                            .doesNotContain("@");
                });
    }

    @Test
    void raisesNoAlarmAboutWhatIsPublicOrCommon() throws Exception {
        CopiedDatabase databases = new CopiedDatabase(PERSONS + PUBLIC);

        CopyResult.Proof result = copied(
                        databases, policy().keep("page", "*").lenient().build())
                .check(databases.target::target, 2, Progress.NONE);

        assertThat(result.tables()).isEqualTo(3);
        assertThat(result.columns()).isEqualTo(14);
        assertThat(result.values()).isEqualTo(4 * 7 - 3 + 3 * 6 + 9 * 5);
        assertThat(result.fingerprints()).isGreaterThan(20);
    }

    @Test
    void findsAddressesOfMaskedPeopleEvenIfTheyStandInKeptColumns() throws Exception {
        CopiedDatabase databases = new CopiedDatabase(PERSONS + """
                CREATE TABLE page (body text); CREATE TABLE mixed (a text);
                INSERT INTO page VALUES ('lucja@mail.example.org');
                INSERT INTO mixed VALUES ('lucja@mail.example.org');
                """);

        Proof proof = copied(databases, policy().keep("page", "*").lenient().build());

        assertThatThrownBy(() -> proof.check(databases.target::target, 2, Progress.NONE))
                .satisfies(failure -> assertThat(columns(String.valueOf(failure.getMessage())))
                        .containsExactly("mixed.a"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            COMMENT public.TABLE ticket  | COMMENT ON TABLE ticket IS 'ask Zaneta Wisniewska'
            DEFAULT public.ticket a      | ALTER TABLE ticket ALTER a SET DEFAULT 'lucja@mail.example.org'
            TYPE public.of               | CREATE TYPE of AS ENUM ('Wisniewska Zaneta')
            SEQUENCE SET public.last     | CREATE SEQUENCE last; SELECT setval('last', 48601234567)
            statistics of public.ticket.a | SELECT pg_restore_attribute_stats('schemaname', 'public', 'relname', 'ticket', 'attname', 'a', 'inherited', false, 'null_frac', 0::real, 'avg_width', 9, 'n_distinct', 2::real, 'histogram_bounds', '{a,lucja@mail.example.org}'::text)
            """)
    void namesThePlacesWhereMaskedPeopleStandThatAreNoRows(String place, String statement) throws Exception {
        CopiedDatabase databases = new CopiedDatabase(PERSONS
                + "CREATE TABLE known (name text, phone text); CREATE TABLE ticket (a text);"
                + " INSERT INTO known VALUES ('Zaneta Wisniewska', '+48 601 234 567');");
        MaskingPolicy.Builder policy = policy().mask("known", "name", Mask.fullName())
                .mask("known", "phone", Mask.phone())
                .lenient();
        Proof proof = copied(databases, policy.build());
        try (Connection connection = databases.target.write()) {
            new Query(connection).run(statement);
        }

        assertThatThrownBy(() -> proof.check(databases.target::source, 2, Progress.NONE))
                .hasMessageContainingAll(
                        "in 1 places: " + place + " (1)",
                        place.startsWith("statistics") ? "a rule for each column" : "keepObjects(\"" + place + "\")");
    }

    @Test
    void passesOverObjectsThatAreDeclaredAsSafeAndStatisticsOfKeptColumns() throws Exception {
        CopiedDatabase databases = new CopiedDatabase(PERSONS + "CREATE TABLE ticket (a text, b text);");
        Proof proof = copied(
                databases,
                policy().keep("ticket", "a").keepObjects("COMMENT *").lenient().build());
        try (Connection connection = databases.target.write()) {
            new Query(connection)
                    .run(
                            "COMMENT ON TABLE ticket IS 'lucja@mail.example.org'; SELECT pg_restore_attribute_stats('schemaname',"
                                    + " 'public', 'relname', 'ticket', 'attname', 'a', 'inherited', false, 'null_frac', 0::real,"
                                    + " 'avg_width', 9, 'n_distinct', 2::real, 'histogram_bounds', '{a,lucja@mail.example.org}'::text)");
        }

        assertThat(proof.check(databases.target::source, 2, Progress.NONE).fingerprints())
                .isPositive();
    }

    @Test
    void searchesNothingWherePoliciesMaskNothing() throws Exception {
        CopiedDatabase databases = new CopiedDatabase(PERSONS);

        CopyResult.Proof result =
                copied(databases, MaskingPolicy.none()).check(databases.target::target, 2, Progress.NONE);

        assertThat(result.columns()).isZero();
    }

    private static Proof copied(CopiedDatabase databases, MaskingPolicy policy) throws Exception {
        Contents contents = databases.contents();
        Proof proof = Proof.start(new CopyOptions(policy, Secret.of("key")), contents, Proof.Texts.ALIKE);
        databases.copy(
                contents,
                proof.watch(
                        new MaskingTransform(policy.resolve(contents.shape()), MaskKey.of("key"), proof::replaced)));
        return proof;
    }

    private static MaskingPolicy.Builder policy() {
        return MaskingPolicy.builder()
                .mask("person", "first_name", Mask.firstName())
                .mask("person", "last_name", Mask.lastName())
                .mask("person", "email", Mask.email("example.com"))
                .mask("person", "phone", Mask.phone())
                .mask("person", "login", Mask.username("example.com"))
                .mask("person", "note", Mask.freeText());
    }

    static Set<String> columns(String message) {
        Set<String> columns = new TreeSet<>();
        for (Matcher column = Pattern.compile("(?:public|pg_catalog)\\.(\\w+\\.\\w+) \\(\\d+\\)")
                        .matcher(message);
                column.find(); ) {
            columns.add(column.group(1));
        }
        return columns;
    }
}
