package dev.restage.masking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.masking.MaskingPolicy.Strictness;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class MaskingPolicyTest {

    private static final MaskingPolicy POLICY = MaskingPolicy.builder()
            .rows("django_session", "axes_*")
            .mask("*", "*email*", new Mask.Email("example.com", List.of("staff.example")))
            .mask("auth_user", "username", new Mask.Username(new Mask.Email("example.com")))
            .mask("wagtailforms_*", "form_data", new Mask.Json(Set.of("name")))
            .mask("x", "c", new Mask.Constant("y"))
            .keep("django_migrations", "*")
            .build();

    @Test
    void takesTheFirstRuleThatFits() {
        assertThat(POLICY.maskFor("django_migrations", "old_email")).containsInstanceOf(Mask.Email.class);
        assertThat(POLICY.maskFor("django_migrations", "name")).contains(new Mask.Keep());
        assertThat(POLICY.maskFor("auth_user", "nickname")).isEmpty();
        assertThat(POLICY.leavesRowsOf("axes_accesslog")).isTrue();
        assertThat(POLICY.leavesRowsOf("my_axes_accesslog")).isFalse();
    }

    @Test
    void triesOwnRulesBeforeThoseOfAReadyPolicy() {
        MaskingPolicy own =
                MaskingPolicy.builder().keep("shop", "email").lenient().build();

        MaskingPolicy both = POLICY.plus(own);

        assertThat(both.maskFor("shop", "email")).contains(new Mask.Keep());
        assertThat(both.maskFor("auth_user", "email")).containsInstanceOf(Mask.Email.class);
        assertThat(both.strictness()).isEqualTo(Strictness.LENIENT);
    }

    @Test
    void isTheSameAfterAWayThroughJson() {
        JsonMapper json = JsonMapper.builder().build();

        String text = json.writeValueAsString(POLICY);

        assertThat(text).contains("{\"mask\":\"keep\"}");
        assertThat(json.readValue(text, MaskingPolicy.class)).isEqualTo(POLICY);
    }
}
