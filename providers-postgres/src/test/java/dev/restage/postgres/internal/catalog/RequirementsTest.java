package dev.restage.postgres.internal.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.postgres.internal.content.Contents;
import dev.restage.postgres.internal.schema.Selection;
import dev.restage.postgres.testing.TestServers;
import dev.restage.provider.database.CopyOptions.Extra;
import dev.restage.sandbox.server.PostgresDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RequirementsTest {

    private static final String SQL = """
            CREATE TYPE public.word;
            CREATE FUNCTION public.word_in(cstring) RETURNS public.word LANGUAGE internal IMMUTABLE STRICT AS 'textin';
            CREATE FUNCTION public.word_out(public.word) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
            CREATE TYPE public.word (INPUT = public.word_in, OUTPUT = public.word_out, LIKE = text);
            CREATE OPERATOR FAMILY public.family USING btree;
            CREATE PUBLICATION everything FOR ALL TABLES;
            CREATE PUBLICATION nothing;
            CREATE FUNCTION public.watch() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM ' LANGUAGE c SET x TO '; END $$;
            CREATE EVENT TRIGGER watches ON sql_drop EXECUTE FUNCTION public.watch();
            CREATE FUNCTION public.quiet() RETURNS int LANGUAGE sql LEAKPROOF AS 'SELECT 1';
            CREATE FUNCTION public.set() RETURNS int LANGUAGE sql SET log_statement = 'none' SET my.own = '1' SET "TimeZone" = 'UTC'
                SET search_path = "$user", public AS 'SELECT 1';
            CREATE TABLE public.t (a int);
            CREATE POLICY p ON public.t TO PUBLIC USING (true);
            CREATE CAST (public.word AS text) WITHOUT FUNCTION;
            CREATE FOREIGN DATA WRAPPER wrapper;
            """;

    @Test
    void whatOnlyASuperuserMakesIsNamed() throws SQLException {
        Contents contents = withoutOwners(
                Replay.read(TestDatabase.filled(TestDatabase.empty(TestServers.BUNDLED), SQL), TestServers.BUNDLED));

        List<String> problems = problems(contents, TestDatabase.owned(TestServers.BUNDLED));

        assertThat(problems)
                .hasSize(11)
                .allMatch(problem -> problem.contains("in the source"))
                .anyMatch(problem -> problem.startsWith("SHELL TYPE public.word can be made in target by a superuser"))
                .anyMatch(problem -> problem.startsWith("FUNCTION public.word_in(cstring) is written in internal"))
                .anyMatch(problem -> problem.startsWith("FUNCTION public.word_out(public.word) is written in internal"))
                .anyMatch(problem -> problem.startsWith("TYPE public.word "))
                .anyMatch(problem -> problem.startsWith("OPERATOR FAMILY public.family "))
                .anyMatch(problem -> problem.startsWith("PUBLICATION everything "))
                .anyMatch(problem -> problem.startsWith("EVENT TRIGGER watches "))
                .anyMatch(problem -> problem.startsWith("FUNCTION public.quiet() "))
                .anyMatch(problem -> problem.startsWith("FUNCTION public.set() sets log_statement"))
                .anyMatch(problem -> problem.startsWith("CAST CAST (public.word AS text) "))
                .anyMatch(problem -> problem.startsWith("FOREIGN DATA WRAPPER wrapper "));
        assertThat(problems(contents, TestDatabase.empty(TestServers.BUNDLED))).isEmpty();
    }

    @Test
    void rolesThatTheTargetHasNotAreNamed() throws SQLException {
        String sql = """
                CREATE ROLE "Gone soon"; CREATE TABLE public.t (a int); GRANT SELECT ON public.t TO "Gone soon";
                CREATE POLICY p ON public.t FOR SELECT TO "Gone soon" USING (true);
                ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO "Gone soon" WITH GRANT OPTION;
                """;
        PostgresDatabase source = TestDatabase.filled(TestDatabase.empty(TestServers.BUNDLED), sql);
        Contents contents = withoutOwners(Replay.read(source, TestServers.BUNDLED));
        TestDatabase.filled(source, "DROP OWNED BY \"Gone soon\"; DROP ROLE \"Gone soon\"");

        assertThat(problems(contents, TestDatabase.empty(TestServers.BUNDLED)))
                .containsExactlyInAnyOrder(
                        "ACL public.TABLE t names the role Gone soon, which target has not: create it there",
                        "POLICY public.t p names the role Gone soon, which target has not: create it there",
                        "DEFAULT ACL DEFAULT PRIVILEGES FOR TABLES names the role Gone soon, which target has not:"
                                + " create it there");
    }

    private static List<String> problems(Contents contents, PostgresDatabase target) throws SQLException {
        try (Connection connection = Replay.connect(target)) {
            return Requirements.problems(contents, connection, "target");
        }
    }

    private static Contents withoutOwners(Contents contents) {
        return new Selection(Set.of(Extra.PRIVILEGES, Extra.PUBLICATIONS)).of(contents);
    }
}
