package dev.restage.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.masking.MaskingPolicy;
import dev.restage.masking.value.Mask;
import dev.restage.provider.Progress;
import dev.restage.provider.Secret;
import dev.restage.provider.database.CopyOptions;
import dev.restage.provider.database.CopyOptions.Extra;
import dev.restage.provider.database.Dataset;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** People and passwords that stand in the schema rather than in rows. */
class PeopleInDefinitionsTest {

    private static final String TABLE = "CREATE TABLE t (id int PRIMARY KEY, note text)";

    /** Places, and what makes somebody stand there. */
    private static final Map<String, String> PLACES = """
            DEFAULT public.t note | ALTER TABLE t ALTER note SET DEFAULT 'call Ada King, ada@acme.test'
            COMMENT public.TABLE t | COMMENT ON TABLE t IS 'ask +44 7700 900123'
            COMMENT public.COLUMN t.note | COMMENT ON COLUMN t.note IS 'ada@acme.test wants this'
            TYPE public.mood | CREATE TYPE mood AS ENUM ('ada@acme.test', 'sad')
            CHECK CONSTRAINT public.u u_a_check | CREATE TABLE u (a text CHECK (a <> 'ada@acme.test'))
            VIEW public.v | CREATE VIEW v AS SELECT * FROM t WHERE note = 'ada@acme.test'
            FUNCTION public.f() | CREATE FUNCTION f() RETURNS text LANGUAGE plpgsql AS $$BEGIN RETURN 'ada@acme.test'; END$$
            POLICY public.t p | CREATE POLICY p ON t USING (note = 'ada@acme.test')
            TABLE ATTACH public.one | CREATE TABLE r (a text) PARTITION BY LIST (a); CREATE TABLE one PARTITION OF r FOR VALUES IN ('ada@acme.test')
            DEFAULT public.address | CREATE DOMAIN address AS text DEFAULT 'ada@acme.test'
            CHECK CONSTRAINT public.checked checked_check | CREATE DOMAIN checked AS text CHECK (VALUE <> 'ada@acme.test')
            INDEX public.i | CREATE INDEX i ON t (id) WHERE note = 'ada@acme.test'
            RULE public.t r | CREATE RULE r AS ON INSERT TO t WHERE NEW.note = 'ada@acme.test' DO INSTEAD NOTHING
            STATISTICS public.s | CREATE STATISTICS s ON id, replace(note, 'ada@acme.test', '') FROM t
            TRIGGER public.t g | CREATE TRIGGER g BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger('ada@acme.test')
            TABLE public.ada@acme.test | CREATE TABLE "ada@acme.test" (a int)
            """.lines()
            .map(line -> line.split(" \\| "))
            .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));

    private static TestDatabases databases;
    private static Path home;
    private static dev.restage.sandbox.server.PostgresDatabase checks;

    @BeforeAll
    static void make(@TempDir Path folder) throws SQLException {
        home = folder;
        databases = new TestDatabases(home);
        checks = TestDatabases.made(TestDatabases.server());
        TestDatabases.run(
                checks,
                "CREATE DOMAIN named AS text DEFAULT 'x' CONSTRAINT \"not Ada\" CHECK (VALUE <> 'ada@acme.test') CONSTRAINT short"
                        + " CHECK (length(VALUE) < 30) NOT NULL",
                "CREATE TABLE member (id int CONSTRAINT \"positive, (really)\" CHECK (id > 0), mail text DEFAULT 'a,b'"
                        + " CONSTRAINT known CHECK (mail LIKE '%@acme.test' OR mail = ANY (ARRAY['ada@acme.test', '('])), n named,"
                        + " CHECK (id < 99) NO INHERIT)",
                "CREATE TABLE log (at int, mail text, CONSTRAINT ours CHECK (mail <> 'ada@acme.test')) PARTITION BY LIST (at)",
                "CREATE TABLE log_1 PARTITION OF log FOR VALUES IN (1)",
                "INSERT INTO member VALUES (1, 'ada@acme.test', 'n')",
                "INSERT INTO log VALUES (1, 'x')");
    }

    @Test
    void anAddressOrANumberIsRefusedByPlaceUntilItIsDeclaredAsSafe() throws SQLException {
        PostgresDatabase source = databases.holding(TABLE, String.join(";", PLACES.values()));

        assertThat(problems(source, MaskingPolicy.builder()))
                .allSatisfy(problem -> assertThat(problem)
                        .contains("leaveObjects(\"" + place(problem) + "\")", "keepObjects(\"" + place(problem) + "\")")
                        .doesNotContain("acme.test:", "900123"))
                .extracting(PeopleInDefinitionsTest::place)
                .containsExactlyInAnyOrderElementsOf(PLACES.keySet());
        assertThat(TestDatabases.onlyChecked()
                        .checkCopy(source, options(MaskingPolicy.builder().lenient()))
                        .notes())
                .extracting(PeopleInDefinitionsTest::place)
                .containsAll(PLACES.keySet());
        List<String> places = List.copyOf(PLACES.keySet());
        List<String> some = places.subList(0, 8);
        List<String> others = places.subList(8, places.size());
        assertThat(problems(source, MaskingPolicy.builder().keepObjects(some.toArray(String[]::new))))
                .extracting(PeopleInDefinitionsTest::place)
                .containsExactlyInAnyOrderElementsOf(others);
        assertThat(problems(source, MaskingPolicy.builder().keepObjects(others.toArray(String[]::new))))
                .extracting(PeopleInDefinitionsTest::place)
                .containsExactlyInAnyOrderElementsOf(some);
    }

    private static List<String> problems(PostgresDatabase source, MaskingPolicy.Builder policy) {
        return TestDatabases.onlyChecked().checkCopy(source, options(policy)).problems();
    }

    private static String place(String sentence) {
        return sentence.replaceFirst(" holds (what looks like|a password: ).*", "");
    }

    @Test
    void defaultsAndCommentsCanBeLeftBehind() throws SQLException {
        PostgresDatabase source = databases.holding(
                TABLE,
                "ALTER TABLE t ALTER note SET DEFAULT 'call ada@acme.test, or (so)', ADD at timestamptz DEFAULT now() NOT NULL,"
                        + " ADD code varchar(3) COLLATE \"C\" DEFAULT 'a,b' CHECK (code <> 'x'), ADD n serial",
                "COMMENT ON TABLE t IS 'ask ada@acme.test'",
                "CREATE DOMAIN address AS text DEFAULT 'ada@acme.test' NOT NULL CHECK (VALUE <> '')",
                "INSERT INTO t (id) VALUES (1)");
        PostgresDatabase target = databases.empty();
        MaskingPolicy.Builder policy = MaskingPolicy.builder()
                .leaveObjects("COMMENT *", "DEFAULT public.t note", "DEFAULT public.t code", "DEFAULT public.address");

        target.copyFrom(source, options(policy.keep("*", "*")), Progress.NONE);

        assertThat(TestDatabases.all(
                        target,
                        "SELECT column_name || ' ' || COALESCE(column_default, '-') || ' ' || is_nullable"
                                + " FROM information_schema.columns WHERE table_name = 't' ORDER BY ordinal_position"))
                .containsExactly(
                        "id - NO", "note - YES", "at now() NO", "code - YES", "n nextval('t_n_seq'::regclass) NO");
        assertThat(TestDatabases.one(target, "SELECT typdefault FROM pg_type WHERE typname = 'address' AND typnotnull"))
                .isEqualTo("null");
        assertThat(
                        TestDatabases.one(
                                target,
                                "SELECT count(*) FROM pg_constraint WHERE contype = 'c' AND connamespace = 'public'::regnamespace"))
                .isEqualTo("2");
        assertThat(TestDatabases.one(target, "SELECT obj_description('t'::regclass)"))
                .isEqualTo("null");
    }

    @Test
    void aPasswordIsRefusedWithoutBeingPrinted() throws SQLException {
        PostgresDatabase source = databases.open(TestDatabases.made(TestDatabases.server()));
        TestDatabases.run(
                source,
                TABLE,
                "CREATE FUNCTION f() RETURNS text LANGUAGE plpgsql AS $$BEGIN RETURN 'host=crm user=u password=s3cret'; END$$",
                "CREATE VIEW v AS SELECT 'postgres://u:s3cret@crm/db'::text AS url",
                "ALTER TABLE t ALTER note SET DEFAULT 'dbname=crm password=''s3cret'''",
                "CREATE FOREIGN DATA WRAPPER w",
                "CREATE SERVER s FOREIGN DATA WRAPPER w OPTIONS (host 'crm', password 's3cret')",
                "COMMENT ON TABLE t IS 'Authorization: Bearer s3cret-s3cret'");
        PostgresDatabase target = databases.open(TestDatabases.made(TestDatabases.server()));

        assertThat(target.checkCopy(source, options(MaskingPolicy.builder())).problems())
                .allSatisfy(problem -> assertThat(problem)
                        .contains(" holds a password: ", "leaveObjects(")
                        .doesNotContain("s3cret"))
                .extracting(PeopleInDefinitionsTest::place)
                .containsExactlyInAnyOrder(
                        "FUNCTION public.f()",
                        "VIEW public.v",
                        "DEFAULT public.t note",
                        "SERVER s",
                        "COMMENT public.TABLE t");
        assertThat(target.checkCopy(source, TestDatabases.UNMASKED).problems()).isEmpty();
    }

    @Test
    void largeObjectsAreCarriedOnlyIfSomebodySaysSo() throws SQLException {
        PostgresDatabase source = databases.holding("SELECT lo_from_bytea(0, 'ada@acme.test')");
        PostgresDatabase target = databases.empty();

        assertThat(problems(source, MaskingPolicy.builder()))
                .singleElement()
                .asString()
                .startsWith("large objects are carried as they are")
                .contains("leaveObjects(\"BLOBS *\")");
        target.copyFrom(source, options(MaskingPolicy.builder().leaveObjects("BLOBS *")), Progress.NONE);

        assertThat(TestDatabases.one(target, "SELECT count(*) FROM pg_largeobject_metadata"))
                .isEqualTo("0");
    }

    @ParameterizedTest
    @EnumSource(
            value = Way.class,
            names = {"IN_PLACE", "ARCHIVE", "PG_DUMP"})
    void aCheckIsLeftBehindWithoutItsTableOrDomain(Way way) throws Exception {
        PostgresDatabase target = databases.empty();
        String[] left = {
            "CHECK CONSTRAINT public.named not Ada",
            "CHECK CONSTRAINT public.member known",
            "CHECK CONSTRAINT public.log ours",
            "CHECK CONSTRAINT public.log_1 ours"
        };
        Dataset from = way.from(checks, databases, home);

        assertThat(target.checkCopy(from, masked(MaskingPolicy.builder())).problems())
                .filteredOn(problem -> problem.contains(" holds what looks like "))
                .extracting(PeopleInDefinitionsTest::place)
                .containsExactlyInAnyOrder(left);
        CopyOptions leaving = masked(MaskingPolicy.builder().leaveObjects(left));
        assertThat(target.checkCopy(from, leaving).problems()).isEmpty();
        target.copyFrom(from, leaving, Progress.NONE);

        assertThat(TestDatabases.all(
                        target,
                        "SELECT conname FROM pg_constraint WHERE contype = 'c' AND connamespace = 'public'::regnamespace"
                                + " UNION ALL SELECT 'rows of log_1: ' || count(*) FROM log_1"
                                + " UNION ALL SELECT regexp_replace(mail, '.*@', '@') FROM member ORDER BY 1"))
                .containsExactly("@example.com", "member_id_check", "positive, (really)", "rows of log_1: 1", "short");
    }

    private static CopyOptions masked(MaskingPolicy.Builder policy) {
        return new CopyOptions(
                policy.mask("member", "mail", Mask.email("example.com"))
                        .keep("*", "*")
                        .build(),
                Secret.of("key"));
    }

    @Test
    void anOwnerWithTheNameOfSomebodyIsLeftBehindWithoutWhatHeOwns() throws SQLException {
        PostgresDatabase source = databases.open(TestDatabases.made(TestDatabases.server()));
        TestDatabases.run(source, "CREATE ROLE \"ada@acme.test\"", TABLE, "ALTER TABLE t OWNER TO \"ada@acme.test\"");
        PostgresDatabase target = databases.open(TestDatabases.made(TestDatabases.server()));
        String place = "the name of the owner of TABLE public.t";

        assertThat(target.checkCopy(source, owned(MaskingPolicy.builder())).problems())
                .anyMatch(problem -> problem.startsWith(place + " holds what looks like ")
                        && problem.contains("leaveObjects(\"" + place + "\")"));
        target.copyFrom(
                source, owned(MaskingPolicy.builder().leaveObjects("the name of the owner of *")), Progress.NONE);

        assertThat(TestDatabases.one(target, "SELECT count(*) FROM pg_tables WHERE tableowner = 'ada@acme.test'"))
                .isEqualTo("0");
    }

    @Test
    void rangesThatCanGoFromSomebodyNeedARule() throws SQLException {
        PostgresDatabase source = databases.holding(
                "CREATE TYPE textrange AS RANGE (subtype = text)",
                "CREATE TABLE t (at tsrange, days daterange, ages int4range, x textrange, y int8range, z numrange)");

        assertThat(TestDatabases.onlyChecked()
                        .checkCopy(
                                source, new CopyOptions(MaskingPolicy.builder().build(), Secret.of("key")))
                        .problems())
                .extracting(problem -> problem.replaceFirst(" .*", ""))
                .containsExactlyInAnyOrder("public.t.x", "public.t.y", "public.t.z");
    }

    @Test
    void whatIsNobodysIsNoReasonToRefuse() throws SQLException {
        PostgresDatabase source = databases.holding(
                "CREATE TABLE t (id bigint PRIMARY KEY CHECK (id < 2147483647), mail text DEFAULT 'noreply@example.com',"
                        + " info text DEFAULT 'info@ours.test', since date DEFAULT '0001-01-01', key uuid DEFAULT"
                        + " '00000000-0000-0000-0000-000000000000', password text DEFAULT '!', digits numeric(15, 3) DEFAULT 0)",
                "COMMENT ON COLUMN t.password IS 'password=hash of it'",
                "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN NEW.password = crypt(NEW.password, 'x'); RETURN NEW; END$$",
                "CREATE TABLE r (at timestamptz) PARTITION BY RANGE (at)",
                "CREATE TABLE p PARTITION OF r FOR VALUES FROM ('0001-01-01 00:00:00+00') TO ('2026-01-01')");

        assertThat(TestDatabases.onlyChecked()
                        .checkCopy(
                                source,
                                options(MaskingPolicy.builder()
                                        .mask(
                                                "nobody",
                                                "mail",
                                                new dev.restage.masking.value.PersonMask.Email(
                                                        "example.com", java.util.List.of("ours.test")))))
                        .problems())
                .isEmpty();
    }

    private static CopyOptions owned(MaskingPolicy.Builder policy) {
        CopyOptions options = options(policy);
        return new CopyOptions(
                options.policy(),
                options.key(),
                Set.of(Extra.OWNERS),
                List.of(),
                options.without(),
                options.where(),
                options.storage(),
                options.workers(),
                options.proof(),
                options.orphans(),
                null,
                Map.of());
    }

    private static CopyOptions options(MaskingPolicy.Builder policy) {
        return new CopyOptions(
                policy.mask("*", "nothing", Mask.toNull()).keep("*", "*").build(), Secret.of("key"));
    }
}
