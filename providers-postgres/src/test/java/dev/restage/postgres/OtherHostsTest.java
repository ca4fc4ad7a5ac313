package dev.restage.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.masking.MaskingPolicy;
import dev.restage.postgres.connection.ConnectionSpec;
import dev.restage.postgres.internal.session.Query;
import dev.restage.provider.Progress;
import dev.restage.provider.Secret;
import dev.restage.provider.Variables;
import dev.restage.provider.database.CopyOptions;
import dev.restage.sandbox.server.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Databases of other companies than Heroku, as dumps of them that people have published look. */
class OtherHostsTest {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private static final String ROLES = """
            CREATE ROLE supabase_admin SUPERUSER; CREATE ROLE supabase_auth_admin; CREATE ROLE supabase_storage_admin;
            CREATE ROLE rdsadmin SUPERUSER; CREATE ROLE cloudsqladmin SUPERUSER; CREATE ROLE cloud_admin SUPERUSER""";

    private static final String SUPABASE = """
            CREATE SCHEMA auth AUTHORIZATION supabase_admin;
            CREATE TABLE auth.users(id int PRIMARY KEY, email text);
            CREATE TABLE auth.secrets(id serial, token text);
            ALTER TABLE auth.users OWNER TO supabase_auth_admin;
            CREATE FUNCTION auth.uid() RETURNS int LANGUAGE sql STABLE AS 'SELECT 1';
            CREATE SCHEMA storage AUTHORIZATION supabase_admin;
            CREATE TABLE storage.objects(id int, name text);
            ALTER TABLE storage.objects OWNER TO supabase_storage_admin;
            ALTER TABLE storage.objects ENABLE ROW LEVEL SECURITY;
            CREATE POLICY anyone ON storage.objects FOR SELECT USING (true);
            GRANT USAGE ON SCHEMA auth, storage TO {me}, supabase_auth_admin;
            GRANT SELECT, REFERENCES ON auth.users TO {me};
            CREATE SCHEMA extensions AUTHORIZATION {me};
            CREATE FUNCTION extensions.pgrst_ddl_watch() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
            CREATE FUNCTION extensions.grant_pg_cron_access() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
            ALTER FUNCTION extensions.pgrst_ddl_watch() OWNER TO supabase_admin;
            ALTER FUNCTION extensions.grant_pg_cron_access() OWNER TO supabase_admin;
            CREATE EVENT TRIGGER pgrst_ddl_watch ON ddl_command_end EXECUTE FUNCTION extensions.pgrst_ddl_watch();
            CREATE EVENT TRIGGER issue_pg_cron_access ON ddl_command_end WHEN TAG IN ('CREATE EXTENSION')
                EXECUTE FUNCTION extensions.grant_pg_cron_access();
            ALTER EVENT TRIGGER pgrst_ddl_watch OWNER TO supabase_admin;
            ALTER EVENT TRIGGER issue_pg_cron_access OWNER TO supabase_admin;
            CREATE PUBLICATION supabase_realtime; ALTER PUBLICATION supabase_realtime OWNER TO {me}""";

    private static final String[] APP = {
        "CREATE FUNCTION extensions.own() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE TABLE profile(id int PRIMARY KEY REFERENCES auth.users, name text)",
        "ALTER TABLE profile ENABLE ROW LEVEL SECURITY",
        "CREATE POLICY own ON profile USING (id = auth.uid())"
    };

    private static final String OBJECTS =
            "SELECT string_agg(n.nspname || '.' || c.relname, ' ' ORDER BY 1) FROM pg_class c"
                    + " JOIN pg_namespace n ON n.oid = c.relnamespace"
                    + " WHERE c.relkind = 'r' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'";

    private static PostgresServer company;

    @TempDir
    private Path home;

    @BeforeAll
    static void start() throws SQLException {
        company = PostgresServer.start();
        asSuperuser("postgres", ROLES);
    }

    @AfterAll
    static void stop() {
        company.close();
    }

    @Test
    void whatNeedsSupabasesOwnIsNamedBeforehandAndCanBeLeftBehindToo() throws SQLException {
        PostgresDatabase source = at(SUPABASE, APP);
        fill(source, "Ada");
        PostgresDatabase laptop = new TestDatabases(home).empty();

        assertThat(laptop.checkCopy(source, TestDatabases.UNMASKED).problems())
                .singleElement()
                .asString()
                .startsWith(
                        "POLICY public.profile own needs FUNCTION auth.uid(), which stays behind, as it belongs to Supabase")
                .endsWith("leave POLICY public.profile own behind, too, by CopyOptions.without");

        CopyOptions without = TestDatabases.UNMASKED.without(List.of("POLICY public.profile *"));
        assertThat(laptop.checkCopy(source, without).problems()).isEmpty();
        List<String> notes = laptop.checkCopy(source, without).notes();
        List<String> losses = laptop.copyFrom(source, without, Progress.NONE).leftOut();

        assertThat(losses)
                .containsExactlyInAnyOrder(
                        "POLICY storage.objects anyone was left out: what it is on or refers to belongs to Supabase",
                        "FK CONSTRAINT public.profile profile_id_fkey was left out: what it is on or refers to belongs to Supabase");
        assertThat(notes).hasSize(2);
        assertThat(notes.get(0))
                .startsWith("left behind, as it belongs to Supabase: ")
                .contains(
                        "SCHEMA auth with all that is in it",
                        "SCHEMA storage with all that is in it",
                        "POLICY storage.objects anyone",
                        "FK CONSTRAINT public.profile profile_id_fkey",
                        "FUNCTION extensions.pgrst_ddl_watch()",
                        "EVENT TRIGGER pgrst_ddl_watch",
                        "EVENT TRIGGER issue_pg_cron_access",
                        "PUBLICATION supabase_realtime")
                .doesNotContain("extensions.own");
        assertThat(notes.get(1)).isEqualTo("left behind, as it was named: POLICY public.profile own");
        assertThat(TestDatabases.one(laptop, OBJECTS)).isEqualTo("public.profile");
        assertThat(TestDatabases.one(laptop, "SELECT extensions.own() || (SELECT name FROM profile)"))
                .isEqualTo("1Ada");
    }

    @Test
    void aRuleIsAskedForNoColumnOfSupabases() throws SQLException {
        PostgresDatabase source = at(SUPABASE, "CREATE TABLE note(id int)");
        CopyOptions strict = new CopyOptions(MaskingPolicy.builder().build(), Secret.of("key"));

        assertThat(new TestDatabases(home).empty().checkCopy(source, strict).problems())
                .isEmpty();
        assertThat(source.shape().tables()).hasSize(1);
    }

    @Test
    void aDatabaseOfSupabaseKeepsItsUsersThoughItsRoleMayCreateDatabases() throws SQLException {
        PostgresDatabase source = at(SUPABASE, APP);
        fill(source, "Ada");
        PostgresDatabase target = at(SUPABASE, APP);
        fill(target, "Eve");
        asSuperuser(name(target), "ALTER ROLE %s CREATEDB".formatted(name(target)));
        asSuperuser(name(target), "GRANT supabase_auth_admin TO " + name(target));

        assertThat(target.checkCopy(source, TestDatabases.UNMASKED).problems()).isEmpty();
        target.copyFrom(source, TestDatabases.UNMASKED, Progress.NONE);

        assertThat(TestDatabases.one(target, "SELECT (SELECT email FROM auth.users) || (SELECT name FROM profile)"))
                .isEqualTo("EveAda");
        assertThat(TestDatabases.one(target, "SELECT count(*) FROM pg_event_trigger"))
                .isEqualTo("2");
        assertThat(TestDatabases.one(target, "SELECT count(*) FROM pg_publication"))
                .isEqualTo("1");
        assertThat(TestDatabases.one(target, "SELECT count(*) FROM pg_policy WHERE polname = 'own'"))
                .isEqualTo("1");
    }

    @Test
    void anOwnSchemaOfTheSameNameIsNotSupabases() throws SQLException {
        PostgresDatabase source = at("SELECT 1", "CREATE SCHEMA auth", "CREATE TABLE auth.token(a int)");
        PostgresDatabase laptop = new TestDatabases(home).empty();

        laptop.copyFrom(source, TestDatabases.UNMASKED, Progress.NONE);

        assertThat(TestDatabases.one(laptop, OBJECTS)).isEqualTo("auth.token");
    }

    @Test
    void aSchemaOfAmazonStaysBehindAndAnEventTriggerThatItsSuperuserOwnsForItsCustomerDoesNot() throws SQLException {
        PostgresDatabase source = at("""
                CREATE SCHEMA apgcc AUTHORIZATION rdsadmin; CREATE TABLE apgcc.status(a int);
                CREATE FUNCTION public.audit() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
                CREATE EVENT TRIGGER audit ON ddl_command_end EXECUTE FUNCTION public.audit();
                ALTER EVENT TRIGGER audit OWNER TO rdsadmin""", "CREATE TABLE note(id int)");
        PostgresDatabase laptop = new TestDatabases(home).empty();

        assertThat(laptop.checkCopy(source, TestDatabases.UNMASKED).notes())
                .containsExactly("left behind, as it belongs to Amazon RDS: SCHEMA apgcc with all that is in it");
        assertThat(laptop.checkCopy(source, TestDatabases.UNMASKED).problems())
                .singleElement()
                .asString()
                .startsWith("EVENT TRIGGER audit can be made in ");
        CopyOptions without = TestDatabases.UNMASKED.without(List.of("EVENT TRIGGER audit"));
        laptop.copyFrom(source, without, Progress.NONE);

        assertThat(TestDatabases.one(laptop, OBJECTS)).isEqualTo("public.note");
    }

    @Test
    void whatGoogleAndNeonHaveForThemselvesStaysBehindThoughItCannotBeRead() throws SQLException {
        PostgresDatabase google = at(
                "CREATE SCHEMA google_vacuum_mgmt AUTHORIZATION cloudsqladmin; CREATE TABLE google_vacuum_mgmt.plan(a serial)",
                "CREATE TABLE note(id int)");
        PostgresDatabase neon = at("""
                CREATE SCHEMA neon AUTHORIZATION cloud_admin; CREATE SCHEMA neon_migration AUTHORIZATION cloud_admin;
                CREATE TABLE neon_migration.migration_id(key int, id bigint); CREATE VIEW neon.local_cache AS SELECT 1""", "CREATE TABLE note(id int)");
        PostgresDatabase laptop = new TestDatabases(home).empty();

        laptop.copyFrom(google, TestDatabases.UNMASKED, Progress.NONE);
        laptop.copyFrom(neon, TestDatabases.UNMASKED, Progress.NONE);

        assertThat(TestDatabases.one(laptop, OBJECTS)).isEqualTo("public.note");
        assertThat(laptop.checkCopy(google, TestDatabases.UNMASKED).notes())
                .containsExactly(
                        "left behind, as it belongs to Google Cloud SQL: SCHEMA google_vacuum_mgmt with all that is in it");
        assertThat(laptop.checkCopy(neon, TestDatabases.UNMASKED).notes())
                .containsExactly(
                        "left behind, as it belongs to Neon: SCHEMA neon with all that is in it, SCHEMA neon_migration with all that is in it");
    }

    /** A database of a customer without special rights, after the company has put something into it. */
    private PostgresDatabase at(String companys, String... statements) throws SQLException {
        dev.restage.sandbox.server.PostgresDatabase made = company.createDatabase("at" + COUNT.incrementAndGet());
        asSuperuser(made.name(), companys.replace("{me}", made.user()));
        PostgresDatabase database = PostgresDatabase.of(
                new ConnectionSpec(
                        made.host(), made.port(), made.name(), made.user(), Secret.of(made.password()), "disable"),
                Variables.of(Map.of("RESTAGE_HOME", home.toString())));
        TestDatabases.run(database, statements);
        return database;
    }

    private static void fill(PostgresDatabase database, String name) throws SQLException {
        asSuperuser(
                name(database),
                "INSERT INTO auth.users VALUES (%1$s, '%2$s'); INSERT INTO profile VALUES (%1$s, '%2$s')"
                        .formatted(name.length() + name.charAt(0), name));
    }

    private static String name(PostgresDatabase database) throws SQLException {
        return TestDatabases.one(database, "SELECT current_database()");
    }

    private static void asSuperuser(String database, String statements) throws SQLException {
        try (Connection connection = company.connectAsSuperuser(database)) {
            new Query(connection).run(statements);
        }
    }
}
