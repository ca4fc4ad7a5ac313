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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** People whom the rows of a source have, and whom its schema names: the preview knows them before anything is copied. */
class KnownPeopleTest {

    private static final String[] PEOPLE = {
        "CREATE TABLE person (id int PRIMARY KEY, name text, first text, last text, login text, phone text, title text)",
        "INSERT INTO person VALUES (1, 'Ada King', NULL, NULL, NULL, NULL, NULL),"
                + " (2, NULL, 'Grace', 'Hopper', 'hopper1906', '07700 900123', NULL),"
                + " (3, 'Jörg Müller', NULL, NULL, NULL, NULL, NULL)"
    };

    @TempDir
    Path home;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            COMMENT public.TABLE t     | CREATE TABLE t (a int); COMMENT ON TABLE t IS 'ask Ada King'
            TYPE public.mood           | CREATE TYPE mood AS ENUM ('Ada King', 'sad')
            VIEW public.v              | CREATE VIEW v AS SELECT id FROM person WHERE title = 'ADA KING'
            FUNCTION public.f()        | CREATE FUNCTION f() RETURNS int LANGUAGE sql AS '/* King, Ada wants it */ SELECT 1'
            CHECK CONSTRAINT public.t t_a_check | CREATE TABLE t (a text CHECK (a <> 'Ada King'))
            DEFAULT public.t a         | CREATE TABLE t (a text DEFAULT 'ada.king')
            POLICY public.person p     | CREATE POLICY p ON person USING (title = 'Ada King')
            TABLE ATTACH public.one    | CREATE TABLE r (a text) PARTITION BY LIST (a); CREATE TABLE one PARTITION OF r FOR VALUES IN ('Ada King')
            SCHEMA ada_king            | CREATE SCHEMA ada_king
            CHECK CONSTRAINT public.d d_check | CREATE DOMAIN d AS text CHECK (VALUE <> 'Grace Hopper')
            INDEX public.i             | CREATE INDEX i ON person (id) WHERE title = 'Hopper, Grace'
            COMMENT public.VIEW v      | CREATE VIEW v AS SELECT 1 AS a; COMMENT ON VIEW v IS 'made by hopper1906'
            COMMENT public.TABLE person | COMMENT ON TABLE person IS 'call 447700900123'
            COMMENT SCHEMA public      | COMMENT ON SCHEMA public IS 'ask Ada King'
            FUNCTION public.g()        | CREATE FUNCTION g() RETURNS text LANGUAGE plpgsql AS $$BEGIN RETURN 'Jorg Muller'; END$$
            FUNCTION public.h()        | CREATE FUNCTION h() RETURNS text LANGUAGE plpgsql AS $$BEGIN RETURN 'JÖRG MÜLLER'; END$$
            """)
    void areRefusedByPlaceUntilTheObjectIsLeftOrDeclaredAsSafe(String place, String statement) throws SQLException {
        TestDatabases databases = new TestDatabases(home);
        PostgresDatabase source = databases.holding(PEOPLE);
        TestDatabases.run(source, statement);
        PostgresDatabase target = databases.empty();

        for (MaskingPolicy.Builder policy :
                new MaskingPolicy.Builder[] {masking(), masking().lenient()}) {
            assertThat(target.checkCopy(source, options(policy)).problems())
                    .singleElement()
                    .asString()
                    .startsWith(place + " holds what public.person.")
                    .contains(
                            " of somebody and the policy masks: ",
                            "leaveObjects(\"" + place + "\")",
                            "keepObjects(\"" + place + "\")")
                    .doesNotContainIgnoringCase("ada king\"", "hopper1906", "900123");
        }
        assertThat(target.checkCopy(source, options(masking().leaveObjects(place)))
                        .problems())
                .isEmpty();
        target.copyFrom(source, options(masking().keepObjects(place)), Progress.NONE);

        assertThat(TestDatabases.one(target, "SELECT count(*) FROM person WHERE name IN ('Ada King', 'Jörg Müller')"))
                .isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "COMMENT ON TABLE person IS 'Ada likes Mr King'",
                "CREATE TABLE king (a int); COMMENT ON COLUMN king.a IS 'Ada'",
                "COMMENT ON TABLE person IS 'the Grace of God'",
                "COMMENT ON TABLE person IS 'as 447700900124 says'"
            })
    void wordsThatAreNotSomebodysAreNoReasonToRefuse(String statement) throws SQLException {
        TestDatabases databases = new TestDatabases(home);
        PostgresDatabase source = databases.holding(PEOPLE);
        TestDatabases.run(source, statement);

        assertThat(databases.empty().checkCopy(source, options(masking())).problems())
                .isEmpty();
    }

    /** Of each kind in which a server can store text. Source: PostgreSQL documentation, "Character Set Support". */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SQL_ASCII",
                "LATIN2",
                "LATIN10",
                "ISO_8859_6",
                "KOI8U",
                "WIN874",
                "EUC_CN",
                "EUC_JIS_2004",
                "EUC_TW"
            })
    void areKnownInEncodingsOfEveryKind(String encoding) throws SQLException {
        TestDatabases databases = new TestDatabases(home);
        dev.restage.sandbox.server.PostgresDatabase made = TestDatabases.encoded(encoding);
        TestDatabases.run(
                made,
                "CREATE TABLE person (name text)",
                "INSERT INTO person VALUES ('ADA KING')",
                "COMMENT ON TABLE person IS 'ask Ada King'");

        assertThat(databases
                        .empty()
                        .checkCopy(
                                databases.open(made),
                                options(MaskingPolicy.builder().mask("person", "name", Mask.fullName())))
                        .problems())
                .singleElement()
                .asString()
                .startsWith("COMMENT public.TABLE person holds what public.person.name holds of somebody");
    }

    @ParameterizedTest
    @CsvSource({
        "LATIN1, Jörg Müller",
        "LATIN5, İbrahim Şahin",
        "WIN1252, Šarka Ÿork",
        "EUC_JP, Jörg Müller",
        "KOI8R, Анна Каренина",
        "ISO_8859_7, Ελένη Παππά",
        "WIN1251, Юрий Ґонта",
        "EUC_KR, Анна Каренина"
    })
    void areKnownByLettersOfAnEncoding(String encoding, String name) throws SQLException {
        TestDatabases databases = new TestDatabases(home);
        dev.restage.sandbox.server.PostgresDatabase made = TestDatabases.encoded(encoding);
        TestDatabases.run(
                made,
                "CREATE TABLE person (name text)",
                "INSERT INTO person VALUES ('%s')".formatted(name),
                "CREATE TABLE page (title text)",
                "INSERT INTO page VALUES ('About us')",
                "COMMENT ON TABLE person IS 'ask %s'".formatted(name));

        assertThat(databases
                        .empty()
                        .checkCopy(
                                databases.open(made),
                                options(MaskingPolicy.builder()
                                        .mask("person", "name", Mask.fullName())
                                        .keep("page", "title")))
                        .problems())
                .singleElement()
                .asString()
                .startsWith("COMMENT public.TABLE person holds what public.person.name holds of somebody");
    }

    @Test
    void namesThatAKeptColumnShowsArePublic() throws SQLException {
        TestDatabases databases = new TestDatabases(home);
        PostgresDatabase source = databases.holding(PEOPLE);
        TestDatabases.run(
                source,
                "COMMENT ON TABLE person IS 'ask Ada King'",
                "CREATE COLLATION no_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false)",
                "CREATE TABLE page (body text COLLATE no_case, tags text[])",
                "INSERT INTO page VALUES ('The chair is Ada  King.', '{}')");

        PostgresDatabase target = databases.empty();
        CopyOptions kept = options(masking().keep("page", "*"));
        assertThat(target.checkCopy(source, kept).problems()).isEmpty();
        target.copyFrom(source, kept, Progress.NONE);

        assertThat(TestDatabases.one(target, "SELECT obj_description('person'::regclass)"))
                .isEqualTo("ask Ada King");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE p (body text); INSERT INTO p VALUES ('The chair is Ada King.')",
                "CREATE TABLE page (i text); INSERT INTO page VALUES ('The chair is Ada King.')",
                "CREATE TABLE page (p text); INSERT INTO page VALUES ('The chair is Ada King.')",
                "CREATE TABLE kept (kept text, shown text); INSERT INTO kept VALUES ('The chair is', 'Ada King.')",
                "CREATE TABLE pattern (regex text, number text); INSERT INTO pattern VALUES ('Ada King', '1')"
            })
    void namesArePublicWhateverTheTablesAndColumnsThatShowThemAreCalled(String shown) throws SQLException {
        TestDatabases databases = new TestDatabases(home);
        PostgresDatabase source = databases.holding(PEOPLE);
        TestDatabases.run(source, "COMMENT ON TABLE person IS 'ask Ada King'", shown);

        assertThat(databases.empty().checkCopy(source, options(masking())).problems())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"r", "s", "t", "v", "words", "place"})
    void areFoundWhateverTheirTableAndColumnAreCalled(String name) throws SQLException {
        TestDatabases databases = new TestDatabases(home);
        PostgresDatabase source = databases.holding(
                "CREATE TABLE %1$s (%1$s text, w text)".formatted(name),
                "INSERT INTO %s VALUES ('Ada King', '07700 900123')".formatted(name),
                "COMMENT ON TABLE %s IS 'ask Ada King'".formatted(name),
                "COMMENT ON COLUMN %s.w IS 'call 07700 900123'".formatted(name));

        assertThat(databases
                        .empty()
                        .checkCopy(
                                source,
                                options(MaskingPolicy.builder()
                                        .mask(name, name, Mask.fullName())
                                        .mask(name, "w", Mask.phone())))
                        .problems())
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            Ada\\00a0King          ; ask Ada King
            Conan O\\2019Brien     ; ask Conan O'Brien
            Ada|King               ; ask Ada King
            Ada King <CEO>         ; ask Ada King, CEO
            Ada King !             ; ask Ada King
            \\00abAda King\\00bb    ; ask Ada King
            Ada King\\000d\\000a    ; ask Ada King
            Ada\\3000King          ; ask Ada King
            \\201cAda\\201d\\2003King ; ask Ada King
            Ada\\001f{King}~       ; ask Ada King
            `Ada`\\005cKing$       ; ask Ada King
            """)
    void areFoundWhateverStandsBetweenTheirWords(String name, String comment) throws SQLException {
        TestDatabases databases = new TestDatabases(home);
        PostgresDatabase source = databases.holding(
                "CREATE TABLE person (name text)",
                "INSERT INTO person VALUES (U&'%s')".formatted(name.replace("\\\\", "\\")),
                "COMMENT ON TABLE person IS '%s'".formatted(comment.replace("'", "''")));

        assertThat(databases
                        .empty()
                        .checkCopy(source, options(MaskingPolicy.builder().mask("person", "name", Mask.fullName())))
                        .problems())
                .singleElement()
                .asString()
                .startsWith("COMMENT public.TABLE person holds what public.person.name holds of somebody");
    }

    @Test
    void whomNoMaskReplacesIsNobodyToLookFor() throws SQLException {
        TestDatabases databases = new TestDatabases(home);
        PostgresDatabase source = databases.holding(PEOPLE);
        TestDatabases.run(source, "COMMENT ON TABLE person IS 'ask Ada King'");

        assertThat(databases
                        .empty()
                        .checkCopy(
                                source,
                                options(MaskingPolicy.builder()
                                        .mask("person", "phone", Mask.phone())
                                        .keep("person", "*")))
                        .problems())
                .isEmpty();
    }

    @Test
    void ofAnArchiveAreFoundByTheProofWhichNamesThePlace() throws Exception {
        TestDatabases databases = new TestDatabases(home);
        dev.restage.sandbox.server.PostgresDatabase made =
                TestDatabases.server().createDatabase("people_of_an_archive");
        TestDatabases.run(made, PEOPLE);
        TestDatabases.run(made, "COMMENT ON TABLE person IS 'ask Grace Hopper'");
        Path dump = home.resolve("people.dump");
        ClientPrograms.newest().dump(made, "-Fc", "-f", dump.toString());
        PostgresArchive source = PostgresArchive.of(dump, Clock.systemUTC());
        PostgresDatabase target = databases.empty();

        assertThat(target.checkCopy(source, options(masking())).problems()).isEmpty();
        assertThatThrownBy(() -> target.copyFrom(source, options(masking()), Progress.NONE))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("leaveObjects(\"COMMENT public.TABLE person\")");
        target.copyFrom(source, options(masking().leaveObjects("COMMENT public.TABLE person")), Progress.NONE);

        assertThat(TestDatabases.one(target, "SELECT obj_description('person'::regclass)"))
                .isEqualTo("null");
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
