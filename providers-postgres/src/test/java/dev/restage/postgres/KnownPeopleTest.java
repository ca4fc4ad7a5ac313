package dev.restage.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.masking.MaskingPolicy;
import dev.restage.masking.value.Mask;
import dev.restage.postgres.testing.ClientPrograms;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.Secret;
import dev.restage.provider.database.CopyOptions;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** People whom the rows of a source have, and whom its schema names: the preview knows them before anything is copied. */
class KnownPeopleTest {

    private static final String[] PEOPLE = {
        "CREATE TABLE person (id int PRIMARY KEY, name text, first text, last text, login text, phone text, title text)",
        "INSERT INTO person VALUES (1, 'Ada King', NULL, NULL, NULL, NULL, NULL),"
                + " (2, NULL, 'Grace', 'Hopper', 'hopper1906', '07700 900123', NULL),"
                + " (3, 'Jörg Müller', NULL, NULL, NULL, NULL, NULL)"
    };

    /** Objects that name one of them, by their place. */
    private static final Map<String, String> NAMING = cases("""
            COMMENT public.TABLE noted | CREATE TABLE noted (a int); COMMENT ON TABLE noted IS 'ask Ada King'
            TYPE public.mood           | CREATE TYPE mood AS ENUM ('Ada King', 'sad')
            VIEW public.v              | CREATE VIEW v AS SELECT id FROM person WHERE title = 'ADA KING'
            FUNCTION public.f()        | CREATE FUNCTION f() RETURNS int LANGUAGE sql AS '/* King, Ada wants it */ SELECT 1'
            CHECK CONSTRAINT public.checked checked_a_check | CREATE TABLE checked (a text CHECK (a <> 'Ada King'))
            DEFAULT public.usual a     | CREATE TABLE usual (a text DEFAULT 'ada.king')
            POLICY public.person p     | CREATE POLICY p ON person USING (title = 'Ada King')
            TABLE ATTACH public.one    | CREATE TABLE r (a text) PARTITION BY LIST (a); CREATE TABLE one PARTITION OF r FOR VALUES IN ('Ada King')
            SCHEMA ada_king            | CREATE SCHEMA ada_king
            CHECK CONSTRAINT public.d d_check | CREATE DOMAIN d AS text CHECK (VALUE <> 'Grace Hopper')
            INDEX public.i             | CREATE INDEX i ON person (id) WHERE title = 'Hopper, Grace'
            COMMENT public.VIEW said   | CREATE VIEW said AS SELECT 1 AS a; COMMENT ON VIEW said IS 'made by hopper1906'
            COMMENT public.TABLE person | COMMENT ON TABLE person IS 'call 447700900123'
            COMMENT SCHEMA public      | COMMENT ON SCHEMA public IS 'ask Ada King'
            FUNCTION public.g()        | CREATE FUNCTION g() RETURNS text LANGUAGE plpgsql AS $$BEGIN RETURN 'Jorg Muller'; END$$
            FUNCTION public.h()        | CREATE FUNCTION h() RETURNS text LANGUAGE plpgsql AS $$BEGIN RETURN 'JÖRG MÜLLER'; END$$
            """);

    /** Comments whose words are not somebody's. */
    private static final Map<String, String> OTHER_WORDS = cases("""
            COMMENT public.TABLE likes    | CREATE TABLE likes (a int); COMMENT ON TABLE likes IS 'Ada likes Mr King'
            COMMENT public.COLUMN king.a  | CREATE TABLE king (a int); COMMENT ON COLUMN king.a IS 'Ada'
            COMMENT public.TABLE god      | CREATE TABLE god (a int); COMMENT ON TABLE god IS 'the Grace of God'
            COMMENT public.TABLE number   | CREATE TABLE number (a int); COMMENT ON TABLE number IS 'as 447700900124 says'
            """);

    /** Tables that show rows with somebody whom nothing else shows, and say so; what they are called must not matter. */
    private static final Map<String, String> SHOWING = cases("""
            Mary Seacole | CREATE TABLE page (body text COLLATE no_case, tags text[]); INSERT INTO page VALUES ('The chair is Mary  Seacole.', '{}'); COMMENT ON TABLE page IS 'ask Mary Seacole'
            Emmy Noether | CREATE TABLE p (body text); INSERT INTO p VALUES ('The chair is Emmy Noether.'); COMMENT ON TABLE p IS 'ask Emmy Noether'
            Lise Meitner | CREATE TABLE other.page (i text); INSERT INTO other.page VALUES ('The chair is Lise Meitner.'); COMMENT ON TABLE other.page IS 'ask Lise Meitner'
            Marie Curie  | CREATE TABLE third.page (p text); INSERT INTO third.page VALUES ('The chair is Marie Curie.'); COMMENT ON TABLE third.page IS 'ask Marie Curie'
            Rosa Parks   | CREATE TABLE kept (kept text, shown text); INSERT INTO kept VALUES ('The chair is', 'Rosa Parks.'); COMMENT ON TABLE kept IS 'ask Rosa Parks'
            Jane Goodall | CREATE TABLE pattern (regex text, number text); INSERT INTO pattern VALUES ('Jane Goodall', '1'); COMMENT ON TABLE pattern IS 'ask Jane Goodall'
            """);

    @TempDir
    private static Path home;

    private static TestDatabases databases;
    private static PostgresDatabase source;
    private static PostgresDatabase target;

    @BeforeAll
    static void load() throws SQLException {
        databases = new TestDatabases(home);
        target = databases.empty();
        source = databases.holding(PEOPLE);
        TestDatabases.run(
                source,
                "CREATE COLLATION no_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false)",
                "CREATE SCHEMA other; CREATE SCHEMA third");
        for (Map<String, String> cases : List.of(NAMING, OTHER_WORDS, SHOWING)) {
            TestDatabases.run(source, cases.values().toArray(String[]::new));
        }
        int id = 10;
        for (String name : SHOWING.keySet()) {
            TestDatabases.run(source, "INSERT INTO person (id, name) VALUES (%d, '%s')".formatted(id++, name));
        }
    }

    /** And no other words, nor who is public because a kept column shows the name. */
    @Test
    void areRefusedByPlace() {
        for (MaskingPolicy.Builder policy : List.of(masking(), masking().lenient())) {
            List<String> problems = problems(source, policy);

            assertThat(problems)
                    .extracting(KnownPeopleTest::place)
                    .containsExactlyInAnyOrderElementsOf(NAMING.keySet())
                    .doesNotContainAnyElementsOf(OTHER_WORDS.keySet());
            assertThat(problems)
                    .allSatisfy(problem -> assertThat(problem)
                            .contains(
                                    " holds what public.person.",
                                    " of somebody and the policy masks: ",
                                    "leaveObjects(\"" + place(problem) + "\")",
                                    "keepObjects(\"" + place(problem) + "\")")
                            .doesNotContainIgnoringCase("ada king\"", "hopper1906", "900123"));
        }
    }

    @Test
    void areRefusedUntilTheObjectIsLeftOrDeclaredAsSafe() throws SQLException {
        String[] places = NAMING.keySet().toArray(String[]::new);

        assertThat(problems(source, masking().leaveObjects(places))).isEmpty();
        PostgresDatabase copied = databases.empty();
        copied.copyFrom(source, options(masking().keepObjects(places)), Progress.NONE);

        assertThat(TestDatabases.one(copied, "SELECT count(*) FROM person WHERE name IN ('Ada King', 'Jörg Müller')"))
                .isEqualTo("0");
        assertThat(TestDatabases.one(copied, "SELECT obj_description('page'::regclass)"))
                .isEqualTo("ask Mary Seacole");
    }

    @Test
    void whomNoMaskReplacesIsNobodyToLookFor() {
        assertThat(problems(
                        source,
                        MaskingPolicy.builder()
                                .mask("person", "phone", Mask.phone())
                                .keep("person", "*")))
                .singleElement()
                .asString()
                .startsWith("COMMENT public.TABLE person holds what public.person.phone holds");
    }

    /** Of each kind in which a server can store text. Source: PostgreSQL documentation, "Character Set Support". */
    @ParameterizedTest
    @CsvSource({
        "SQL_ASCII, ADA KING, Ada King",
        "LATIN2, ADA KING, Ada King",
        "LATIN10, ADA KING, Ada King",
        "ISO_8859_6, ADA KING, Ada King",
        "KOI8U, ADA KING, Ada King",
        "WIN874, ADA KING, Ada King",
        "EUC_CN, ADA KING, Ada King",
        "EUC_JIS_2004, ADA KING, Ada King",
        "EUC_TW, ADA KING, Ada King",
        "LATIN1, Jörg Müller, Jörg Müller",
        "LATIN5, İbrahim Şahin, İbrahim Şahin",
        "WIN1252, Šarka Ÿork, Šarka Ÿork",
        "EUC_JP, Jörg Müller, Jörg Müller",
        "KOI8R, Анна Каренина, Анна Каренина",
        "ISO_8859_7, Ελένη Παππά, Ελένη Παππά",
        "WIN1251, Юрий Ґонта, Юрий Ґонта",
        "EUC_KR, Анна Каренина, Анна Каренина"
    })
    void areKnownInEncodingsOfEveryKind(String encoding, String name, String named) throws SQLException {
        dev.restage.sandbox.server.PostgresDatabase made = TestDatabases.encoded(encoding);
        TestDatabases.run(
                made,
                "CREATE TABLE person (name text)",
                "INSERT INTO person VALUES ('%s')".formatted(name),
                "CREATE TABLE page (title text)",
                "INSERT INTO page VALUES ('About us')",
                "COMMENT ON TABLE person IS 'ask %s'".formatted(named));

        assertThat(problems(databases.open(made), MaskingPolicy.builder().mask("person", "name", Mask.fullName())))
                .singleElement()
                .asString()
                .startsWith("COMMENT public.TABLE person holds what public.person.name holds of somebody");
    }

    /** Others in each table, so that none finds those of another. */
    @Test
    void areFoundWhateverTheirTableAndColumnAreCalled() throws SQLException {
        PostgresDatabase named = databases.empty();
        MaskingPolicy.Builder policy = MaskingPolicy.builder();
        List<String> expected = new ArrayList<>();
        for (String name : List.of("r", "s", "t", "v", "words", "place")) {
            String number = "7700 9001%02d".formatted(expected.size());
            TestDatabases.run(
                    named,
                    "CREATE TABLE %1$s (%1$s text, w text)".formatted(name),
                    "INSERT INTO %1$s VALUES ('Ada%1$s King', '0%2$s')".formatted(name, number),
                    "COMMENT ON TABLE %1$s IS 'ask Ada%1$s King'".formatted(name),
                    "COMMENT ON COLUMN %s.w IS 'call 44%s'".formatted(name, number.replace(" ", "")));
            policy.mask(name, name, Mask.fullName()).mask(name, "w", Mask.phone());
            expected.add("COMMENT public.TABLE %1$s holds what public.%1$s.%1$s".formatted(name));
            expected.add("COMMENT public.COLUMN %1$s.w holds what public.%1$s.w".formatted(name));
        }

        assertThat(problems(named, policy))
                .extracting(problem -> problem.replaceAll(" holds of somebody.*", ""))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void areFoundWhateverStandsBetweenTheirWords() throws SQLException {
        Map<String, String> written = cases("""
                Ada\\00a0King            | ask Ada King
                Conan O\\2019Brien       | ask Conan O''Brien
                Eve|Stone                | ask Eve Stone
                Mary Seacole <CEO>       | ask Mary Seacole, CEO
                Emmy Noether !           | ask Emmy Noether
                \\00abLise Meitner\\00bb  | ask Lise Meitner
                Marie Curie\\000d\\000a   | ask Marie Curie
                Rosa\\3000Parks          | ask Rosa Parks
                \\201cJane\\201d\\2003Goodall | ask Jane Goodall
                Ida\\001f{Rhodes}~       | ask Ida Rhodes
                `Joan`\\005cClarke$      | ask Joan Clarke
                """);
        PostgresDatabase spelled = databases.holding("CREATE TABLE person (name text)");
        List<String> expected = new ArrayList<>();
        for (Map.Entry<String, String> one : written.entrySet()) {
            String table = one.getValue().replaceAll("\\W", "").toLowerCase(Locale.ROOT);
            TestDatabases.run(
                    spelled,
                    "INSERT INTO person VALUES (U&'%s')".formatted(one.getKey()),
                    "CREATE TABLE %1$s (); COMMENT ON TABLE %1$s IS '%2$s'".formatted(table, one.getValue()));
            expected.add("COMMENT public.TABLE %s holds what public.person.name holds".formatted(table));
        }

        assertThat(problems(spelled, MaskingPolicy.builder().mask("person", "name", Mask.fullName())))
                .extracting(problem -> problem.replaceAll(" of somebody.*", ""))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void ofAnArchiveAreFoundByTheProofWhichNamesThePlace() throws Exception {
        dev.restage.sandbox.server.PostgresDatabase made =
                TestDatabases.server().createDatabase("people_of_an_archive");
        TestDatabases.run(made, PEOPLE);
        TestDatabases.run(made, "COMMENT ON TABLE person IS 'ask Grace Hopper'");
        Path dump = home.resolve("people.dump");
        ClientPrograms.newest().dump(made, "-Fc", "-f", dump.toString());
        PostgresArchive archive = PostgresArchive.of(dump, Clock.systemUTC());
        PostgresDatabase copied = databases.empty();

        assertThat(copied.checkCopy(archive, options(masking())).problems()).isEmpty();
        assertThatThrownBy(() -> copied.copyFrom(archive, options(masking()), Progress.NONE))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("leaveObjects(\"COMMENT public.TABLE person\")");
        copied.copyFrom(archive, options(masking().leaveObjects("COMMENT public.TABLE person")), Progress.NONE);

        assertThat(TestDatabases.one(copied, "SELECT obj_description('person'::regclass)"))
                .isEqualTo("null");
    }

    private static List<String> problems(PostgresDatabase source, MaskingPolicy.Builder policy) {
        return target.checkCopy(source, options(policy)).problems();
    }

    private static String place(String problem) {
        return problem.substring(0, problem.indexOf(" holds "));
    }

    /** A key and a text in each line, in their order. */
    private static Map<String, String> cases(String lines) {
        Map<String, String> cases = new LinkedHashMap<>();
        lines.lines().map(line -> line.split(" +\\| ", 2)).forEach(line -> cases.put(line[0], line[1]));
        return cases;
    }

    private static MaskingPolicy.Builder masking() {
        return MaskingPolicy.builder()
                .mask("person", "name", Mask.fullName())
                .mask("person", "first", Mask.firstName())
                .mask("person", "last", Mask.lastName())
                .mask("person", "login", Mask.username("example.com"))
                .mask("person", "phone", Mask.phone());
    }

    private static CopyOptions options(MaskingPolicy.Builder policy) {
        return new CopyOptions(policy.keep("*", "*").build(), Secret.of("a key that is long enough for masking"));
    }
}
