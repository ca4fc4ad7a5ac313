package dev.restage.masking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.masking.TableShape.Column;
import dev.restage.masking.value.Mask;
import dev.restage.masking.value.MaskTarget;
import dev.restage.masking.value.WholeMask.Hstore;
import dev.restage.masking.value.WholeMask.Json;
import dev.restage.masking.value.WholeMask.Json.At;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenPathsTest {

    private static final At EMAIL = new At("$.email", Mask.email("example.com"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "$.name | {\"email\": \"a@b.test\", \"name\": \"ada\"}",
                "$.who.first_name | {\"who\": {\"first_name\": \"ada\"}}",
                "$.ways[*].tel | {\"ways\": [{\"tel\": \"01715550123\"}, {\"tel\": 12}]}",
                "$.x | {\"x\": \"write to ada@engine.example\"}",
                "$.by | {\"email\": \"a@b.test\", \"by\": \"Ada King\"}",
                "$.n | {\"n\": [], \"n\": \"+44 20 7946 0123\"}",
                "$.d.phone | {\"d\": {\"phone\": 447700900123}}",
                "$.d | {\"d\": 447700900123}",
                "$.raw.email | {\"raw\": \"{\\\"email\\\": \\\"ada@engine.example\\\"}\"}",
                "$.*.born_on | {\"7\": {\"born_on\": 19800229}}",
                "$.* | {\"ada@engine.example\": 1}",
                "$[*] | [\"ada@engine.example\"]"
            })
    void aPathThatLooksLikePeopleIsAskedForBesideTheOneThatHasARule(String path, String json) {
        List<String> problems = problems("jsonb", new Json(List.of(EMAIL)), json);

        assertThat(problems)
                .singleElement()
                .asString()
                .startsWith("public.t.c: " + path + " ")
                .contains("seems to hold", "no rule");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"email\": \"ada@engine.example\", \"lang\": \"en\", \"theme\": \"Dark\"}",
                "{\"email\": {\"name\": \"Ada King\"}}",
                "{\"name\": null, \"phone\": \"\", \"count\": 12, \"email_sent\": true}",
                "not json at all",
                "{\"phone_verified\": 1}"
            })
    void nothingElseIsAskedFor(String json) {
        assertThat(problems("jsonb", new Json(List.of(EMAIL)), json)).isEmpty();
    }

    @Test
    void aRuleThatKeepsThePathIsTheWayRound() {
        Mask mask = new Json(List.of(EMAIL, new At("$.name", Mask.keep())));

        assertThat(problems("jsonb", mask, "{\"email\": \"a@b.test\", \"name\": \"Ada King\"}"))
                .isEmpty();
    }

    @Test
    void aRuleForAllAsksForNothing() {
        assertThat(problems("jsonb", Mask.json(), "{\"name\": \"Ada King\"}")).isEmpty();
    }

    @Test
    void aKeyOfAnHstoreThatLooksLikePeopleIsAskedFor() {
        Mask mask = new Hstore(List.of(new Hstore.Values("email", Mask.email("example.com"))));

        assertThat(problems("hstore", mask, "\"email\"=>\"a@b.test\", \"name\"=>\"Ada King\", \"size\"=>\"12\""))
                .singleElement()
                .asString()
                .startsWith("public.t.c: name seems to hold");
        assertThat(problems("hstore", mask, "\"size\"=>\"12\"")).isEmpty();
    }

    @Test
    void whatIsNotStrictOrHasNoRowsToSeeAsksForNothing() {
        MaskingPolicy policy = MaskingPolicy.builder()
                .mask("t", "c", new Json(List.of(EMAIL)))
                .lenient()
                .build();

        assertThat(policy.problems(shape("jsonb"), new Seen(List.of("{\"name\": \"Ada King\"}"))))
                .isEmpty();
        assertThat(policy.problems(shape("jsonb"))).isEmpty();
    }

    private static List<String> problems(String type, Mask mask, String value) {
        return MaskingPolicy.builder()
                .mask("t", "c", mask)
                .build()
                .problems(shape(type), new Seen(Collections.nCopies(5, value)));
    }

    private static DatabaseShape shape(String type) {
        Column column = new Column("c", type, MaskTarget.of(type, Set.of()), null);
        return new DatabaseShape(
                List.of(new TableShape("public", "t", "t", List.of(column), List.of(), List.of(), List.of())));
    }

    private record Seen(List<String> values) implements LiveRows {
        @Override
        public List<String> values(TableShape table, Column column) {
            return values;
        }

        @Override
        public Optional<Boolean> refuses(TableMasking masking, String check) {
            return Optional.empty();
        }
    }
}
