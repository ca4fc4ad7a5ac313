package dev.restage.plan;

import dev.restage.provider.Address;
import dev.restage.provider.PlanException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What must be true of every plan. */
final class PlanChecks {

    private PlanChecks() {}

    /** {@return the steps so that each comes after its dependencies, otherwise in the given order} */
    static List<PlanStep> sorted(List<PlanStep> steps) {
        Map<String, PlanStep> waiting = new LinkedHashMap<>();
        for (PlanStep step : steps) {
            if (waiting.put(step.name(), step) != null) {
                throw new PlanException("two steps are named " + step.name() + ": rename one");
            }
        }
        for (PlanStep step : steps) {
            for (String earlier : step.after()) {
                if (!waiting.containsKey(earlier)) {
                    throw new PlanException("the step %s comes after \"%s\", which the plan does not have; it has %s"
                            .formatted(step.name(), earlier, waiting.keySet()));
                }
            }
            for (String inside : step.during()) {
                PlanStep surrounded = waiting.get(inside);
                if (surrounded == null || surrounded.isBracket()) {
                    throw new PlanException("the bracket %s surrounds \"%s\", which is no step of the plan; it has %s"
                            .formatted(step.name(), inside, waiting.keySet()));
                }
            }
        }
        Map<String, Set<String>> order = order(steps);
        List<PlanStep> placed = new ArrayList<>();
        Set<String> done = new HashSet<>();
        while (!waiting.isEmpty()) {
            PlanStep next = waiting.values().stream()
                    .filter(step -> done.containsAll(order.getOrDefault(step.name(), Set.of())))
                    .findFirst()
                    .orElseThrow(() -> new PlanException("these steps depend on each other in a circle: "
                            + waiting.keySet() + "; take one of their dependencies away, or let a bracket surround all"
                            + " between the first and the last of its steps"));
            waiting.remove(next.name());
            done.add(next.name());
            placed.add(next);
        }
        return bracketsFirst(placed);
    }

    /**
     * {@return for each step which ones must have ended before it begins, and for a bracket before it ends} A step that comes after
     * one inside a bracket, and is outside, waits for the bracket.
     */
    static Map<String, Set<String>> order(List<PlanStep> steps) {
        Map<String, Set<String>> order = new HashMap<>();
        for (PlanStep step : steps) {
            Set<String> before = new LinkedHashSet<>(step.after());
            before.addAll(step.during());
            for (PlanStep bracket : steps) {
                if (bracket.isBracket()
                        && !bracket.during().contains(step.name())
                        && step.after().stream().anyMatch(bracket.during()::contains)) {
                    before.add(bracket.name());
                }
            }
            order.put(step.name(), before);
        }
        return order;
    }

    /** Refuses a step that would ask for what no step before it has recorded. */
    static void refuseUnmetNeeds(List<PlanStep> steps) {
        Map<String, Set<String>> order = order(steps);
        for (PlanStep step : steps) {
            Set<String> before = new LinkedHashSet<>();
            addAllBefore(step.name(), order, before);
            for (String needed : step.step().needs()) {
                if (!before.contains(needed)) {
                    throw new PlanException("the step %s needs what the step %s records, which %s: %s"
                            .formatted(
                                    step.name(),
                                    needed,
                                    order.containsKey(needed) ? "does not come before it" : "the plan does not have",
                                    order.containsKey(needed)
                                            ? "let it come after that"
                                            : "add that, or leave " + step.name() + " out too"));
                }
            }
        }
    }

    private static void addAllBefore(String step, Map<String, Set<String>> order, Set<String> before) {
        for (String earlier : order.getOrDefault(step, Set.of())) {
            if (before.add(earlier)) {
                addAllBefore(earlier, order, before);
            }
        }
    }

    /** As people read it: a bracket begins before the first of its steps. */
    private static List<PlanStep> bracketsFirst(List<PlanStep> placed) {
        List<PlanStep> steps = new ArrayList<>(placed);
        for (PlanStep bracket : placed) {
            for (int i = 0; i < steps.indexOf(bracket); i++) {
                if (bracket.during().contains(steps.get(i).name())) {
                    steps.remove(bracket);
                    steps.add(i, bracket);
                    break;
                }
            }
        }
        return List.copyOf(steps);
    }

    /** Refuses what could never be allowed, whatever the addresses turn out to be. */
    static void refuseForbiddenWrites(Environment source, Environment target, List<PlanStep> steps) {
        if (target.role() == Role.PRODUCTION) {
            throw new PlanException("the target " + target.name()
                    + " is a production environment, and production is never written: name a staging or local"
                    + " environment as the target");
        }
        for (PlanStep step : steps) {
            for (Address told : step.access().tells()) {
                refuse(source, target, "the step %s would send messages to %s".formatted(step.name(), told), told);
            }
            for (Address written : step.access().writes()) {
                String doing = "the step %s would write to %s".formatted(step.name(), written);
                refuse(source, target, doing, written);
                if (!target.addresses().contains(written)) {
                    throw new PlanException(("%s, which %s does not list, so nobody knows whose it is: correct"
                                    + " the step's target, or add .also(\"%s\") to %s if it belongs to it")
                            .formatted(doing, target.name(), written, target.name()));
                }
            }
        }
    }

    private static void refuse(Environment source, Environment target, String doing, Address written) {
        if (source.addresses().contains(written)) {
            throw new PlanException("%s, which belongs to %s (%s): only %s may be written; correct the step's target"
                    .formatted(doing, source.name(), source.role().name().toLowerCase(Locale.ROOT), target.name()));
        }
    }
}
