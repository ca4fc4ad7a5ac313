package dev.restage.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.provider.RestageException.Effect;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What exceptions say of what was changed. */
class RestageExceptionTest {

    @Test
    void aPlanThatIsWrongAndAGuardThatRefusesHaveChangedNothing() {
        assertThat(new PlanException("wrong")).hasMessage("wrong").returns(Effect.NONE, RestageException::effect);
        assertThat(new GuardException("refused")).hasMessage("refused").returns(Effect.NONE, RestageException::effect);
    }

    @ParameterizedTest
    @EnumSource(ProviderException.Kind.class)
    void aResourceThatRefusesSaysWhyAndUnlessItKnowsNothingOfWhatWasChanged(ProviderException.Kind kind) {
        IOException cause = new IOException("reset by peer");

        assertThat(new ProviderException(kind, "no", cause))
                .hasCause(cause)
                .returns(kind, ProviderException::kind)
                .returns(Effect.UNKNOWN, RestageException::effect);
        assertThat(new ProviderException(kind, "no", Effect.NONE, null))
                .hasNoCause()
                .returns(Effect.NONE, RestageException::effect);
    }

    @Test
    void variablesAreThoseOfTheMomentTheyWereGiven() {
        Map<String, String> values = new HashMap<>(Map.of("A", "1", "BLANK", " "));
        Variables variables = Variables.of(values);

        values.put("B", "2");

        assertThat(variables.find("A")).contains("1");
        assertThat(variables.find("B")).isEmpty();
        assertThat(variables.find("BLANK")).isEmpty();
    }

    @Test
    void anEmptySecretIsNone() {
        assertThatThrownBy(() -> Secret.of("")).isInstanceOf(IllegalArgumentException.class);
        assertThat(Secret.of("a")).isEqualTo(Secret.of("a")).hasSameHashCodeAs(Secret.of("a"));
        assertThat(Secret.of("a")).isNotEqualTo(Secret.of("b")).isNotEqualTo("a");
    }
}
