package dev.restage.plan;

import dev.restage.provider.Address;
import dev.restage.provider.PlanException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Steps with names and dependencies: an immutable graph, checked when it is built, and plain data. Steps that do not
 * depend on each other run side by side.
 *
 * <pre>{@code
 * ResetPlan plan = ResetPlan.builder("nightly", production, staging)
 *         .add("copy", new CopyDatabase(...))
 *         .add("greet", Step.of("say hello", context -> ...), "copy")
 *         .build();
 * }</pre>
 *
 * @param name how people call the plan
 * @param source the environment that is read
 * @param target the environment that is written
 * @param steps the steps; each comes after those that it depends on
 */
public record ResetPlan(String name, Environment source, Environment target, List<PlanStep> steps) {

    /**
     * Checks the plan and sorts the steps by their dependencies.
     *
     * @param name how people call the plan
     * @param source the environment that is read
     * @param target the environment that is written
     * @param steps the steps, in any order
     * @throws PlanException if a name is given twice, a dependency or a step that another needs is missing, steps depend on each other in a circle,
     *     or a step writes to anything that the target does not list
     */
    public ResetPlan {
        steps = PlanChecks.sorted(steps);
        PlanChecks.refuseUnmetNeeds(steps);
        PlanChecks.refuseForbiddenWrites(source, target, steps);
    }

    /**
     * Starts a plan.
     *
     * @param name how people call it
     * @param source the environment that is read
     * @param target the environment that is written
     * @return a builder without steps
     */
    public static Builder builder(String name, Environment source, Environment target) {
        return new Builder(name, source, target);
    }

    /**
     * Reads a plan.
     *
     * @param json what {@link #toJson} wrote, or a person
     * @return the plan
     * @throws PlanException if it cannot be read; the message says where and why
     */
    public static ResetPlan fromJson(String json) {
        return PlanFormat.JSON.read(json);
    }

    /**
     * Reads a plan.
     *
     * @param yaml what {@link #toYaml} wrote, or a person
     * @return the plan
     * @throws PlanException if it cannot be read; the message says where and why
     */
    public static ResetPlan fromYaml(String yaml) {
        return PlanFormat.YAML.read(yaml);
    }

    /** {@return the plan as JSON, for {@link #fromJson}} */
    public String toJson() {
        return PlanFormat.JSON.write(this);
    }

    /** {@return the plan as YAML, for {@link #fromYaml}} */
    public String toYaml() {
        return PlanFormat.YAML.write(this);
    }

    /** {@return a builder that holds these steps, to make a changed plan} */
    public Builder toBuilder() {
        Builder builder = new Builder(name, source, target);
        steps.forEach(step -> builder.nodes.put(step.name(), step));
        return builder;
    }

    /**
     * {@return for each step which ones must have ended before it begins, and for a {@link Bracket} before it ends}
     */
    public Map<String, Set<String>> order() {
        return PlanChecks.order(steps);
    }

    /** {@return the addresses that the steps write} */
    public Set<Address> writes() {
        Set<Address> all = new TreeSet<>();
        steps.forEach(step -> all.addAll(step.access().writes()));
        return all;
    }

    /** {@return the plan as a list of its steps and their dependencies} */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("%s: %s -> %s%n".formatted(name, source.name(), target.name()));
        for (PlanStep step : steps) {
            text.append("  ").append(step.name());
            if (!step.after().isEmpty()) {
                text.append("  (after ").append(String.join(", ", step.after())).append(')');
            }
            if (!step.during().isEmpty()) {
                text.append("  (during ")
                        .append(String.join(", ", step.during()))
                        .append(')');
            }
            text.append(System.lineSeparator());
        }
        return text.toString();
    }

    /** Collects the steps of a plan. */
    public static final class Builder {

        private final String name;
        private final Environment source;
        private final Environment target;
        private final Map<String, PlanStep> nodes = new LinkedHashMap<>();

        private Builder(String name, Environment source, Environment target) {
            this.name = name;
            this.source = source;
            this.target = target;
        }

        /**
         * Adds a step.
         *
         * @param step its name, not used in this plan yet
         * @param body what it does
         * @param after the names of the steps that must be done before; they may be added later
         * @return this builder
         * @throws PlanException if the name is taken
         */
        public Builder add(String step, Step body, String... after) {
            if (nodes.containsKey(step)) {
                throw new PlanException("the plan " + name + " has a step named " + step
                        + " already: choose another name, or use replace");
            }
            nodes.put(step, new PlanStep(step, body, new LinkedHashSet<>(List.of(after))));
            return this;
        }

        /**
         * Lets a bracket last while steps work: it begins before the first of them acts and ends after the last.
         *
         * @param name the bracket's name, not used in this plan yet
         * @param bracket what lasts
         * @param steps the names of the steps that it surrounds; a step that comes after one of them and is not among them waits until
         *     the bracket has ended
         * @return this builder
         * @throws PlanException if the name is taken
         */
        public Builder during(String name, Bracket bracket, String... steps) {
            add(name, bracket);
            nodes.put(
                    name, new PlanStep(name, bracket, Set.of(), new LinkedHashSet<>(List.of(steps)), bracket.access()));
            return this;
        }

        /**
         * Puts another step in the place of one; its dependencies stay.
         *
         * @param step the name of the step
         * @param body what it does now
         * @return this builder
         * @throws PlanException if there is no such step
         */
        public Builder replace(String step, Step body) {
            PlanStep before = node(step);
            nodes.put(step, new PlanStep(step, body, before.after(), before.during(), body.access()));
            return this;
        }

        /**
         * Leaves a step out. What depended on it then depends on what it depended on.
         *
         * @param step the name of the step
         * @return this builder
         * @throws PlanException if there is no such step
         */
        public Builder leaveOut(String step) {
            PlanStep gone = node(step);
            nodes.remove(step);
            nodes.replaceAll((other, node) -> {
                Set<String> during = new LinkedHashSet<>(node.during());
                during.remove(step);
                Set<String> after = new LinkedHashSet<>(node.after());
                if (after.remove(step)) {
                    after.addAll(gone.after());
                }
                return new PlanStep(other, node.step(), after, during, node.access());
            });
            return this;
        }

        /**
         * Makes a step wait for another.
         *
         * @param step the name of the step that waits
         * @param earlier the name of the step that is done before
         * @return this builder
         * @throws PlanException if there is no step of the first name
         */
        public Builder after(String step, String earlier) {
            PlanStep node = node(step);
            Set<String> after = new LinkedHashSet<>(node.after());
            after.add(earlier);
            nodes.put(step, new PlanStep(step, node.step(), after, node.during(), node.access()));
            return this;
        }

        /**
         * Makes another step wait for one: the same as {@code after(later, step)}.
         *
         * @param step the name of the step that is done first
         * @param later the name of the step that waits
         * @return this builder
         * @throws PlanException if there is no step of the second name
         */
        public Builder before(String step, String later) {
            return after(later, step);
        }

        /**
         * {@return the names of the steps so far, in the order in which they were added}
         */
        public List<String> names() {
            return new ArrayList<>(nodes.keySet());
        }

        /**
         * {@return the plan, checked}
         *
         * @throws PlanException if a dependency is unknown, steps depend on each other in a circle, or a step writes to
         *     anything that the target does not list
         */
        public ResetPlan build() {
            return new ResetPlan(name, source, target, List.copyOf(nodes.values()));
        }

        private PlanStep node(String step) {
            PlanStep node = nodes.get(step);
            if (node == null) {
                throw new PlanException(
                        "the plan %s has no step named %s; it has %s".formatted(name, step, nodes.keySet()));
            }
            return node;
        }
    }
}
