package dev.restage.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.restage.masking.ColumnRule;
import dev.restage.masking.MaskingPolicy;
import dev.restage.plan.SuggestedPolicy;
import dev.restage.postgres.connection.ConnectionSpec;
import dev.restage.postgres.internal.session.Query;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.Secret;
import dev.restage.provider.Variables;
import dev.restage.provider.database.CopyOptions;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A source that is read by a role which owns nothing of it. */
class ReaderTest {

    @TempDir
    private Path home;

    private TestDatabases databases;
    private PostgresDatabase owned;
    private PostgresDatabase source;
    private String reader;

    @BeforeEach
    void make() throws SQLException {
        databases = new TestDatabases(home);
        dev.restage.sandbox.server.PostgresDatabase made = TestDatabases.server()
                .createDatabase("read_" + UUID.randomUUID().toString().substring(0, 8));
        owned = databases.open(made);
        reader = made.name() + "_r";
        TestDatabases.run(
                owned,
                "CREATE SCHEMA app",
                "CREATE TABLE app.customer(id serial PRIMARY KEY, name text)",
                "INSERT INTO app.customer(name) VALUES ('Ada')",
                "CREATE TABLE app.note(id int GENERATED ALWAYS AS IDENTITY, text text)",
                "CREATE TABLE public.log(id int)",
                "CREATE TABLE public.mail(id int)",
                "CREATE TABLE public.own(id int)",
                "ALTER TABLE public.own ENABLE ROW LEVEL SECURITY",
                "SELECT lo_create(4711)");
        try (Connection connection = TestDatabases.server().connectAsSuperuser(made.name())) {
            new Query(connection)
                    .run("CREATE ROLE %1$s LOGIN PASSWORD 'r'; GRANT CONNECT ON DATABASE %2$s TO %1$s;"
                                    .formatted(reader, made.name())
                            + " GRANT SELECT ON app.customer, public.log, public.own TO " + reader);
        }
        source = PostgresDatabase.of(
                new ConnectionSpec(made.host(), made.port(), made.name(), reader, Secret.of("r"), "disable"),
                Variables.of(Map.of("RESTAGE_HOME", home.toString())));
    }

    @Test
    void isToldOnceAllThatItLacksWithTheGrants() {
        String in = " in " + source;

        assertThat(problems(TestDatabases.UNMASKED))
                .containsExactly(
                        "%1$s may not look into the schema app%2$s: GRANT USAGE ON SCHEMA app TO %1$s"
                                .formatted(reader, in),
                        "%1$s cannot read 1 tables of the schema app%2$s: GRANT SELECT ON TABLE app.note TO %1$s"
                                .formatted(reader, in),
                        "%1$s cannot read 1 tables of the schema public%2$s: GRANT SELECT ON TABLE public.mail TO %1$s"
                                .formatted(reader, in),
                        "%1$s cannot read 2 sequences of the schema app%2$s: GRANT SELECT ON SEQUENCE app.customer_id_seq, app.note_id_seq TO %1$s"
                                .formatted(reader, in),
                        "%1$s sees only some rows of public.own%2$s, by their policies: ALTER ROLE %1$s BYPASSRLS, or copy as a role that has it"
                                .formatted(reader, in),
                        "%1$s cannot read 1 large objects of %3$s%2$s: GRANT SELECT ON LARGE OBJECT 4711 TO %1$s"
                                .formatted(reader, in, reader.replaceFirst("_r$", "")));
    }

    @Test
    void copiesAfterTheGrantsThatItWasTold() throws SQLException {
        for (String problem : problems(TestDatabases.UNMASKED)) {
            String statement =
                    problem.replaceFirst("(?s)^.*?: (GRANT|ALTER)", "$1").replaceFirst(", or copy .*", "");
            databases.asSuperuser(owned, statement);
        }
        PostgresDatabase target = databases.empty();

        assertThat(target.checkCopy(source, TestDatabases.UNMASKED).problems()).isEmpty();
        target.copyFrom(source, TestDatabases.UNMASKED, Progress.NONE);

        assertThat(TestDatabases.one(target, "SELECT last_value || name FROM app.customer_id_seq, app.customer"))
                .isEqualTo("1Ada");
    }

    @Test
    void needsNoRightOnTablesWithoutTheirRows() {
        CopyOptions without = new CopyOptions(
                MaskingPolicy.builder()
                        .rows("note", "mail", "own")
                        .keep("*", "*")
                        .build(),
                Secret.of("key"));

        assertThat(problems(without))
                .noneMatch(problem -> problem.contains(" tables of ") || problem.contains("only some rows"))
                .anyMatch(problem -> problem.contains("app.note_id_seq"));
    }

    @Test
    void isToldAtOnceAllTablesFromWhoseValuesNoRuleCanBeProposed() throws SQLException {
        TestDatabases.run(
                owned,
                "CREATE SCHEMA \"the app\"",
                "CREATE TABLE \"the app\".\"Order\"(mail text)",
                "CREATE TABLE public.visitor(mail text)",
                "INSERT INTO public.visitor VALUES ('ada@acme.test')");
        ProviderException denied = catchThrowableOfType(
                ProviderException.class, () -> suggested(MaskingPolicy.builder().build()));

        assertThat(denied.kind()).isEqualTo(ProviderException.Kind.DENIED);
        assertThat(denied)
                .hasMessageStartingWith(
                        "\"%s\" cannot read 4 tables of %s, so no rule can be proposed".formatted(reader, source))
                .hasMessageContainingAll(
                        "\"app\".\"customer\", \"app\".\"note\"", "\"public\".\"visitor\"", "\"the app\".\"Order\"");
        databases.asSuperuser(owned, String.valueOf(denied.getMessage()).replaceFirst("(?s)^.*?: GRANT", "GRANT"));

        assertThat(suggested(MaskingPolicy.builder().build()).columns())
                .extracting(ColumnRule::column)
                .contains("mail", "name", "text");
    }

    @Test
    void needsNoRightOnTablesThatHaveRulesAlready() throws SQLException {
        TestDatabases.run(owned, "GRANT USAGE ON SCHEMA app TO " + reader);

        assertThat(suggested(MaskingPolicy.builder().keep("note", "*").build()).columns())
                .extracting(ColumnRule::column)
                .containsExactly("name");
    }

    @Test
    void getsOneAnswerAboutLargeObjectsThatItCannotRead() {
        CopyOptions strict =
                new CopyOptions(MaskingPolicy.builder().keep("*", "*").build(), Secret.of("key"));
        CopyOptions left = new CopyOptions(
                MaskingPolicy.builder().keep("*", "*").leaveObjects("BLOBS *").build(), Secret.of("key"));
        CopyOptions kept = new CopyOptions(
                MaskingPolicy.builder().keep("*", "*").keepObjects("BLOBS *").build(), Secret.of("key"));

        assertThat(problems(strict))
                .filteredOn(problem -> problem.toLowerCase(Locale.ROOT).contains("large object"))
                .singleElement()
                .asString()
                .contains("leaveObjects(\"BLOBS *\")");
        assertThat(problems(left))
                .noneMatch(problem -> problem.toLowerCase(Locale.ROOT).contains("large object"));
        assertThat(problems(kept))
                .filteredOn(problem -> problem.toLowerCase(Locale.ROOT).contains("large object"))
                .singleElement()
                .asString()
                .contains("GRANT SELECT ON LARGE OBJECT 4711");
    }

    private MaskingPolicy suggested(MaskingPolicy known) {
        return SuggestedPolicy.of(source, known).policy();
    }

    private List<String> problems(CopyOptions options) {
        return databases.empty().checkCopy(source, options).problems();
    }
}
