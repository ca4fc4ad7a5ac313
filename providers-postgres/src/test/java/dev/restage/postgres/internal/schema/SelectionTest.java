package dev.restage.postgres.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.masking.DatabaseShape;
import dev.restage.masking.MaskingPolicy;
import dev.restage.postgres.internal.content.Contents;
import dev.restage.postgres.internal.content.Entry;
import dev.restage.postgres.internal.content.Section;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What of an archive is carried that a database of today would not have. */
class SelectionTest {

    private static final MaskingPolicy STRICT = MaskingPolicy.builder().build();

    @Test
    void statisticsNeverComeAlong() {
        Contents contents = contents(
                entry(1, "TABLE", "t", "CREATE TABLE public.t (a text);\n"),
                entry(
                        2,
                        "STATISTICS DATA",
                        "t",
                        "SELECT pg_catalog.pg_restore_attribute_stats('histogram_bounds', '{ada@acme.test}'::text);\n",
                        1));

        for (MaskingPolicy policy : List.of(
                STRICT,
                MaskingPolicy.none(),
                MaskingPolicy.builder().keepObjects("*").build())) {
            Selection selection = new Selection(Set.of(), policy);
            assertThat(carried(selection, contents)).containsExactly("TABLE public.t");
            assertThat(selection.problems(contents)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"STATISTICS EXTENDED DATA", "PROPERTY GRAPH", "TABLE DATA MAP"})
    void aKindThatIsNotKnownStopsTheRunUntilItIsLeftOrDeclaredAsSafe(String kind) {
        Contents contents = contents(
                entry(1, "TABLE", "t", "CREATE TABLE public.t (a text);\n"),
                entry(2, kind, "x", "SELECT 1;\n"),
                entry(3, "VIEW", "v", "CREATE VIEW public.v AS SELECT 1;\n", 2));
        String name = kind + " public.x";

        assertThat(new Selection(Set.of(), STRICT).problems(contents))
                .singleElement()
                .asString()
                .startsWith(name + " is of a kind that is not known here")
                .contains("leaveObjects(\"" + name + "\")");
        assertThat(new Selection(Set.of(), MaskingPolicy.none()).problems(contents))
                .hasSize(1);
        Selection left = new Selection(
                Set.of(), MaskingPolicy.builder().leaveObjects(kind + " *").build());
        assertThat(left.problems(contents)).isEmpty();
        assertThat(carried(left, contents)).containsExactly("TABLE public.t");
        assertThat(left.notes(contents))
                .containsExactly(
                        "with %s, which the policy leaves behind, stays what needs it: VIEW public.v".formatted(name));
        Selection kept = new Selection(
                Set.of(), MaskingPolicy.builder().keepObjects(name).build());
        assertThat(kept.problems(contents)).isEmpty();
        assertThat(carried(kept, contents)).hasSize(3);
    }

    @Test
    void anExtensionThatIsNotKnownLeavesMaterializedViewsEmptyAndNothingElse() {
        Contents contents = contents(
                entry(1, "EXTENSION", "pg_elsewhere", "CREATE EXTENSION pg_elsewhere;\n"),
                entry(2, "TABLE", "t", "CREATE TABLE public.t (a text);\n"),
                entry(3, "INDEX", "i", "CREATE INDEX i ON public.t USING elsewhere (a);\n", 1, 2),
                entry(4, "MATERIALIZED VIEW", "m", "CREATE MATERIALIZED VIEW public.m AS SELECT public.ask();\n", 1),
                entry(5, "MATERIALIZED VIEW DATA", "m", "REFRESH MATERIALIZED VIEW public.m;\n", 4));
        Selection selection = new Selection(Set.of(), STRICT);

        assertThat(selection.problems(contents)).isEmpty();
        assertThat(carried(selection, contents)).hasSize(4).doesNotContain("MATERIALIZED VIEW DATA public.m");
        assertThat(selection.notes(contents)).singleElement().asString().contains("the extension pg_elsewhere");
    }

    private static List<String> carried(Selection selection, Contents contents) {
        return selection.of(contents).entries().stream().map(Entry::name).toList();
    }

    private static Contents contents(Entry... entries) {
        return new Contents("db", 18, "18.1", "UTF8", List.of(entries), List.of(), new DatabaseShape(List.of()));
    }

    private static Entry entry(int id, String kind, String tag, String definition, Integer... needs) {
        return new Entry(
                id,
                0,
                0,
                kind,
                "public",
                tag,
                Section.PRE_DATA,
                definition,
                null,
                null,
                null,
                null,
                (char) 0,
                null,
                Stream.of(needs).toList());
    }
}
