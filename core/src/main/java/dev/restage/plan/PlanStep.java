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
 * @param during the names of the steps that a {@link Bracket} surrounds; empty for any other step
 * @param access which resources it uses: what the step said when it was planned, so that what was checked is what it is handed
 */
public record PlanStep(String name, Step step, Set<String> after, Set<String> during, Access access) {

    /**
     * Copies the names in their order.
     *
     * @param name its name, unique in the plan
     * @param step what it does
     * @param after the names of the steps that must be done before
     * @param during the names of the steps that it surrounds
     * @param access which resources it uses
     */
    public PlanStep {
        during = Collections.unmodifiableSet(new LinkedHashSet<>(during));
        after = Collections.unmodifiableSet(new LinkedHashSet<>(after));
    }

    /**
     * Asks the step which resources it uses, once and for all.
     *
     * @param name its name, unique in the plan
     * @param step what it does
     * @param after the names of the steps that must be done before
     */
    public PlanStep(String name, Step step, Set<String> after) {
        this(name, step, after, Set.of(), step.access());
    }

    /** {@return whether it is a bracket around other steps} */
    public boolean isBracket() {
        return step instanceof Bracket;
    }
}
