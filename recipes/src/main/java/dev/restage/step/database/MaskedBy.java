package dev.restage.step.database;

import dev.restage.masking.MaskingPolicy;
import dev.restage.masking.value.MaskKey;
import dev.restage.plan.StepContext;

/**
 * How a copy masks, for steps that have to know copied values again.
 *
 * @param policy what is masked on the way
 * @param keyVariable the variable that holds the masking key
 */
public record MaskedBy(MaskingPolicy policy, String keyVariable) {

    MaskKey key(StepContext context) {
        return MaskKey.of(
                context.secret(keyVariable, "to know masked values again").reveal());
    }
}
