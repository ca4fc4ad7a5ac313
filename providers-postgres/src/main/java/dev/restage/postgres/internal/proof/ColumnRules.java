package dev.restage.postgres.internal.proof;

import dev.restage.masking.ColumnMask;
import dev.restage.masking.DatabaseShape;
import dev.restage.masking.Mask;
import dev.restage.masking.MaskingPolicy;
import dev.restage.masking.PersonMask;
import dev.restage.masking.TableMasking;
import dev.restage.masking.WholeMask;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
    private final Map<String, TableMasking> tables;

    ColumnRules(MaskingPolicy policy, DatabaseShape shape) {
        this.policy = policy;
        this.tables = policy.resolve(shape).tables().stream()
                .collect(Collectors.toUnmodifiableMap(each -> each.table().qualifiedName(), each -> each));
    }

    Use use(String schema, String table, String root, String column) {
        return of(schema, table, root, column)
                .map(mask -> mask instanceof WholeMask.Keep ? Use.KEPT : Use.MASKED)
                .orElse(Use.UNRULED);
    }

    Role role(String schema, String table, String root, String column) {
        Mask mask = of(schema, table, root, column).orElse(Mask.keep());
        if (mask instanceof PersonMask.FirstName) {
            return Role.FIRST_NAME;
        }
        if (mask instanceof PersonMask.LastName) {
            return Role.LAST_NAME;
        }
        if (mask instanceof PersonMask.FullName) {
            return Role.FULL_NAME;
        }
        return mask instanceof PersonMask.Phone ? Role.PHONE : Role.TEXT;
    }

    /** Whether anything can be replaced at all. */
    boolean maskSomething() {
        return policy.columns().stream().anyMatch(rule -> !(rule.mask() instanceof WholeMask.Keep));
    }

    /** The domains of masked addresses, and those whose addresses stay. */
    Set<String> allowedDomains() {
        Set<String> domains = new TreeSet<>();
        policy.columns().forEach(rule -> {
            Mask mask = rule.mask() instanceof PersonMask.Username login ? login.email() : rule.mask();
            if (mask instanceof PersonMask.Email email) {
                domains.add(email.domain());
                domains.addAll(email.kept());
            }
        });
        return domains;
    }

    private Optional<Mask> of(String schema, String table, String root, String column) {
        return Stream.of(table, root)
                .map(name -> tables.get(schema + "." + name))
                .filter(Objects::nonNull)
                .findFirst()
                .flatMap(masking -> masking.column(column))
                .map(ColumnMask::mask);
    }
}
