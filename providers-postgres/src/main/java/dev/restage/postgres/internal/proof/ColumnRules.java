package dev.restage.postgres.internal.proof;

import dev.restage.masking.DatabaseShape;
import dev.restage.masking.MaskingPolicy;
import dev.restage.masking.ObjectRule.Carry;
import dev.restage.masking.ResolvedPolicy;
import dev.restage.masking.TableMasking;
import dev.restage.masking.TableShape;
import dev.restage.masking.value.ColumnMask;
import dev.restage.masking.value.Mask;
import dev.restage.masking.value.MaskTarget;
import dev.restage.masking.value.PersonMask;
import dev.restage.masking.value.TextMask;
import dev.restage.masking.value.ValueMask;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a policy says about the columns of a database: the only place of the proof that knows policies and masks. */
final class ColumnRules {

    /** What becomes of a column's values. */
    enum Use {
        /** Replaced, wholly or in part. */
        MASKED,
        /** Declared as kept, or masked in a table of which some rows are exempt. */
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
        /** A telephone number or an id in a column of numbers. */
        NUMBER,
        TEXT
    }

    private final MaskingPolicy policy;
    private final Map<String, TableMasking> tables = new HashMap<>();

    ColumnRules(MaskingPolicy policy, DatabaseShape shape) {
        this.policy = policy;
        // a column that the server computes is not masked, but it can be kept
        ResolvedPolicy resolved = policy.resolve(new DatabaseShape(
                shape.tables().stream().map(ColumnRules::withoutGenerated).toList()));
        resolved.tables().forEach(table -> tables.put(table.table().qualifiedName(), table));
    }

    /** For a column of a table of the source. */
    Use use(TableShape table, String column) {
        return use(Optional.ofNullable(tables.get(table.qualifiedName())), column);
    }

    /** For a column of the target, be it of a materialized view that no policy sees. */
    Use use(TargetTable table, String column) {
        return use(Optional.ofNullable(tables.get(table.qualifiedName())).or(() -> Optional.of(alone(table))), column);
    }

    /** For a column of the target of which nothing but its name is known. */
    Use use(String schema, String table, String column) {
        return use(
                new TargetTable(
                        schema,
                        table,
                        false,
                        false,
                        0,
                        false,
                        List.of(new TargetTable.Column(column, "text", false, true, false))),
                column);
    }

    Role role(TableShape table, String column) {
        return role(mask(table, column));
    }

    static Role role(@Nullable Mask mask) {
        if (mask instanceof PersonMask.FirstName) {
            return Role.FIRST_NAME;
        }
        if (mask instanceof PersonMask.LastName) {
            return Role.LAST_NAME;
        }
        if (mask instanceof PersonMask.FullName) {
            return Role.FULL_NAME;
        }
        if (mask instanceof ValueMask.Digits) {
            return Role.NUMBER;
        }
        return mask instanceof PersonMask.Phone ? Role.PHONE : Role.TEXT;
    }

    /** Whether the mask of a column leaves no part of any value. */
    boolean replacesWhole(TableShape table, String column) {
        Mask mask = mask(table, column);
        return mask instanceof TextMask.Hash
                || mask instanceof TextMask.FreeText
                || mask instanceof ValueMask.Digits
                || (mask instanceof PersonMask.Email email && email.kept().isEmpty())
                || (mask instanceof PersonMask
                        && !(mask instanceof PersonMask.Email)
                        && !(mask instanceof PersonMask.Username));
    }

    private @Nullable Mask mask(TableShape table, String column) {
        return Optional.ofNullable(tables.get(table.qualifiedName()))
                .flatMap(masking -> masking.column(column))
                .map(ColumnMask::mask)
                .orElse(null);
    }

    /** Whether anything is replaced at all. */
    boolean maskSomething() {
        return tables.values().stream()
                .flatMap(table -> table.columns().values().stream())
                .anyMatch(mask -> !mask.keeps());
    }

    /** The domains of addresses that masks make, at whatever part of a value, and those whose addresses stay. */
    Set<String> allowedDomains() {
        return policy.allowedDomains();
    }

    /** Whether an object of the schema is declared as safe. */
    boolean keepsObject(String name) {
        return policy.carryOf(name).filter(carry -> carry == Carry.KEEP).isPresent();
    }

    private static Use use(Optional<TableMasking> table, String column) {
        Optional<ColumnMask> mask = table.flatMap(masking -> masking.column(column));
        if (mask.isEmpty()) {
            return Use.UNRULED;
        }
        return mask.get().keeps() || table.orElseThrow().exempt() != null ? Use.KEPT : Use.MASKED;
    }

    private TableMasking alone(TargetTable table) {
        TableShape shape = new TableShape(
                table.schema(),
                table.name(),
                table.name(),
                table.columns().stream()
                        .map(column -> new TableShape.Column(column.name(), column.type(), MaskTarget.TEXT, null))
                        .toList(),
                List.of(),
                List.of(),
                List.of());
        return policy.resolve(new DatabaseShape(List.of(shape))).table(shape);
    }

    private static TableShape withoutGenerated(TableShape table) {
        return new TableShape(
                table.schema(),
                table.name(),
                table.root(),
                table.columns().stream()
                        .map(column -> new TableShape.Column(column.name(), column.type(), column.target(), null))
                        .toList(),
                table.uniqueKeys(),
                table.references(),
                table.checks());
    }
}
