package dev.restage.postgres.internal.proof;

import dev.restage.masking.Mask;
import dev.restage.masking.MaskingPolicy;
import java.util.Optional;

/** What a policy says about the columns of the target. */
record ColumnRules(MaskingPolicy policy) {

    /** The rule for a column: the one for its table, else the one for the table that it is a partition of. */
    Optional<Mask> of(String table, String root, String column) {
        return policy.maskFor(table, column).or(() -> policy.maskFor(root, column));
    }

    boolean masks(String table, String root, String column) {
        return of(table, root, column)
                .filter(mask -> !(mask instanceof Mask.Keep))
                .isPresent();
    }

    boolean keeps(String table, String root, String column) {
        return of(table, root, column).filter(Mask.Keep.class::isInstance).isPresent();
    }

    /** Whether anything can be replaced at all. */
    boolean maskSomething() {
        return policy.columns().stream().anyMatch(rule -> !(rule.mask() instanceof Mask.Keep));
    }
}
