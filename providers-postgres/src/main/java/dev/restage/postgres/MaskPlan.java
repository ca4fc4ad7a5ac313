package dev.restage.postgres;

import dev.restage.masking.Mask;
import dev.restage.masking.MaskKey;
import dev.restage.masking.MaskingPolicy;
import dev.restage.masking.MaskingPolicy.Strictness;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a policy means for the tables of a database. */
record MaskPlan(MaskingPolicy policy, MaskKey key) {

    boolean carriesRowsOf(TableData table) {
        return !policy.leavesRowsOf(table.name()) && !policy.leavesRowsOf(table.root());
    }

    RowMask rowMask(TableData table) {
        return new RowMask(
                table,
                table.columns().stream()
                        .map(column -> mask(table, column).orElseGet(Mask.Keep::new))
                        .toList(),
                key);
    }

    /** Why the policy cannot be followed, a sentence per column. */
    List<String> problems(List<TableData> tables) {
        Set<String> problems = new LinkedHashSet<>();
        tables.stream()
                .filter(this::carriesRowsOf)
                .sorted(java.util.Comparator.comparing(TableData::qualifiedName))
                .forEach(table -> problems.addAll(problems(table)));
        return List.copyOf(problems);
    }

    private List<String> problems(TableData table) {
        List<String> problems = new ArrayList<>();
        for (TableColumn column : table.columns()) {
            String name = "%s.%s.%s".formatted(table.schema(), table.root(), column.name());
            Optional<Mask> mask = mask(table, column);
            mask.flatMap(found -> found.problem(column.target()))
                    .ifPresent(reason -> problems.add("%s: the mask %s %s; choose another"
                            .formatted(name, mask.orElseThrow().getClass().getSimpleName(), reason)));
            if (mask.isEmpty() && policy.strictness() == Strictness.STRICT && column.canHoldPersonalData()) {
                problems.add(name + " can hold personal data and has no rule: add a rule or Keep");
            }
        }
        return problems;
    }

    private Optional<Mask> mask(TableData table, TableColumn column) {
        return policy.maskFor(table.name(), column.name()).or(() -> policy.maskFor(table.root(), column.name()));
    }
}
