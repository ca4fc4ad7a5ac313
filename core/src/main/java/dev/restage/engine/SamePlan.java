package dev.restage.engine;

import dev.restage.plan.PlanPreview;
import dev.restage.plan.ResetPlan;
import dev.restage.provider.PlanException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Whether a plan is the one that a journal has, but for the code that a journal cannot hold. Compared as data, as its types may be gone. */
final class SamePlan {

    /** A shell numbers its classes anew in each session. */
    private static final Pattern OF_A_SHELL = Pattern.compile("REPL\\.\\$JShell\\$\\w+\\$");

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private SamePlan() {}

    /** {@return what was approved when the run began, of the plan with its code} */
    static PlanPreview approved(String runId, String journaled, ResetPlan plan) {
        JsonNode preview = MAPPER.readTree(journaled);
        difference(likened(preview.path("plan")), likened(MAPPER.readTree(plan.toJson())))
                .ifPresent(difference -> {
                    throw new PlanException(
                            "this is not the plan of run %s: %s. Resume it with the plan as it was, or run this one anew"
                                    .formatted(runId, difference));
                });
        // the types of the journal's steps may be gone, and the plan has them all
        if (preview.path("plan") instanceof ObjectNode written) {
            written.putArray("steps");
        }
        PlanPreview approved = PlanPreview.fromJson(preview.toString());
        return new PlanPreview(plan, approved.steps(), approved.identities(), approved.digest());
    }

    private static JsonNode likened(JsonNode plan) {
        return MAPPER.readTree(OF_A_SHELL.matcher(plan.toString()).replaceAll("REPL."));
    }

    private static Optional<String> difference(JsonNode before, JsonNode now) {
        for (String part : List.of("name", "source", "target")) {
            if (!before.path(part).equals(now.path(part))) {
                return Optional.of(
                        "its " + part + " was " + brief(before.path(part)) + " and is " + brief(now.path(part)));
            }
        }
        Map<String, JsonNode> was = byName(before);
        Map<String, JsonNode> is = byName(now);
        for (String step : was.keySet()) {
            if (!is.containsKey(step)) {
                return Optional.of("it had a step " + step + ", which is missing now");
            }
        }
        for (String step : is.keySet()) {
            if (!was.containsKey(step)) {
                return Optional.of("it had no step " + step);
            }
        }
        for (Map.Entry<String, JsonNode> step : was.entrySet()) {
            JsonNode other = is.getOrDefault(step.getKey(), MAPPER.createObjectNode());
            if (!step.getValue().equals(other)) {
                return Optional.of(
                        "its step " + step.getKey() + " was " + brief(step.getValue()) + " and is " + brief(other));
            }
        }
        return List.copyOf(was.keySet()).equals(List.copyOf(is.keySet()))
                ? Optional.empty()
                : Optional.of("its steps were in the order " + new ArrayList<>(was.keySet()));
    }

    private static Map<String, JsonNode> byName(JsonNode plan) {
        Map<String, JsonNode> steps = new LinkedHashMap<>();
        for (JsonNode step : plan.path("steps")) {
            steps.put(step.path("name").asString(""), step);
        }
        return steps;
    }

    private static String brief(JsonNode node) {
        String text = node.toString();
        return text.length() <= 300 ? text : text.substring(0, 300) + " ...";
    }
}
