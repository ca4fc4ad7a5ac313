package dev.restage.plan;

import dev.restage.provider.Address;
import dev.restage.provider.PlanException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
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
        }
        List<PlanStep> placed = new ArrayList<>();
        Set<String> done = new HashSet<>();
        while (!waiting.isEmpty()) {
            PlanStep next = waiting.values().stream()
                    .filter(step -> done.containsAll(step.after()))
                    .findFirst()
                    .orElseThrow(() -> new PlanException("these steps depend on each other in a circle: "
                            + waiting.keySet() + "; take one of their dependencies away"));
            waiting.remove(next.name());
            done.add(next.name());
            placed.add(next);
        }
        return List.copyOf(placed);
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
