package dev.restage.masking;

import dev.restage.masking.MaskingPolicy.Strictness;
import dev.restage.masking.TableRule.Rows;
import dev.restage.masking.TableShape.Reference;
import dev.restage.masking.value.ColumnMask;
import dev.restage.masking.value.Mask;
import dev.restage.masking.value.MaskTarget.Trait;
import dev.restage.masking.value.WholeMask;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds why a policy cannot be followed on a database. */
final class Problems {

    private final ResolvedPolicy resolved;
    private final Strictness strictness;
    private final @Nullable LiveRows rows;
    private final Set<String> found = new LinkedHashSet<>();

    /**
     * Prepares to look.
     *
     * @param rows what can be asked of the rows; null if there are none to ask, as in an archive
     */
    Problems(ResolvedPolicy resolved, Strictness strictness, @Nullable LiveRows rows) {
        this.resolved = resolved;
        this.strictness = strictness;
        this.rows = rows;
    }

    List<String> all() {
        resolved.tables().stream().filter(TableMasking::carriesRows).forEach(masking -> {
            columns(masking);
            conditions(masking);
            masking.table().references().forEach(reference -> reference(masking, reference));
        });
        return List.copyOf(found);
    }

    private void columns(TableMasking masking) {
        TableShape table = masking.table();
        for (TableShape.Column column : table.columns()) {
            if (column.generated() != null) {
                continue;
            }
            String name = name(table, column.name());
            Optional<ColumnMask> mask = masking.column(column.name());
            if (mask.isEmpty() && strictness == Strictness.STRICT) {
                unruled(table, column)
                        .ifPresent(what ->
                                found.add("%s (%s) %s and has no rule: add a rule for it, or keep it if it holds none"
                                        .formatted(name, column.type(), what)));
            }
            if (strictness == Strictness.STRICT) {
                mask.filter(ColumnMask::namesParts).ifPresent(parts -> openPaths(table, column, parts));
            }
            mask.flatMap(ColumnMask::problem)
                    .ifPresent(reason -> found.add(
                            "%s: the mask %s %s; choose another".formatted(name, named(mask.orElseThrow()), reason)));
        }
        table.checks().forEach(check -> check(masking, check));
    }

    private void openPaths(TableShape table, TableShape.Column column, ColumnMask mask) {
        OpenPaths.of(mask, seen(table, column))
                .forEach((path, what) -> found.add(
                        "%s: %s seems to hold %s and has no rule beside the parts that have one: add a rule for it, or one that keeps it"
                                .formatted(name(table, column.name()), path, what)));
    }

    /** Some values; of a partition none, as its root has them. */
    private List<String> seen(TableShape table, TableShape.Column column) {
        return rows == null || !table.root().equals(table.name()) ? List.of() : rows.values(table, column);
    }

    /** Why a column needs a rule; empty if it needs none. */
    private Optional<String> unruled(TableShape table, TableShape.Column column) {
        if (column.target().canHoldPersonalData()) {
            return Optional.of("can hold personal data");
        }
        return PersonalNumbers.of(table, column, () -> seen(table, column))
                .map(numbers -> "seems to hold " + numbers.what());
    }

    private void check(TableMasking masking, String check) {
        TableShape table = masking.table();
        List<TableShape.Column> masked = table.columns().stream()
                .filter(column -> masking.column(column.name())
                        .filter(mask -> !mask.keeps() && column.generated() == null)
                        .isPresent())
                .filter(column -> SimpleCheck.concerns(check, column))
                .toList();
        Optional<Boolean> judged = rows == null || masked.isEmpty() ? Optional.empty() : rows.refuses(masking, check);
        for (TableShape.Column column : masked) {
            ColumnMask mask = masking.column(column.name()).orElseThrow();
            boolean refuses = judged.orElseGet(() -> !(mask.mask() instanceof WholeMask.Null)
                    && SimpleCheck.of(check, table, column).refuses(mask));
            if (refuses) {
                Optional<Mask> passing =
                        rows == null || judged.isEmpty() ? Optional.empty() : new PassingMask(masking, rows).of(column);
                found.add("%s: the mask %s %s values that the check %s refuses; choose %s, or keep the column"
                        .formatted(
                                name(table, column.name()),
                                named(mask),
                                judged.isPresent() ? "makes" : "may make",
                                check,
                                passing.map(other ->
                                                named(new ColumnMask(other, column.target())) + ", which it lets pass")
                                        .orElse("another")));
            }
        }
    }

    private void conditions(TableMasking masking) {
        Stream.of(masking.rows() instanceof Rows.Where where ? where.condition() : null, masking.exempt())
                .filter(java.util.Objects::nonNull)
                .flatMap(condition -> condition.columns().stream())
                .filter(column -> masking.table().column(column).isEmpty())
                .forEach(
                        column -> found.add("%s has no column %s, which a condition on its rows names: correct the rule"
                                .formatted(masking.table().qualifiedName(), column)));
    }

    private void reference(TableMasking masking, Reference reference) {
        Optional<TableMasking> other = resolved.referred(reference);
        if (other.isEmpty()) {
            return;
        }
        if (!carriesReferred(masking, reference, other.get()) && !missing(masking, reference)) {
            found.add("%s refers to %s, whose rows stay behind: leave its rows behind too, or mask it with null"
                    .formatted(
                            name(masking.table(), String.join(", ", reference.columns())),
                            other.get().table().qualifiedName()));
            return;
        }
        for (int i = 0; i < reference.columns().size(); i++) {
            String column = reference.columns().get(i);
            String key = reference.keys().get(i);
            Optional<Mask> mask =
                    masking.column(column).filter(each -> !each.keeps()).map(ColumnMask::mask);
            Optional<Mask> keyMask =
                    other.get().column(key).filter(each -> !each.keeps()).map(ColumnMask::mask);
            boolean same = mask.equals(keyMask) && (mask.isEmpty() || exemptAlike(masking, other.get()));
            if (!same && other.get().carriesRows() && !(mask.orElse(null) instanceof WholeMask.Null)) {
                found.add("%s refers to %s, and they are not masked alike: give both the same mask and no exempt rows"
                        .formatted(
                                name(masking.table(), column), name(other.get().table(), key)));
            }
        }
    }

    private static boolean exemptAlike(TableMasking one, TableMasking other) {
        return (one.exempt() == null && other.exempt() == null) || one.table().equals(other.table());
    }

    /** Whether each row referred to is carried; those that a condition looks up in the referring column are. */
    private static boolean carriesReferred(TableMasking masking, Reference reference, TableMasking other) {
        if (other.rows() instanceof Rows.Where where) {
            Condition condition = where.condition();
            List<Condition> alternatives = condition instanceof Condition.Or or ? or.parts() : List.of(condition);
            return alternatives.stream()
                    .anyMatch(each -> each instanceof Condition.Found lookup
                            && lookup.table().equals(masking.table().name())
                            && reference.columns().equals(List.of(lookup.in()))
                            && reference.keys().equals(List.of(lookup.column())));
        }
        return other.carriesRows();
    }

    private static boolean missing(TableMasking masking, Reference reference) {
        return reference.columns().stream()
                .anyMatch(column -> masking.column(column)
                        .filter(mask -> mask.mask() instanceof WholeMask.Null
                                && !mask.target().traits().contains(Trait.NOT_NULL))
                        .isPresent());
    }

    /** A partition goes by the name of its root, so that a problem is told once. */
    private static String name(TableShape table, String column) {
        return "%s.%s.%s".formatted(table.schema(), table.root(), column);
    }

    private static String named(ColumnMask mask) {
        return mask.mask()
                .getClass()
                .getSimpleName()
                .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
                .toLowerCase(Locale.ROOT);
    }
}
