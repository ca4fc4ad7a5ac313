package dev.restage.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.masking.MaskingPolicy;
import dev.restage.provider.PlanException;
import dev.restage.recipe.wagtail.Wagtail;
import org.junit.jupiter.api.Test;

class PolicyTextTest {

    private static final MaskingPolicy POLICY = Wagtail.site().policy();

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
