package dev.restage.plan;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the steps of a run have recorded so far.
 *
 * @param byStep step name to fact name to value
 */
public record Facts(Map<String, Map<String, String>> byStep) {

    /**
     * Copies the facts.
     *
     * @param byStep step name to fact name to value
     */
    public Facts {
        Map<String, Map<String, String>> copy = new TreeMap<>();
        byStep.forEach((step, facts) -> copy.put(step, java.util.Collections.unmodifiableMap(new TreeMap<>(facts))));
        byStep = java.util.Collections.unmodifiableMap(copy);
    }

    /**
     * Looks a fact up.
     *
     * @param step the step that recorded it
     * @param name its name
     * @return its value; empty if that step has recorded none, or is not in the plan
     */
    public Optional<String> find(String step, String name) {
        return Optional.ofNullable(byStep.getOrDefault(step, Map.of()).get(name));
    }
}
