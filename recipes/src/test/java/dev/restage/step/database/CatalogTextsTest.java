package dev.restage.step.database;

import static dev.restage.trial.Tables.table;
import static dev.restage.trial.World.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.masking.DatabaseShape;
import dev.restage.masking.TableSelector;
import dev.restage.masking.TableShape;
import dev.restage.provider.PlanException;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogTextsTest {

    private static final TableShape USER = table("user", "name text");

    private static TableShape part(TableShape root, String name) {
        return new TableShape(root.schema(), name, root.name(), root.columns(), List.of(), List.of(), List.of());
    }

    private static CatalogTexts users(String... texts) {
        return new CatalogTexts(TableSelector.named("user*"), List.of(texts), "accounts", "name their table");
    }

    private static List<String> queries(CatalogTexts texts, TableShape... tables) {
        return texts.queries(new DatabaseShape(List.of(tables))).stream()
                .map(CatalogTexts.Query::query)
                .toList();
    }

    @Test
    void asksEachTableThatIsMeant() {
        assertThat(queries(
                        users("{name}"),
                        table("user_a", "name text"),
                        table("page", "name text"),
                        table("user_b", "name text")))
                .containsExactly(
                        "SELECT \"name\" FROM \"public\".\"user_a\"", "SELECT \"name\" FROM \"public\".\"user_b\"");
    }

    @Test
    void asksAPartitionedTableOnce() {
        assertThat(queries(users("{name}"), USER, part(USER, "user_2026")))
                .containsExactly("SELECT \"name\" FROM \"public\".\"user\"");
    }

    @Test
    void leavesOutATextWhoseColumnsATableHasNot() {
        assertThat(queries(users("{first} || ' ' || {last}", "{email}"), table("user", "first text", "email text")))
                .containsExactly("SELECT \"email\" FROM \"public\".\"user\"");
    }

    @Test
    void ofSeveralColumnsTheFirstOneCountsThatIsThere() {
        assertThat(queries(users("{username|email|login}"), table("user", "login text", "email text")))
                .containsExactly("SELECT \"email\" FROM \"public\".\"user\"");
    }

    @Test
    void aPatternStandsForEachColumnOfTextThatNoTextBeforeHasUsed() {
        assertThat(queries(
                        users("{work_email}", "lower({*mail*})"),
                        table(
                                "user",
                                "work_email text",
                                "home_email varchar(100)",
                                "email_sent timestamp",
                                "mails int")))
                .containsExactly(
                        "SELECT \"work_email\" FROM \"public\".\"user\"",
                        "SELECT lower(\"home_email\") FROM \"public\".\"user\"");
    }

    @Test
    void aPatternOfWhichATextIsMadeStandsForNumbersToo() {
        assertThat(queries(users("{*phone*}::text"), table("user", "phone bigint", "phone_2 text", "phone_at date")))
                .containsExactly(
                        "SELECT \"phone\"::text FROM \"public\".\"user\"",
                        "SELECT \"phone_2\"::text FROM \"public\".\"user\"");
    }

    @Test
    void aColumnMayStandInATextMoreThanOnce() {
        assertThat(queries(users("CASE WHEN {*name*} LIKE '% %' THEN {*name*} END"), table("user", "full_name text")))
                .containsExactly(
                        "SELECT CASE WHEN \"full_name\" LIKE '% %' THEN \"full_name\" END FROM \"public\".\"user\"");
    }

    @Test
    void knowsOfWhichColumnsATextIsMade() {
        assertThat(users("{first} || {last}")
                        .queries(new DatabaseShape(List.of(table("user", "first text", "last text")))))
                .singleElement()
                .satisfies(query -> assertThat(query.columns()).containsExactlyInAnyOrder("first", "last"));
    }

    @Test
    void quotesColumnsAsTheyAre() {
        assertThat(queries(users("{*Na$1me*}"), table("user", "Na$1me\"x text")))
                .containsExactly("SELECT \"Na$1me\"\"x\" FROM \"public\".\"user\"");
    }

    @Test
    void saysWhatToDoWhereThereMustBeSomeAndAreNone() {
        DatabaseShape none = new DatabaseShape(List.of(table("user", "id int")));

        assertThat(users("{name}").queries(none)).isEmpty();
        assertThatThrownBy(() -> users("{name}").required(none, SOURCE))
                .isInstanceOf(PlanException.class)
                .hasMessage(
                        "no table of accounts, or none with a column to know them by, is found in fake:source: name their"
                                + " table");
    }
}
