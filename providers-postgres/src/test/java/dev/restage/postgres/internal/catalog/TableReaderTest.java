package dev.restage.postgres.internal.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.masking.DatabaseShape;
import dev.restage.masking.TableShape;
import dev.restage.masking.TableShape.Reference;
import dev.restage.masking.value.MaskTarget;
import dev.restage.masking.value.MaskTarget.Shape;
import dev.restage.masking.value.MaskTarget.Trait;
import dev.restage.postgres.testing.TestServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TableReaderTest {

    private static DatabaseShape shape = new DatabaseShape(List.of());

    @BeforeAll
    static void read() throws SQLException {
        try (Connection connection =
                Replay.connect(TestDatabase.filled(TestDatabase.owned(TestServers.BUNDLED), """
                CREATE DOMAIN code AS varchar(12) CHECK (VALUE <> 'VALUES');
                CREATE DOMAIN strict AS code NOT NULL CHECK (VALUE ~ '^[a-z]*$');
                CREATE TABLE team (id integer PRIMARY KEY, name char(9) UNIQUE);
                CREATE TABLE person (
                    id integer PRIMARY KEY, mail varchar(254) NOT NULL, "Code x" strict, doc jsonb, tags text[],
                    born date, first text, last text, team integer REFERENCES team,
                    full_name text GENERATED ALWAYS AS (first || ' ' || last) STORED,
                    CONSTRAINT has_at CHECK (mail LIKE '%@%'), UNIQUE (last, first));
                CREATE UNIQUE INDEX ON person (lower(mail));
                CREATE TABLE log (id integer, at date) PARTITION BY RANGE (at);
                CREATE TABLE log_1 PARTITION OF log FOR VALUES FROM ('2020-01-01') TO ('2021-01-01') PARTITION BY LIST (id);
                CREATE TABLE log_1_a PARTITION OF log_1 DEFAULT;
                """))) {
            shape = new DatabaseShape(new TableReader(new CatalogSession(connection, TestServers.BUNDLED))
                    .tables().stream().map(TableReader.Table::shape).toList());
        }
    }

    @Test
    void columnsHaveTheirTypesAndLimits() {
        assertThat(target("person", "mail"))
                .isEqualTo(new MaskTarget(Shape.TEXT, 254, Set.of(Trait.NOT_NULL, Trait.UNIQUE)));
        assertThat(target("person", "doc").shape()).isEqualTo(Shape.JSON);
        assertThat(target("person", "tags").shape()).isEqualTo(Shape.ARRAY);
        assertThat(target("person", "born").shape()).isEqualTo(Shape.DATE);
        assertThat(target("team", "name")).isEqualTo(new MaskTarget(Shape.CHAR, 9, Set.of(Trait.UNIQUE)));
        assertThat(target("person", "last").traits()).containsExactly(Trait.UNIQUE_WITH_OTHERS);
        assertThat(table("person").columns())
                .extracting(TableShape.Column::type)
                .startsWith("integer", "character varying(254)");
    }

    @Test
    void aDomainIsSeenThrough() {
        assertThat(target("person", "Code x")).isEqualTo(new MaskTarget(Shape.TEXT, 12, Set.of(Trait.NOT_NULL)));
        assertThat(table("person").checks())
                .containsExactlyInAnyOrder(
                        "((mail)::text ~~ '%@%'::text)",
                        "((\"Code x\")::text <> 'VALUES'::text)", "((\"Code x\")::text ~ '^[a-z]*$'::text)");
    }

    @Test
    void generatedColumnsHaveTheirExpression() {
        assertThat(table("person").column("full_name").orElseThrow().generated())
                .isEqualTo("((first || ' '::text) || last)");
    }

    @Test
    void keysAndReferencesNameTheirColumns() {
        assertThat(table("person").uniqueKeys())
                .containsExactlyInAnyOrder(List.of("id"), List.of("first", "last"), List.of("mail"));
        assertThat(table("person").references())
                .containsExactly(new Reference(List.of("team"), "public", "team", List.of("id")));
    }

    @Test
    void partitionsKnowTheirRoot() {
        assertThat(table("log_1_a").root()).isEqualTo("log");
        assertThat(table("log").root()).isEqualTo("log");
    }

    private static MaskTarget target(String table, String column) {
        return table(table).column(column).orElseThrow().target();
    }

    private static TableShape table(String name) {
        return shape.table("public", name).orElseThrow();
    }
}
