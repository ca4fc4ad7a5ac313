package dev.restage.postgres.internal.proof;

import dev.restage.masking.DatabaseShape;
import dev.restage.masking.Mask;
import dev.restage.masking.MaskingPolicy;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What a policy says about the columns of a database: the only place of the proof that knows policies and masks. */
final class ColumnRules {

    /** What becomes of a column's values. */
    enum Use {
        /** Replaced, wholly or in part. */
        MASKED,
        /** Declared as kept. */
        KEPT,
        /** Copied for want of a rule. */
        UNRULED
    }

    /** What a mask takes values for. */
    enum Role {
        FIRST_NAME,
        LAST_NAME,
        FULL_NAME,
        PHONE,
        TEXT
    }

    private final MaskingPolicy policy;

    ColumnRules(MaskingPolicy policy, DatabaseShape shape) {
        this.policy = policy;
    }

    Use use(String schema, String table, String root, String column) {
        return of(table, root, column)
                .map(mask -> mask instanceof Mask.Keep ? Use.KEPT : Use.MASKED)
                .orElse(Use.UNRULED);
    }

    Role role(String schema, String table, String root, String column) {
        Mask mask = of(table, root, column).orElse(new Mask.Keep());
        if (mask instanceof Mask.FirstName) {
            return Role.FIRST_NAME;
        }
        if (mask instanceof Mask.LastName) {
            return Role.LAST_NAME;
        }
        if (mask instanceof Mask.FullName) {
            return Role.FULL_NAME;
        }
        return mask instanceof Mask.Phone ? Role.PHONE : Role.TEXT;
    }

    /** Whether anything can be replaced at all. */
    boolean maskSomething() {
        return policy.columns().stream().anyMatch(rule -> !(rule.mask() instanceof Mask.Keep));
    }

    /** The domains of masked addresses, and those whose addresses stay. */
    Set<String> allowedDomains() {
        Set<String> domains = new TreeSet<>();
        policy.columns().forEach(rule -> {
            Mask mask = rule.mask() instanceof Mask.Username login ? login.email() : rule.mask();
            if (mask instanceof Mask.Email email) {
                domains.add(email.domain());
                domains.addAll(email.kept());
            }
        });
        return domains;
    }

    private Optional<Mask> of(String table, String root, String column) {
        return policy.maskFor(table, column).or(() -> policy.maskFor(root, column));
    }
}
