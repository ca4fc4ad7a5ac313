package dev.restage.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.masking.Condition;
import dev.restage.masking.MaskingPolicy;
import dev.restage.masking.TableRule.Rows;
import dev.restage.masking.TableSelector;
import dev.restage.masking.value.Mask;
import dev.restage.provider.PlanException;
import org.junit.jupiter.api.Test;

class PolicyTextTest {

    private static final MaskingPolicy POLICY = MaskingPolicy.builder()
            .rows("django_session", "*_log")
            .rows(
                    TableSelector.having("username", "is_staff"),
                    new Rows.Exempt(Condition.or(
                            Condition.endsWith("email", "@acme.example"), Condition.not(Condition.in("id", "1", "2")))))
            .mask("users", "email", Mask.email("example.com", "acme.example"))
            .mask(TableSelector.referring("*_id", TableSelector.named("users", "staff")), "note", Mask.freeText())
            .mask("orders", "details", Mask.json("email", "$.buyer.name"))
            .keep("orders", "id", "placed_*")
            .keepAs("a code of the shop", TableSelector.referredToBy("orders", "product_id"), "sku")
            .leaveObjects("public.reports")
            .build();

    @Test
    void isTheSameAfterAWayThroughText() {
        assertThat(PolicyText.read(PolicyText.yaml(POLICY))).isEqualTo(POLICY);
        assertThat(PolicyText.read(PolicyText.json(POLICY))).isEqualTo(POLICY);
    }

    @Test
    void saysWhatIsNotKnown() {
        assertThatThrownBy(() -> PolicyText.read("strictness: STRICT\ncolums: []\n"))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("colums");
    }
}
