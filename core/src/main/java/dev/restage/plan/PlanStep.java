package dev.restage.plan;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A step in a plan.
 *
 * @param name its name, unique in the plan
 * @param step what it does
 * @param after the names of the steps that must be done before
 */
public record PlanStep(String name, Step step, Set<String> after) {

    /**
     * Copies the names in their order.
     *
     * @param name its name, unique in the plan
     * @param step what it does
     * @param after the names of the steps that must be done before
     */
    public PlanStep {
        after = Collections.unmodifiableSet(new LinkedHashSet<>(after));
    }
}
