package dev.restage.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.restage.masking.Mask;
import dev.restage.masking.MaskingPolicy;
import dev.restage.provider.CopyOptions;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.Secret;
import java.nio.file.Path;
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
                .contains("public.consts.x (1)", "leaveObjects(\"MATERIALIZED VIEW public.consts\")")
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
                .contains("public.people.x (1)", "change its expression in the source", "keep(\"people\", \"x\")")
                .doesNotContain("dd a rule", "iden the rule", "mask(\"");
    }

    @Test
    void inLargeObjectsAreLeftBehindWithThem() throws Exception {
        PostgresDatabase source =
                databases.holding(PEOPLE.formatted(""), "SELECT lo_from_bytea(0, 'to ada@acme.test')");

        assertThat(failure(source, masking()))
                .contains("leaveObjects(\"BLOBS BLOBS\")")
                .doesNotContain("iden the rule");
        PostgresDatabase target = copied(source, masking().leaveObjects("BLOBS BLOBS"));

        assertThat(TestDatabases.one(target, "SELECT count(*) FROM pg_largeobject_metadata"))
                .isEqualTo("0");
    }

    private String failure(PostgresDatabase source, MaskingPolicy.Builder policy) throws Exception {
        PostgresDatabase target = databases.empty();
        StringBuilder message = new StringBuilder();
        assertThatThrownBy(() -> target.copyFrom(source, options(policy), Progress.NONE))
                .asInstanceOf(type(ProviderException.class))
                .satisfies(failure -> message.append(failure.getMessage()));
        return message.toString();
    }

    private PostgresDatabase copied(PostgresDatabase source, MaskingPolicy.Builder policy) throws Exception {
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
