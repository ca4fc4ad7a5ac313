package dev.restage.sandbox.vendor.github;

import dev.restage.sandbox.internal.Json;
import dev.restage.sandbox.vendor.internal.Ids;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** A workflow file, as far as a dispatch looks at it: its name, its trigger and its inputs. */
record WorkflowFile(String file, String name, boolean dispatchable, Map<String, JsonNode> inputs) {

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final int MOST_INPUTS = 25;

    static WorkflowFile of(String file, String text) {
        JsonNode yaml;
        try {
            yaml = YAML.readTree(text);
        } catch (JacksonException broken) {
            yaml = YAML.missingNode();
        }
        JsonNode on = yaml.path("on");
        boolean dispatchable = on.has("workflow_dispatch")
                || on.asString("").equals("workflow_dispatch")
                || on.valueStream().anyMatch(event -> event.asString("").equals("workflow_dispatch"));
        Map<String, JsonNode> inputs = new LinkedHashMap<>();
        on.path("workflow_dispatch")
                .path("inputs")
                .propertyStream()
                .forEach(input -> inputs.put(input.getKey(), input.getValue()));
        return new WorkflowFile(file, yaml.path("name").asString(file), dispatchable, inputs);
    }

    long id() {
        return Ids.number("workflow " + file);
    }

    String path() {
        return ".github/workflows/" + file;
    }

    /** {@return why GitHub would refuse these inputs} */
    Optional<String> complaint(JsonNode given) {
        if (!dispatchable) {
            return Optional.of("Workflow does not have 'workflow_dispatch' trigger");
        }
        List<String> unexpected = new ArrayList<>();
        given.propertyStream()
                .map(Map.Entry::getKey)
                .filter(name -> !inputs.containsKey(name))
                .forEach(unexpected::add);
        if (!unexpected.isEmpty()) {
            return Optional.of("Unexpected inputs provided: " + Json.text(unexpected));
        }
        if (given.size() > MOST_INPUTS) {
            return Optional.of("Too many inputs: at most " + MOST_INPUTS);
        }
        return inputs.entrySet().stream()
                .filter(input -> input.getValue().path("required").asBoolean(false))
                .filter(input -> !input.getValue().has("default"))
                .map(Map.Entry::getKey)
                .filter(name -> given.path(name).asString("").isEmpty())
                .findFirst()
                .map("Required input '%s' not provided"::formatted);
    }
}
