package dev.restage.postgres.internal.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.masking.DatabaseShape;
import dev.restage.masking.TableShape;
import dev.restage.masking.TableShape.Column;
import dev.restage.masking.TableShape.Reference;
import dev.restage.masking.value.MaskTarget;
import dev.restage.masking.value.MaskTarget.Trait;
import dev.restage.postgres.internal.archive.entries.Shapes;
import dev.restage.postgres.internal.content.Entry;
import dev.restage.postgres.internal.content.Section;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShapesTest {

    @Test
    void readsTheTablesOfARealDump() throws IOException {
        DatabaseShape shape = shape("small-v1.16-gzip.dump");

        TableShape person = shape.table("app", "person").orElseThrow();
        assertThat(person.columns())
                .extracting(Column::name, Column::type)
                .containsExactly(
                        tuple("id", "integer"),
                        tuple("name", "text"),
                        tuple("mail", "app.email"),
                        tuple("mood", "app.mood"),
                        tuple("j", "jsonb"),
                        tuple("b", "bytea"),
                        tuple("n", "numeric(12,3)"),
                        tuple("ts", "timestamp with time zone"),
                        tuple("arr", "text[]"),
                        tuple("len", "integer"));
        assertThat(person.column("len").orElseThrow().generated()).isEqualTo("length(name)");
        assertThat(person.column("id").orElseThrow().target().traits())
                .containsExactlyInAnyOrder(Trait.NOT_NULL, Trait.UNIQUE);
        assertThat(person.column("mail").orElseThrow().target().shape()).isEqualTo(MaskTarget.Shape.TEXT);
        assertThat(person.column("arr").orElseThrow().target().shape()).isEqualTo(MaskTarget.Shape.ARRAY);
        assertThat(person.checks()).contains("(VALUE ~ '@'::text)");
        assertThat(person.uniqueKeys()).contains(List.of("id"));

        assertThat(shape.table("public", "a").orElseThrow().references())
                .containsExactly(new Reference(List.of("b_id"), "public", "b", List.of("id")));
        assertThat(shape.table("public", "child").orElseThrow().columns())
                .extracting(Column::name)
                .containsExactly("a", "b");
        assertThat(shape.table("public", "part1").orElseThrow().root()).isEqualTo("part");
        assertThat(shape.table("public", "part2").orElseThrow().root()).isEqualTo("part");
        assertThat(shape.table("public", "part").orElseThrow().root()).isEqualTo("part");
        assertThat(shape.table("public", "Odd Name").orElseThrow().columns())
                .extracting(Column::name)
                .containsExactly("Col x", "é");
        assertThat(shape.table("public", "no_columns").orElseThrow().columns()).isEmpty();
        assertThat(shape.table("public", "mv")).isEmpty();
    }

    @Test
    void isTheSameFromEveryFormat() throws IOException {
        assertThat(shape("small-v1.14-none.dump")).isEqualTo(shape("small-v1.16-zstd.dump"));
    }

    @Test
    void readsPagila() throws IOException {
        DatabaseShape shape = shape("pagila-v1.14.dump");

        assertThat(shape.tables()).hasSize(22);
        assertThat(shape.tables().stream().filter(table -> table.root().equals("payment")))
                .hasSize(8);
        assertThat(shape.table("public", "film_actor").orElseThrow())
                .satisfies(table -> assertThat(table.uniqueKeys()).containsExactly(List.of("actor_id", "film_id")))
                .satisfies(table -> assertThat(table.references()).hasSize(2));
        assertThat(shape.table("public", "customer")
                        .orElseThrow()
                        .column("email")
                        .orElseThrow()
                        .type())
                .isEqualTo("text");
    }

    @Test
    void understandsAwkwardDefinitions() {
        DatabaseShape shape = Shapes.of(List.of(
                entry("TYPE", """
                        CREATE TYPE s.kind AS ENUM (
                            'a,b',
                            'it''s'
                        );
                        """),
                entry("DOMAIN", """
                        CREATE DOMAIN s.short AS character varying(10) NOT NULL
                        \tCONSTRAINT c CHECK (((VALUE)::text <> ')'::text));
                        """),
                entry("DOMAIN", "CREATE DOMAIN s.shorter AS s.short;"),
                entry("TABLE", """
                        CREATE TABLE s."a ""b"", (c" (
                            "Key" integer DEFAULT nextval('s.x'::regclass) CONSTRAINT n NOT NULL,
                            "not" s.shorter DEFAULT ')'::text COLLATE pg_catalog."C",
                            times time(3) with time zone[] /* c /* , */ ) */,
                            low text GENERATED ALWAYS AS (lower((("not")::text || $x$)$x$))) STORED NOT NULL,
                            k s.kind,
                            CONSTRAINT "c," CHECK ((("Key" > 0) AND (low <> 'x,'::text)))
                        )
                        WITH (fillfactor='70'); -- CREATE TABLE s.nothing (a integer);
                        """),
                entry("CONSTRAINT", """
                        ALTER TABLE ONLY s."a ""b"", (c"
                            ADD CONSTRAINT u UNIQUE NULLS NOT DISTINCT ("Key", low);
                        """),
                entry("INDEX", """
                        CREATE UNIQUE INDEX i ON s."a ""b"", (c" USING btree (lower(("not")::text)) INCLUDE (low)
                            WHERE ("Key" > 1);
                        """),
                entry("FK CONSTRAINT", """
                        ALTER TABLE ONLY s."a ""b"", (c"
                            ADD CONSTRAINT f FOREIGN KEY ("Key", low) REFERENCES other.t(x, "y,z")
                            ON DELETE SET NULL (low) DEFERRABLE;
                        """)));

        TableShape table = shape.table("s", "a \"b\", (c").orElseThrow();
        assertThat(shape.tables()).hasSize(1);
        assertThat(table.columns())
                .extracting(Column::name, Column::type)
                .containsExactly(
                        tuple("Key", "integer"),
                        tuple("not", "s.shorter"),
                        tuple("times", "time(3) with time zone[]"),
                        tuple("low", "text"),
                        tuple("k", "s.kind"));
        assertThat(table.column("not").orElseThrow().target())
                .returns(10, MaskTarget::maxLength)
                .returns(MaskTarget.Shape.TEXT, MaskTarget::shape)
                .extracting(MaskTarget::traits)
                .isEqualTo(java.util.Set.of(Trait.NOT_NULL, Trait.UNIQUE));
        assertThat(table.column("low").orElseThrow()).returns("lower(((\"not\")::text || $x$)$x$))", Column::generated);
        assertThat(table.uniqueKeys()).containsExactly(List.of("Key", "low"), List.of("not"));
        assertThat(table.references())
                .containsExactly(new Reference(List.of("Key", "low"), "other", "t", List.of("x", "y,z")));
        assertThat(table.checks())
                .containsExactly("((\"Key\" > 0) AND (low <> 'x,'::text))", "((VALUE)::text <> ')'::text)");
    }

    private static DatabaseShape shape(String archive) throws IOException {
        try (ArchiveSource source = ArchiveSource.of(Archives.file(archive))) {
            return source.contents().shape();
        }
    }

    private static org.assertj.core.groups.Tuple tuple(Object... values) {
        return org.assertj.core.groups.Tuple.tuple(values);
    }

    private static Entry entry(String kind, String definition) {
        return new Entry(
                1, 0, 0, kind, "s", "x", Section.PRE_DATA, definition, null, null, null, null, (char) 0, "", List.of());
    }
}
