package dev.restage.postgres.internal.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.masking.MaskingPolicy;
import dev.restage.postgres.internal.content.Contents;
import dev.restage.postgres.internal.content.Transform;
import dev.restage.postgres.internal.session.Query;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.Secret;
import dev.restage.provider.database.CopyOptions;
import dev.restage.provider.database.CopyResult;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProofOfRowsTest {

    private static final String SCHEMA = """
            CREATE TABLE person (id int, name text, born timestamptz, data jsonb,
                shout text GENERATED ALWAYS AS (upper(name)) STORED);
            CREATE TABLE "Odd ""Name" (a text);
            CREATE TABLE none ();
            CREATE TABLE empty (a text, b int);
            CREATE TABLE numbers AS SELECT n, md5(n::text) AS digest FROM generate_series(1, 30000) n;
            CREATE MATERIALIZED VIEW names AS SELECT name FROM person;
            INSERT INTO person VALUES (1, E'a\\tb\\\\c\\nd', '2024-02-29 12:00+05', '{"b": 1, "a": [null]}'),
                (2, NULL, NULL, NULL), (3, '', 'infinity', '[]');
            INSERT INTO "Odd ""Name" VALUES ('x'), ('x'), (E'\\\\N'), (E'\\\\.');
            INSERT INTO none DEFAULT VALUES;
            """;

    @Test
    void acceptsRowsThatAreThereAsTheyWereSent() throws Exception {
        CopiedDatabase databases = new CopiedDatabase(SCHEMA);
        Contents contents = databases.contents();
        Proof proof = proof(contents, CopyOptions.Proof.FULL);
        databases.copy(contents, proof.watch(Transform.NONE));

        CopyResult.Proof result = proof.check(databases.target::target, 2, Progress.NONE);

        assertThat(result.tables()).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UPDATE numbers SET digest = concat(digest, 'x') WHERE n = 20000 | numbers holds other values",
                "UPDATE numbers SET digest = CASE n WHEN 1 THEN md5('2') ELSE md5('1') END WHERE n < 3 | numbers holds other values",
                "UPDATE person SET data = NULL WHERE id = 3 | person holds other values",
                "DELETE FROM none | none holds 0 rows of 1",
                "INSERT INTO empty VALUES ('a', 1) | empty holds 1 rows of 0",
                "DROP TABLE \"Odd \"\"Name\" | Odd \"Name is missing"
            })
    void refusesRowsThatAreNot(String change, String difference) throws Exception {
        CopiedDatabase databases = new CopiedDatabase(SCHEMA);
        Contents contents = databases.contents();
        Proof proof = proof(contents, CopyOptions.Proof.FULL);
        try (Connection target = databases.target.write()) {
            databases.copy(contents, proof.watch(Transform.NONE));
            new Query(target).run("SET search_path = public; " + change);

            assertThatThrownBy(() -> proof.check(databases.target::target, 2, Progress.NONE))
                    .isInstanceOfSatisfying(
                            ProviderException.class,
                            failure -> assertThat(failure.kind()).isEqualTo(ProviderException.Kind.FAILED))
                    .hasMessageContaining("public." + difference + ". ");
        }
    }

    @Test
    void countsRowsWhereNoMoreIsAsked() throws Exception {
        CopiedDatabase databases = new CopiedDatabase(SCHEMA);
        Contents contents = databases.contents();
        Proof proof = proof(contents, CopyOptions.Proof.COUNTS);
        try (Connection target = databases.target.write()) {
            databases.copy(contents, proof.watch(Transform.NONE));
            new Query(target).run("UPDATE public.person SET name = 'other'");

            proof.check(databases.target::target, 2, Progress.NONE);

            new Query(target).run("DELETE FROM public.person WHERE id = 1");
            assertThatThrownBy(() -> proof.check(databases.target::target, 2, Progress.NONE))
                    .hasMessageContaining("public.person holds 2 rows of 3");
        }
    }

    private static Proof proof(Contents contents, CopyOptions.Proof proof) {
        return Proof.start(
                new CopyOptions(
                        MaskingPolicy.none(),
                        Secret.of("key"),
                        Set.of(),
                        List.of(),
                        List.of(),
                        Map.of(),
                        CopyOptions.Storage.FAST,
                        0,
                        proof,
                        CopyOptions.Orphans.REFUSE,
                        null,
                        Map.of()),
                contents,
                Proof.Texts.ALIKE);
    }
}
