package dev.restage.postgres.internal.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.masking.DatabaseShape;
import dev.restage.masking.TableShape;
import dev.restage.masking.TableShape.Reference;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RowFiltersTest {

    private static final DatabaseShape SHOP = new DatabaseShape(List.of(
            table("store"),
            table("customer", reference("store_id", "store")),
            table("orders", reference("customer_id", "customer")),
            table("line", reference("order_id", "orders"))));

    @Test
    void whatRefersToRowsLeftBehindStaysBehindToo() {
        RowFilters filters = RowFilters.of(SHOP, Map.of("customer", "active"));

        assertThat(filters.problems()).isEmpty();
        assertThat(filters.conditions())
                .containsOnlyKeys("public.customer", "public.orders", "public.line")
                .containsEntry("public.customer", "(active)")
                .containsEntry(
                        "public.orders",
                        "(\"customer_id\" IS NULL OR (\"customer_id\") IN"
                                + " (SELECT \"id\" FROM \"public\".\"customer\" WHERE (active)))");
        assertThat(filters.conditions().get("public.line"))
                .contains("FROM \"public\".\"orders\" WHERE (\"customer_id\" IS NULL OR");
    }

    @Test
    void aConditionOnATableThatIsNotThereIsRefused() {
        assertThat(RowFilters.of(SHOP, Map.of("custmer", "true")).problems())
                .containsExactly("the condition on custmer fits no table: correct the name");
    }

    @Test
    void inACircleTheTableWithoutAConditionOfItsOwnFollows() {
        DatabaseShape circle = new DatabaseShape(List.of(
                table("store", reference("manager_id", "staff")), table("staff", reference("store_id", "store"))));

        assertThat(RowFilters.of(circle, Map.of("store", "open")).conditions())
                .containsEntry("public.store", "(open)")
                .containsEntry(
                        "public.staff",
                        "(\"store_id\" IS NULL OR (\"store_id\") IN"
                                + " (SELECT \"id\" FROM \"public\".\"store\" WHERE (open)))");
    }

    @Test
    void withoutConditionsEverythingIsCopied() {
        assertThat(RowFilters.of(SHOP, Map.of()).conditions()).isEmpty();
    }

    private static TableShape table(String name, Reference... references) {
        return new TableShape("public", name, name, List.of(), List.of(), List.of(references), List.of());
    }

    private static Reference reference(String column, String table) {
        return new Reference(List.of(column), "public", table, List.of("id"));
    }
}
