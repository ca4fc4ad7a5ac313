package dev.restage.step.database;

import static dev.restage.trial.World.TARGET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.masking.TableSelector;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.trial.RealDatabase;
import dev.restage.trial.World;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SqlTest {

    private final World world = new World();

    @AutoClose("giveBack")
    private final RealDatabase database = RealDatabase.holding(
            world,
            "CREATE TABLE person (id int PRIMARY KEY, name text, email varchar(100))",
            "INSERT INTO person VALUES (1, 'Ada', NULL), (2, 'Bob', 'bob@acme.example')",
            "CREATE SCHEMA \"Odd \"\"one\"",
            "CREATE TABLE \"Odd \"\"one\".\"Person\" (name text)");

    @Test
    void quotesNamesAsTheyAre() {
        assertThat(Sql.quoted("public", "Person")).isEqualTo("\"public\".\"Person\"");
        assertThat(Sql.quoted("a\"b")).isEqualTo("\"a\"\"b\"");
    }

    @Test
    void findsTablesOfAnySchemaByWhatTheyHave() {
        assertThat(Sql.tables(database.shape(), TableSelector.having("name")))
                .containsExactly("\"Odd \"\"one\".\"Person\"", "\"public\".\"person\"");
        assertThat(Sql.tables(database.shape(), TableSelector.having("name", "email")))
                .containsExactly("\"public\".\"person\"");
    }

    @Test
    void readsRowsAsTextAlsoWhereThereIsNothing() {
        List<List<String>> rows = Sql.read(
                database,
                TARGET,
                connection -> Sql.rows(
                        connection,
                        "SELECT id, name, email FROM person WHERE name = ? OR name = ? ORDER BY id",
                        "Ada",
                        "Bob"));

        assertThat(rows).containsExactly(Arrays.asList("1", "Ada", null), List.of("2", "Bob", "bob@acme.example"));
    }

    @Test
    void readsAColumnWithoutItsNulls() {
        assertThat(Sql.<List<String>>read(
                        database, TARGET, connection -> Sql.column(connection, "SELECT email FROM person")))
                .containsExactly("bob@acme.example");
    }

    @Test
    void cannotWriteWhileItReads() {
        assertThatThrownBy(() -> Sql.read(
                        database, TARGET, connection -> Sql.update(connection, "UPDATE person SET name = ?", "x")))
                .isInstanceOfSatisfying(
                        ProviderException.class, e -> assertThat(e.kind()).isEqualTo(Kind.FAILED))
                .hasMessageStartingWith("a query on fake:target was refused (25006): ");
        assertThat(database.rows("SELECT name FROM person ORDER BY id")).containsExactly("Ada", "Bob");
    }

    @Test
    void writesAllOrNothing() {
        assertThatThrownBy(() -> Sql.write(
                        database,
                        TARGET,
                        connection -> Sql.execute(
                                connection, List.of("UPDATE person SET name = 'x'", "UPDATE nowhere SET name = 'x'"))))
                .hasMessageStartingWith("a change of fake:target was refused (42P01): ERROR: relation \"nowhere\"")
                .hasMessageEndingWith("; correct the statement or the privileges and resume");
        assertThatThrownBy(() -> Sql.write(database, TARGET, connection -> {
                    Sql.update(connection, "UPDATE person SET name = ?", "x");
                    throw new IllegalStateException("changed my mind");
                }))
                .hasMessage("changed my mind");

        assertThat(database.rows("SELECT name FROM person ORDER BY id")).containsExactly("Ada", "Bob");
    }

    @Test
    void countsTheRowsThatStatementsChange() {
        RealDatabase other = RealDatabase.holding(world, "CREATE TABLE t (a int)");

        long changed = Sql.write(
                other,
                TARGET,
                connection -> Sql.execute(
                        connection,
                        List.of(
                                "INSERT INTO t VALUES (1), (2), (3)",
                                "CREATE TABLE u (a int)",
                                "DELETE FROM t WHERE a > 1",
                                "SELECT 1")));

        assertThat(changed).isEqualTo(5);
    }

    @Test
    void aRefusalQuotesNoValueOfARow() {
        assertThatThrownBy(() -> Sql.write(
                        database,
                        TARGET,
                        connection -> Sql.update(connection, "INSERT INTO person VALUES (1, ?, NULL)", "Zoë Secret")))
                .hasMessageContaining("duplicate key value violates unique constraint")
                .message()
                .doesNotContain("(1)")
                .doesNotContain("Zoë");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT name::int FROM person WHERE name = 'Ada'",
                "SELECT ('13:61 ' || name)::time FROM person",
                "DO $$ BEGIN RAISE EXCEPTION 'no %', (SELECT name FROM person WHERE name = 'Ada'); END $$"
            })
    void aRefusalQuotesNoValueThatDidNotFit(String statement) {
        assertThatThrownBy(() -> Sql.write(database, TARGET, connection -> Sql.execute(connection, List.of(statement))))
                .hasMessageContaining(": a value did not fit, or a function raised an error; correct the statement")
                .message()
                .doesNotContain("Ada");
    }
}
