package dev.restage.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.restage.masking.MaskingPolicy;
import dev.restage.masking.value.Mask;
import dev.restage.postgres.testing.ClientPrograms;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.Secret;
import dev.restage.provider.database.CopyOptions;
import dev.restage.provider.database.Dataset;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Masks do not reach people in what the server computes; what the proof advises about them works. */
class ComputedPeopleTest {

    private static final String PEOPLE = "CREATE TABLE people (id int, email text%s);"
            + " INSERT INTO people(id, email) VALUES (1, 'ada@acme.test')";
    private static final String ADA = "'ada' || chr(64) || 'acme.test'";

    @TempDir
    Path folder;

    private TestDatabases databases;

    @BeforeEach
    void server() {
        databases = new TestDatabases(folder);
    }

    @Test
    void inAMaterializedViewAreLeftBehindWithIt() throws Exception {
        PostgresDatabase source = databases.holding(
                PEOPLE.formatted(""), "CREATE MATERIALIZED VIEW consts AS SELECT %s AS x".formatted(ADA));

        assertThat(failure(source, masking()))
                .contains("public.consts.x (", "leaveObjects(\"MATERIALIZED VIEW public.consts\")")
                .doesNotContain("dd a rule", "iden the rule", "mask(\"");
        PostgresDatabase target = copied(source, masking().leaveObjects("MATERIALIZED VIEW public.consts"));

        assertThat(TestDatabases.one(target, "SELECT count(*) FROM pg_matviews"))
                .isEqualTo("0");
    }

    @Test
    void inAMaterializedViewMayStayIfItsColumnIsKept() throws Exception {
        PostgresDatabase source = databases.holding(
                PEOPLE.formatted(""), "CREATE MATERIALIZED VIEW public.teams AS SELECT 'Ada of ' || 'ACME' AS x");

        assertThat(TestDatabases.one(copied(source, masking().keep("teams", "x")), "SELECT x FROM teams"))
                .isEqualTo("Ada of ACME");
    }

    @Test
    void inAMaterializedViewAreNotAMatterOfWideningItsRule() throws Exception {
        PostgresDatabase source = databases.holding(
                PEOPLE.formatted(""), "CREATE MATERIALIZED VIEW consts AS SELECT %s AS email".formatted(ADA));

        assertThat(failure(source, masking().mask("*", "email", Mask.email("example.com"))))
                .contains("leaveObjects(\"MATERIALIZED VIEW public.consts\")")
                .doesNotContainIgnoringCase("widen");
    }

    @Test
    void inAGeneratedColumnAreAMatterOfItsExpression() throws Exception {
        PostgresDatabase source =
                databases.holding(PEOPLE.formatted(", x text GENERATED ALWAYS AS (%s) STORED".formatted(ADA)));

        assertThat(failure(source, masking()))
                .contains("public.people.x (", "change its expression in the source", "keep(\"people\", \"x\")")
                .doesNotContain("dd a rule", "iden the rule", "mask(\"");
    }

    @Test
    void inLargeObjectsAreLeftBehindWithThem() throws Exception {
        PostgresDatabase source =
                databases.holding(PEOPLE.formatted(""), "SELECT lo_from_bytea(0, 'to ada@acme.test')");

        assertThat(failure(source, masking()))
                .contains("leaveObjects(\"BLOBS *\")")
                .doesNotContain("iden the rule");
        PostgresDatabase target = copied(source, masking().leaveObjects("BLOBS *"));

        assertThat(TestDatabases.one(target, "SELECT count(*) FROM pg_largeobject_metadata"))
                .isEqualTo("0");
    }

    @Test
    void inLargeObjectsOfAnArchiveAreLeftBehindWithAllGroupsOfThem() throws Exception {
        dev.restage.sandbox.server.PostgresDatabase made =
                TestDatabases.server().createDatabase("with_large_objects");
        TestDatabases.run(
                made,
                PEOPLE.formatted(""),
                "SELECT lo_from_bytea(4711, 'to ada@acme.test')",
                "SELECT lo_from_bytea(4712, 'nothing')",
                "GRANT SELECT ON LARGE OBJECT 4712 TO PUBLIC",
                "COMMENT ON LARGE OBJECT 4711 IS 'of Ada'");
        Path dump = folder.resolve("large.dump");
        ClientPrograms programs = ClientPrograms.atLeast(17);
        programs.dump(made, "-Fc", "-f", dump.toString());
        assertThat(programs.read(dump, "-l")).containsPattern("BLOBS - 4711").containsPattern("BLOBS - 4712");
        PostgresArchive source = PostgresArchive.of(dump, Clock.systemUTC());

        assertThat(failure(source, masking())).contains("leaveObjects(\"BLOBS *\")");
        PostgresDatabase target = copied(source, masking().leaveObjects("BLOBS *"));

        assertThat(TestDatabases.one(target, "SELECT count(*) FROM pg_largeobject_metadata"))
                .isEqualTo("0");
    }

    @Test
    void largeObjectsThatAreNotWantedAtAllAreNotThereEmpty() throws Exception {
        PostgresDatabase source = databases.holding("SELECT lo_from_bytea(0, 'to ada@acme.test')");
        PostgresDatabase target = databases.empty();

        target.copyFrom(source, TestDatabases.UNMASKED.without(List.of("BLOBS *")), Progress.NONE);

        assertThat(TestDatabases.one(target, "SELECT count(*) FROM pg_largeobject_metadata"))
                .isEqualTo("0");
    }

    @Test
    void inAGeneratedColumnGoWithTheMaskOfWhatItIsComputedFrom() throws Exception {
        PostgresDatabase source = databases.holding(
                "CREATE TABLE people (id int, email text, spare text, x text GENERATED ALWAYS AS (lower(spare)) STORED);"
                        + " INSERT INTO people(id, email, spare) VALUES (1, 'ada@acme.test', 'Ada@acme.test')");

        assertThat(failure(source, masking())).contains("ask what the server computes public.people.x from");
        PostgresDatabase target = copied(source, masking().mask("people", "spare", Mask.email("example.com")));

        assertThat(TestDatabases.one(target, "SELECT x FROM people")).endsWith("@example.com");
    }

    private String failure(Dataset source, MaskingPolicy.Builder policy) throws Exception {
        PostgresDatabase target = databases.empty();
        StringBuilder message = new StringBuilder();
        assertThatThrownBy(() -> target.copyFrom(source, options(policy), Progress.NONE))
                .asInstanceOf(type(ProviderException.class))
                .satisfies(failure -> message.append(failure.getMessage()));
        return message.toString();
    }

    private PostgresDatabase copied(Dataset source, MaskingPolicy.Builder policy) throws Exception {
        PostgresDatabase target = databases.empty();
        target.copyFrom(source, options(policy), Progress.NONE);
        return target;
    }

    private static MaskingPolicy.Builder masking() {
        return MaskingPolicy.builder()
                .mask("people", "email", Mask.email("example.com"))
                .lenient();
    }

    private static CopyOptions options(MaskingPolicy.Builder policy) {
        return new CopyOptions(policy.build(), Secret.of("a key that is long enough for masking"));
    }
}
