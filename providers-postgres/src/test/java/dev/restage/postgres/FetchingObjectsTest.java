package dev.restage.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.masking.MaskingPolicy;
import dev.restage.masking.value.Mask;
import dev.restage.provider.Progress;
import dev.restage.provider.Secret;
import dev.restage.provider.database.CopyCheck;
import dev.restage.provider.database.CopyOptions;
import dev.restage.provider.database.CopyResult;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What reads from outside of its database brings nothing into a copy. */
class FetchingObjectsTest {

    /** What is on each of several tables, beside a trigger and a default that fetch. */
    private static final Map<String, String> MORE = Map.of(
            "plain",
            "SELECT 1",
            "always",
            "ALTER TABLE always ENABLE ALWAYS TRIGGER g",
            "later",
            "CREATE CONSTRAINT TRIGGER after AFTER INSERT ON later DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION told()",
            "ruled",
            "CREATE RULE r AS ON INSERT TO ruled DO ALSO SELECT fetched()",
            "without",
            "SELECT 1");

    private static TestDatabases databases;
    private static PostgresDatabase target;
    private static CopyCheck check;
    private static CopyResult result;

    /** One copy of all that asks another server and is not in the way of rows. */
    @BeforeAll
    static void copy(@TempDir Path home) throws SQLException {
        databases = new TestDatabases(home);
        List<String> statements = new ArrayList<>(List.of(
                "CREATE MATERIALIZED VIEW people AS"
                        + " SELECT * FROM dblink('elsewhere', 'SELECT email FROM account') AS t(email text)",
                "CREATE FOREIGN TABLE account (email text) SERVER elsewhere",
                "CREATE VIEW between AS SELECT email FROM account",
                "CREATE FUNCTION addresses() RETURNS SETOF text LANGUAGE plpgsql AS"
                        + " $$BEGIN RETURN QUERY EXECUTE 'SELECT email FROM public.between'; END$$",
                "CREATE MATERIALIZED VIEW by_view AS SELECT email FROM between",
                "CREATE MATERIALIZED VIEW by_function AS SELECT addresses() AS email",
                "CREATE MATERIALIZED VIEW by_view_of_it AS SELECT email FROM by_view",
                "CREATE TABLE account_of_ours (a int)",
                "INSERT INTO account_of_ours VALUES (1)",
                "CREATE MATERIALIZED VIEW of_ours AS SELECT a FROM account_of_ours",
                "CREATE FOREIGN TABLE left_account (email text) SERVER elsewhere",
                "CREATE VIEW of_left AS SELECT email FROM left_account",
                "CREATE FUNCTION fetched() RETURNS text LANGUAGE plpgsql AS"
                        + " $$BEGIN RETURN (SELECT a FROM dblink('elsewhere', 'SELECT 1') AS t(a text)); END$$",
                "CREATE FUNCTION told() RETURNS trigger LANGUAGE plpgsql AS"
                        + " $$BEGIN NEW.b = public.fetched(); RETURN NEW; END$$"));
        MORE.forEach((table, more) -> statements.addAll(List.of(
                "CREATE TABLE %s (a int, b text DEFAULT fetched())".formatted(table),
                "INSERT INTO %s VALUES (1, 'as it was')".formatted(table),
                "CREATE TRIGGER g BEFORE INSERT OR UPDATE ON %s FOR EACH ROW EXECUTE FUNCTION told()".formatted(table),
                more)));
        PostgresDatabase source = withElsewhere(statements.toArray(String[]::new));
        target = target();
        CopyOptions options = options(MaskingPolicy.builder()
                .leaveObjects("FOREIGN TABLE public.left*", "TRIGGER public.without g", "DEFAULT public.without b")
                .build());
        check = target.checkCopy(source, options);
        result = target.copyFrom(source, options, Progress.NONE);
    }

    @Test
    void aMaterializedViewThatAsksAnotherServerIsCarriedWithoutRowsAndNamed() throws SQLException {
        assertThat(check.notes())
                .anySatisfy(note -> assertThat(note)
                        .startsWith("MATERIALIZED VIEW public.people is carried without rows")
                        .contains("dblink", "keepObjects(\"MATERIALIZED VIEW public.people\")"));
        assertThat(result.leftOut())
                .anyMatch(sentence -> sentence.startsWith("MATERIALIZED VIEW public.people is carried without rows"));
        assertThat(populated(target)).contains("people false");
    }

    @Test
    void whatLeadsToForeignTablesThroughViewsAndFunctionsIsNotReadEither() throws SQLException {
        assertThat(populated(target))
                .containsExactly(
                        "by_function false", "by_view false", "by_view_of_it false", "of_ours true", "people false");
        assertThat(check.notes())
                .anySatisfy(note -> assertThat(note)
                        .contains(
                                "FOREIGN TABLE public.account", "VIEW public.between", "FUNCTION public.addresses()"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "always", "later", "ruled"})
    void neitherTriggersNorDefaultsFetchWhileRowsComeAndBothAreNamed(String table) throws SQLException {
        assertThat(check.notes())
                .filteredOn(note -> note.startsWith("carried, and reads from elsewhere whenever it is used: "))
                .singleElement()
                .asString()
                .contains("TRIGGER public.%s g".formatted(table), "DEFAULT public.%s b".formatted(table))
                .contains("FUNCTION public.told()")
                .doesNotContain("TABLE public." + table);

        assertThat(TestDatabases.one(target, "SELECT string_agg(b, ' ') FROM " + table))
                .isEqualTo("as it was");
        assertThatThrownBy(() -> TestDatabases.run(target, "INSERT INTO %s VALUES (2, 'x')".formatted(table)))
                .hasMessageContaining("server \"elsewhere\"");
    }

    @Test
    void aTriggerAndADefaultThatFetchAreLeftBehindWithoutTheirTable() throws SQLException {
        assertThat(check.notes()).noneMatch(note -> note.contains("public.without"));
        TestDatabases.run(target, "INSERT INTO without (a) VALUES (2)");

        assertThat(TestDatabases.one(target, "SELECT string_agg(COALESCE(b, '-'), ' ' ORDER BY a) FROM without"))
                .isEqualTo("as it was -");
    }

    @Test
    void leavingAFetchBehindTakesWhatNeedsItAlong() throws SQLException {
        assertThat(
                        TestDatabases.all(
                                target,
                                "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v', 'f')"))
                .contains("account", "between", "account_of_ours")
                .doesNotContain("left_account", "of_left");
        assertThat(result.leftOut())
                .filteredOn(left -> left.contains("left_account") || left.contains("of_left"))
                .containsExactly(
                        "with FOREIGN TABLE public.left_account, which the policy leaves behind, stays what needs it:"
                                + " VIEW public.of_left");
    }

    @Test
    void filesAndProgramsOfTheServerAreReadOnlyWhereThatIsDeclaredAsSafe() throws SQLException {
        PostgresDatabase source = databases.open(TestDatabases.made(TestDatabases.server()));
        TestDatabases.run(
                source,
                "CREATE TABLE lines (line text)",
                """
                CREATE FUNCTION load() RETURNS int LANGUAGE plpgsql AS $$BEGIN
                  COPY public.lines FROM PROGRAM 'echo'; RETURN 1; END$$""",
                "CREATE MATERIALIZED VIEW loaded AS SELECT load()",
                "CREATE MATERIALIZED VIEW listed AS SELECT pg_read_file('PG_VERSION') AS version",
                "CREATE MATERIALIZED VIEW safe AS SELECT pg_read_file('PG_VERSION') AS version");
        PostgresDatabase copied = databases.open(TestDatabases.made(TestDatabases.server()));
        CopyOptions options = options(MaskingPolicy.builder()
                .keepObjects("MATERIALIZED VIEW public.safe")
                .build());

        copied.copyFrom(source, options, Progress.NONE);

        assertThat(populated(copied)).containsExactly("listed false", "loaded false", "safe true");
        assertThat(copied.checkCopy(source, options).notes())
                .anyMatch(note -> note.contains("public.listed"))
                .anyMatch(note -> note.contains("public.loaded"))
                .noneMatch(note -> note.contains("public.safe"));
    }

    @Test
    void whatWouldAskAnotherServerWhileRowsComeIsRefusedUntilSomebodySaysThatItMay() throws SQLException {
        PostgresDatabase source = withElsewhere(
                "CREATE FUNCTION fetched(int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS"
                        + " $$BEGIN RETURN (SELECT a FROM dblink('elsewhere', 'SELECT 1') AS t(a int)); END$$",
                "CREATE TABLE t (a int, CONSTRAINT known CHECK (fetched(a) > 0))",
                "CREATE TABLE computed (a int, b int GENERATED ALWAYS AS (fetched(a)) STORED)",
                "CREATE TABLE indexed (a int)",
                "CREATE INDEX i ON indexed (fetched(a))",
                "CREATE DOMAIN d AS int CONSTRAINT known CHECK (fetched(VALUE) > 0)",
                "CREATE TABLE typed (a d)");

        assertThat(target.checkCopy(source, options(policy())).problems())
                .filteredOn(problem -> problem.contains("by dblink") && problem.contains("while rows are copied"))
                .extracting(FetchingObjectsTest::place)
                .containsExactlyInAnyOrder(
                        "CHECK CONSTRAINT public.t known",
                        "TABLE public.computed",
                        "INDEX public.i",
                        "TABLE public.typed");
        assertThat(target.checkCopy(source, options(kept())).problems()).isEmpty();
    }

    /** The functions write through a connection of their own, where no transaction that only reads is in their way. */
    @Test
    void noCheckThatReachesElsewhereIsTriedInTheSource() throws SQLException {
        dev.restage.sandbox.server.PostgresDatabase made = TestDatabases.made(TestDatabases.server());
        TestDatabases.run(
                made,
                "CREATE EXTENSION dblink",
                "CREATE TABLE log (place text)",
                """
                CREATE FUNCTION chk(t text, place text) RETURNS boolean LANGUAGE plpgsql AS $$BEGIN
                  PERFORM public.dblink_exec('host=%s port=%d dbname=%s user=%s password=%s',
                    'INSERT INTO log VALUES (' || quote_literal(place) || ')'); RETURN true; END$$""".formatted(made.host(), made.port(), made.name(), made.user(), made.password()),
                "CREATE FUNCTION nested(t text, place text) RETURNS boolean LANGUAGE sql AS 'SELECT public.chk(t, place)'",
                "CREATE TABLE checked (name text CHECK (chk(name, 'a check')))",
                "CREATE TABLE unproved (name text); ALTER TABLE unproved ADD CHECK (chk(name, 'one that is not valid')) NOT VALID",
                "CREATE TABLE aged (name text, age int CHECK (age > 0 OR nested(name, 'a function in a function')))",
                "CREATE DOMAIN d AS text CHECK (chk(VALUE, 'a domain')); CREATE TABLE typed (name d)",
                "CREATE DOMAIN n AS text CHECK (nested(VALUE, 'a domain with a function in a function'));"
                        + " CREATE TABLE twice (name n CHECK (name <> 'x'))");
        for (String table : List.of("checked", "unproved", "aged", "typed", "twice")) {
            TestDatabases.run(made, "INSERT INTO %s (name) VALUES ('Ada King')".formatted(table));
        }
        TestDatabases.run(made, "TRUNCATE log");
        PostgresDatabase source = databases.open(made);
        MaskingPolicy masking =
                MaskingPolicy.builder().mask("*", "name", Mask.fullName()).build();

        assertThat(target.checkCopy(source, options(masking)).problems())
                .filteredOn(problem -> problem.contains("by dblink_exec") && problem.contains("while rows are copied"))
                .extracting(FetchingObjectsTest::place)
                .containsExactlyInAnyOrder(
                        "CHECK CONSTRAINT public.checked checked_name_check",
                        "CHECK CONSTRAINT public.unproved unproved_name_check",
                        "CHECK CONSTRAINT public.aged aged_check",
                        "TABLE public.typed",
                        "TABLE public.twice");
        target.checkCopy(source, options(masking.plus(kept())));

        assertThat(TestDatabases.all(source, "SELECT place FROM log")).isEmpty();
    }

    private static PostgresDatabase withElsewhere(String... statements) throws SQLException {
        PostgresDatabase source = databases.empty();
        String owner = owner(source);
        databases.asSuperuser(source, "CREATE EXTENSION dblink; CREATE EXTENSION postgres_fdw");
        databases.asSuperuser(
                source,
                "CREATE SERVER elsewhere FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '127.0.0.1', port '1');"
                        + " ALTER SERVER elsewhere OWNER TO " + owner);
        databases.asSuperuser(
                source,
                "SET check_function_bodies = off; SET SESSION AUTHORIZATION " + owner
                        + "; SELECT pg_catalog.set_config('search_path', 'public', false); "
                        + String.join("; ", statements)
                                .replaceAll("(CREATE MATERIALIZED VIEW (?!of_ours).*?)(;|$)", "$1 WITH NO DATA$2")
                        + "; RESET SESSION AUTHORIZATION");
        // as if they had been refreshed while the other server was up
        databases.asSuperuser(source, "UPDATE pg_class SET relispopulated = true WHERE relkind = 'm'");
        return source;
    }

    private static PostgresDatabase target() throws SQLException {
        PostgresDatabase target = databases.empty();
        databases.asSuperuser(
                target,
                "CREATE EXTENSION dblink; CREATE EXTENSION postgres_fdw; GRANT USAGE ON FOREIGN DATA WRAPPER postgres_fdw TO "
                        + owner(target));
        return target;
    }

    private static String owner(PostgresDatabase database) throws SQLException {
        return TestDatabases.one(database, "SELECT current_user");
    }

    private static List<String> populated(PostgresDatabase database) throws SQLException {
        return TestDatabases.all(
                database, "SELECT relname || ' ' || relispopulated FROM pg_class WHERE relkind = 'm' ORDER BY 1");
    }

    /** Strict, with a rule for whatever these tests have. */
    private static MaskingPolicy policy() {
        return MaskingPolicy.builder().keep("*", "*").build();
    }

    private static MaskingPolicy kept() {
        return MaskingPolicy.builder().keepObjects("*").build();
    }

    private static CopyOptions options(MaskingPolicy policy) {
        return new CopyOptions(policy().plus(policy), Secret.of("key"));
    }

    private static String place(String problem) {
        return problem.replaceFirst(" would read from .*", "");
    }
}
