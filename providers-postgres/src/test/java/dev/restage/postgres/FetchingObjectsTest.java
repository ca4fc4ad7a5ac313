package dev.restage.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.masking.MaskingPolicy;
import dev.restage.masking.value.Mask;
import dev.restage.provider.Progress;
import dev.restage.provider.Secret;
import dev.restage.provider.database.CopyOptions;
import dev.restage.provider.database.CopyResult;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What reads from outside of its database brings nothing into a copy. */
class FetchingObjectsTest {

    private final TestDatabases databases;

    FetchingObjectsTest(@TempDir Path home) {
        databases = new TestDatabases(home);
    }

    @Test
    void aMaterializedViewThatAsksAnotherServerIsCarriedWithoutRowsAndNamed() throws SQLException {
        PostgresDatabase source = withElsewhere("CREATE MATERIALIZED VIEW people AS"
                + " SELECT * FROM dblink('elsewhere', 'SELECT email FROM account') AS t(email text)");
        PostgresDatabase target = target();

        CopyResult result = target.copyFrom(source, options(policy()), Progress.NONE);

        assertThat(target.checkCopy(source, options(policy())).notes())
                .anySatisfy(note -> assertThat(note)
                        .startsWith("MATERIALIZED VIEW public.people is carried without rows")
                        .contains("dblink", "keepObjects(\"MATERIALIZED VIEW public.people\")"));
        assertThat(result.leftOut())
                .anyMatch(sentence -> sentence.startsWith("MATERIALIZED VIEW public.people is carried without rows"));
        assertThat(populated(target)).containsExactly("people false");
    }

    @Test
    void whatLeadsToForeignTablesThroughViewsAndFunctionsIsNotReadEither() throws SQLException {
        PostgresDatabase source = withElsewhere(
                "CREATE FOREIGN TABLE account (email text) SERVER elsewhere",
                "CREATE VIEW between AS SELECT email FROM account",
                "CREATE FUNCTION addresses() RETURNS SETOF text LANGUAGE plpgsql AS"
                        + " $$BEGIN RETURN QUERY EXECUTE 'SELECT email FROM public.between'; END$$",
                "CREATE MATERIALIZED VIEW by_view AS SELECT email FROM between",
                "CREATE MATERIALIZED VIEW by_function AS SELECT addresses() AS email",
                "CREATE MATERIALIZED VIEW by_view_of_it AS SELECT email FROM by_view",
                "CREATE TABLE account_of_ours (a int)",
                "INSERT INTO account_of_ours VALUES (1)",
                "CREATE MATERIALIZED VIEW of_ours AS SELECT a FROM account_of_ours");
        PostgresDatabase target = target();

        target.copyFrom(source, options(policy()), Progress.NONE);

        assertThat(populated(target))
                .containsExactly("by_function false", "by_view false", "by_view_of_it false", "of_ours true");
        assertThat(target.checkCopy(source, options(policy())).notes())
                .anySatisfy(note -> assertThat(note)
                        .contains(
                                "FOREIGN TABLE public.account", "VIEW public.between", "FUNCTION public.addresses()"));
    }

    @Test
    void filesAndProgramsOfTheServerAreNotReadThroughFunctions() throws SQLException {
        PostgresDatabase source = databases.open(TestDatabases.made(TestDatabases.server()));
        TestDatabases.run(
                source,
                "CREATE TABLE lines (line text)",
                """
                CREATE FUNCTION load() RETURNS int LANGUAGE plpgsql AS $$BEGIN
                  COPY public.lines FROM PROGRAM 'echo'; RETURN 1; END$$""",
                "CREATE MATERIALIZED VIEW loaded AS SELECT load()",
                "CREATE MATERIALIZED VIEW listed AS SELECT pg_read_file('PG_VERSION') AS version");
        PostgresDatabase target = databases.open(TestDatabases.made(TestDatabases.server()));

        target.copyFrom(source, options(policy()), Progress.NONE);

        assertThat(populated(target)).containsExactly("listed false", "loaded false");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE t (a int, CONSTRAINT known CHECK (fetched(a) > 0))",
                "CREATE TABLE t (a int, b int GENERATED ALWAYS AS (fetched(a)) STORED)",
                "CREATE TABLE t (a int); CREATE INDEX known ON t (fetched(a))",
                "CREATE DOMAIN known AS int CHECK (fetched(VALUE) > 0); CREATE TABLE t (a known)"
            })
    void whatWouldAskAnotherServerWhileRowsComeIsRefusedUntilSomebodySaysThatItMay(String tables) throws SQLException {
        PostgresDatabase source = withElsewhere(
                "CREATE FUNCTION fetched(int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS"
                        + " $$BEGIN RETURN (SELECT a FROM dblink('elsewhere', 'SELECT 1') AS t(a int)); END$$",
                tables);
        PostgresDatabase target = target();

        List<String> problems = target.checkCopy(source, options(policy())).problems();

        assertThat(problems).anySatisfy(problem -> assertThat(problem).contains("by dblink", "while rows are copied"));
        assertThat(target.checkCopy(
                                source,
                                options(policy().plus(MaskingPolicy.builder()
                                        .keepObjects("*")
                                        .build())))
                        .problems())
                .isEmpty();
    }

    /** The function writes through a connection of its own, where no transaction that only reads is in its way. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE person (name text); ALTER TABLE person ADD CHECK (chk(name))",
                "CREATE TABLE person (name text); ALTER TABLE person ADD CHECK (chk(name)) NOT VALID",
                "CREATE TABLE person (name text, age int); ALTER TABLE person ADD CHECK (age > 0 OR nested(name))",
                "CREATE DOMAIN checked AS text CHECK (chk(VALUE)); CREATE TABLE person (name checked)",
                "CREATE DOMAIN checked AS text CHECK (nested(VALUE)); CREATE TABLE person (name checked CHECK (name <> 'x'))"
            })
    void noCheckThatReachesElsewhereIsTriedInTheSource(String tables) throws SQLException {
        dev.restage.sandbox.server.PostgresDatabase made = TestDatabases.made(TestDatabases.server());
        TestDatabases.run(
                made,
                "CREATE EXTENSION dblink",
                "CREATE TABLE log (what text)",
                """
                CREATE FUNCTION chk(t text) RETURNS boolean LANGUAGE plpgsql AS $$BEGIN
                  PERFORM public.dblink_exec('host=%s port=%d dbname=%s user=%s password=%s',
                    'INSERT INTO log VALUES (''written'')'); RETURN true; END$$""".formatted(made.host(), made.port(), made.name(), made.user(), made.password()),
                "CREATE FUNCTION nested(t text) RETURNS boolean LANGUAGE sql AS 'SELECT public.chk(t)'",
                tables,
                "INSERT INTO person (name) VALUES ('Ada King')",
                "TRUNCATE log");
        PostgresDatabase source = databases.open(made);
        PostgresDatabase target = target();
        MaskingPolicy masking =
                MaskingPolicy.builder().mask("person", "name", Mask.fullName()).build();
        MaskingPolicy kept = MaskingPolicy.builder().keepObjects("*").build();

        List<String> problems =
                target.checkCopy(source, options(policy().plus(masking))).problems();
        target.checkCopy(source, options(policy().plus(masking).plus(kept)));

        assertThat(problems)
                .anySatisfy(problem -> assertThat(problem).contains("by dblink_exec", "while rows are copied"));
        assertThat(TestDatabases.all(source, "SELECT what FROM log")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                "ALTER TABLE t ENABLE ALWAYS TRIGGER g",
                "CREATE CONSTRAINT TRIGGER after AFTER INSERT ON t DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION told()",
                "CREATE RULE r AS ON INSERT TO t DO ALSO SELECT fetched()"
            })
    void neitherTriggersNorDefaultsFetchWhileRowsComeAndBothAreNamed(String more) throws SQLException {
        PostgresDatabase source = withTriggerAndDefault(more);
        PostgresDatabase target = target();

        assertThat(target.checkCopy(source, options(policy())).notes())
                .filteredOn(note -> note.startsWith("carried, and reads from elsewhere whenever it is used: "))
                .singleElement()
                .asString()
                .contains("TRIGGER public.t g", "DEFAULT public.t b", "FUNCTION public.told()")
                .doesNotContain("TABLE public.t");
        target.copyFrom(source, options(policy()), Progress.NONE);

        assertThat(TestDatabases.one(target, "SELECT string_agg(b, ' ') FROM t"))
                .isEqualTo("as it was");
        assertThatThrownBy(() -> TestDatabases.run(target, "INSERT INTO t VALUES (2, 'x')"))
                .hasMessageContaining("server \"elsewhere\"");
    }

    @Test
    void aTriggerAndADefaultThatFetchAreLeftBehindWithoutTheirTable() throws SQLException {
        PostgresDatabase source = withTriggerAndDefault("SELECT 1");
        PostgresDatabase target = target();
        MaskingPolicy left = MaskingPolicy.builder()
                .leaveObjects("TRIGGER public.t g", "DEFAULT public.t b")
                .build();

        assertThat(target.checkCopy(source, options(left)).notes())
                .noneMatch(note -> note.contains("public.t ") || note.contains("public.t,"));
        target.copyFrom(source, options(left), Progress.NONE);
        TestDatabases.run(target, "INSERT INTO t (a) VALUES (2)");

        assertThat(TestDatabases.one(target, "SELECT string_agg(COALESCE(b, '-'), ' ' ORDER BY a) FROM t"))
                .isEqualTo("as it was -");
    }

    private PostgresDatabase withTriggerAndDefault(String more) throws SQLException {
        return withElsewhere(
                "CREATE FUNCTION fetched() RETURNS text LANGUAGE plpgsql AS"
                        + " $$BEGIN RETURN (SELECT a FROM dblink('elsewhere', 'SELECT 1') AS t(a text)); END$$",
                "CREATE FUNCTION told() RETURNS trigger LANGUAGE plpgsql AS"
                        + " $$BEGIN NEW.b = public.fetched(); RETURN NEW; END$$",
                "CREATE TABLE t (a int, b text DEFAULT fetched())",
                "INSERT INTO t VALUES (1, 'as it was')",
                "CREATE TRIGGER g BEFORE INSERT OR UPDATE ON t FOR EACH ROW EXECUTE FUNCTION told()",
                more);
    }

    @Test
    void aFetchThatIsDeclaredAsSafeIsMade() throws SQLException {
        PostgresDatabase source = databases.open(TestDatabases.made(TestDatabases.server()));
        TestDatabases.run(source, "CREATE MATERIALIZED VIEW listed AS SELECT pg_read_file('PG_VERSION') AS version");
        PostgresDatabase target = databases.open(TestDatabases.made(TestDatabases.server()));
        MaskingPolicy kept = MaskingPolicy.builder()
                .keepObjects("MATERIALIZED VIEW public.listed")
                .build();

        target.copyFrom(source, options(kept), Progress.NONE);

        assertThat(target.checkCopy(source, options(kept)).notes()).isEmpty();
        assertThat(populated(target)).containsExactly("listed true");
    }

    @Test
    void leavingAFetchBehindTakesWhatNeedsItAlong() throws SQLException {
        PostgresDatabase source = withElsewhere(
                "CREATE FOREIGN TABLE account (email text) SERVER elsewhere",
                "CREATE VIEW between AS SELECT email FROM account",
                "CREATE TABLE t (a int)");
        PostgresDatabase target = target();
        MaskingPolicy policy =
                MaskingPolicy.builder().leaveObjects("FOREIGN TABLE *").build();

        CopyResult result = target.copyFrom(source, options(policy), Progress.NONE);

        assertThat(
                        TestDatabases.all(
                                target,
                                "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v', 'f')"))
                .containsExactly("t");
        assertThat(result.leftOut())
                .containsExactly(
                        "with FOREIGN TABLE public.account, which the policy leaves behind, stays what needs it:"
                                + " VIEW public.between");
    }

    private PostgresDatabase withElsewhere(String... statements) throws SQLException {
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

    private PostgresDatabase target() throws SQLException {
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

    private static CopyOptions options(MaskingPolicy policy) {
        return new CopyOptions(policy().plus(policy), Secret.of("key"));
    }
}
