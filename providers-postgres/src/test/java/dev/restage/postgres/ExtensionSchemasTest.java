package dev.restage.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.provider.Progress;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Extensions that are, or have to be, in another schema than in the source. */
class ExtensionSchemasTest {

    private static final String COLUMN =
            "SELECT format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = 'people'::regclass AND attname = 'name'";
    private static final String SCHEMA = "SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'citext'";
    private static final String HEROKU = "SELECT count(*) FROM pg_namespace WHERE nspname = 'heroku_ext'";

    @TempDir
    Path home;

    private TestDatabases databases;

    @BeforeEach
    void prepare() {
        databases = new TestDatabases(home);
    }

    @Test
    void aSchemaOfHerokuIsNotMadeWhereNothingElseNeedsIt() throws SQLException {
        PostgresDatabase source = databases.holding(
                "CREATE SCHEMA heroku_ext",
                "CREATE EXTENSION citext SCHEMA heroku_ext",
                "CREATE TABLE people(name heroku_ext.citext UNIQUE CHECK (name <> 'x'::heroku_ext.citext))",
                "INSERT INTO people VALUES ('Ada')");
        for (PostgresDatabase target : new PostgresDatabase[] {databases.empty(), databases.creating()}) {
            target.copyFrom(source, TestDatabases.UNMASKED, Progress.NONE);

            assertThat(TestDatabases.one(target, COLUMN)).isEqualTo("citext");
            assertThat(TestDatabases.one(target, SCHEMA)).isEqualTo("public");
            assertThat(TestDatabases.one(target, HEROKU)).isEqualTo("0");
            assertThat(TestDatabases.one(target, "SELECT count(*) FROM people WHERE name = 'ADA'"))
                    .isEqualTo("1");
        }
    }

    @Test
    void anExtensionThatIsThereStaysWhereItIs() throws SQLException {
        PostgresDatabase source = databases.holding(
                "CREATE EXTENSION citext", "CREATE TABLE people(name citext)", "CREATE TABLE citext_notes(a int)");
        PostgresDatabase target =
                databases.holding("CREATE SCHEMA heroku_ext", "CREATE EXTENSION citext SCHEMA heroku_ext");

        target.copyFrom(source, TestDatabases.UNMASKED, Progress.NONE);
        target.copyFrom(source, TestDatabases.UNMASKED, Progress.NONE);

        assertThat(TestDatabases.one(target, COLUMN)).isEqualTo("heroku_ext.citext");
        assertThat(TestDatabases.one(target, SCHEMA)).isEqualTo("heroku_ext");
        assertThat(TestDatabases.one(target, "SELECT count(*) FROM public.citext_notes"))
                .isEqualTo("0");
    }

    @Test
    void aSchemaWithExtensionsThatStaysInTheTargetIsNotMadeAgain() throws SQLException {
        String[] both = {"CREATE SCHEMA extensions", "CREATE EXTENSION citext SCHEMA extensions"};
        PostgresDatabase source = databases.holding(
                both[0],
                both[1],
                "CREATE TABLE extensions.own(name extensions.citext)",
                "COMMENT ON SCHEMA extensions IS 'x'");
        PostgresDatabase target = databases.holding(both[0], both[1], "CREATE TABLE extensions.old(a int)");

        target.copyFrom(source, TestDatabases.UNMASKED, Progress.NONE);

        assertThat(
                        TestDatabases.one(
                                target,
                                "SELECT string_agg(relname, ' ') FROM pg_class WHERE relnamespace = 'extensions'::regnamespace AND relkind = 'r'"))
                .isEqualTo("own");
    }

    @Test
    void anExtensionThatOnlyASuperuserCanMakeIsNamedBeforehand() throws SQLException {
        PostgresDatabase source = databases.holding("CREATE TABLE people(name text)");
        PostgresDatabase target = databases.empty();
        databases.asSuperuser(source, "CREATE EXTENSION postgres_fdw");

        assertThat(target.checkCopy(source, TestDatabases.UNMASKED).problems())
                .singleElement()
                .asString()
                .startsWith("extension postgres_fdw can be created in ");
    }
}
