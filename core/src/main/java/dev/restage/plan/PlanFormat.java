package dev.restage.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.restage.provider.PlanException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.MapperBuilder;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/**
 * A plan as text. A step is its record's components and a {@code type}: the bare name of a step that ships, the full
 * class name of any other, or {@code code}.
 */
final class PlanFormat {

    static final PlanFormat JSON = new PlanFormat(strict(JsonMapper.builder()).build());

    static final PlanFormat YAML =
            new PlanFormat(strict(YAMLMapper.builder().disable(YAMLWriteFeature.USE_NATIVE_TYPE_ID))
                    .build());

    /** Raised when the form changes; older forms stay readable. */
    private static final int VERSION = 1;

    private static final String SHIPPED = "dev.restage.step.";
    private static final String CODE = "code";

    private final ObjectMapper mapper;

    private PlanFormat(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    private static <M extends ObjectMapper, B extends MapperBuilder<M, B>> B strict(B builder) {
        return builder.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(SerializationFeature.INDENT_OUTPUT)
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .changeDefaultPropertyInclusion(value -> value.withValueInclusion(JsonInclude.Include.NON_NULL));
    }

    String write(ResetPlan plan) {
        ObjectNode root = mapper.createObjectNode();
        root.put("format", VERSION);
        root.put("name", plan.name());
        root.set("source", mapper.valueToTree(plan.source()));
        root.set("target", mapper.valueToTree(plan.target()));
        ArrayNode steps = root.putArray("steps");
        for (PlanStep step : plan.steps()) {
            ObjectNode node = steps.addObject();
            node.put("name", step.name());
            if (!step.after().isEmpty()) {
                node.set("after", mapper.valueToTree(step.after()));
            }
            node.set("step", stepToTree(step.step()));
        }
        return mapper.writeValueAsString(root);
    }

    ResetPlan read(String text) {
        try {
            JsonNode root = mapper.readTree(text);
            int version = root.path("format").asInt(0);
            if (version != VERSION) {
                throw new PlanException("this plan has the format " + version + " and this library reads " + VERSION
                        + ": use a newer library, or write \"format: 1\" at the top");
            }
            List<PlanStep> steps = new ArrayList<>();
            for (JsonNode node : root.required("steps")) {
                Set<String> after = new LinkedHashSet<>();
                node.path("after").forEach(name -> after.add(name.asString()));
                steps.add(new PlanStep(node.required("name").asString(), stepFromTree(node.required("step")), after));
            }
            return new ResetPlan(
                    root.required("name").asString(),
                    mapper.treeToValue(root.required("source"), Environment.class),
                    mapper.treeToValue(root.required("target"), Environment.class),
                    steps);
        } catch (JacksonException | IllegalArgumentException e) {
            throw new PlanException("the plan cannot be read: " + firstLine(e));
        }
    }

    private JsonNode stepToTree(Step step) {
        ObjectNode tree = mapper.createObjectNode();
        if (step instanceof CodeStep code) {
            tree.put("type", CODE);
            tree.put("name", code.name());
            tree.set("access", mapper.valueToTree(code.access()));
            return tree;
        }
        String type = step.getClass().getName();
        tree.put("type", type.startsWith(SHIPPED) ? type.substring(SHIPPED.length()) : type);
        ObjectNode components = mapper.valueToTree(step);
        components.properties().forEach(entry -> tree.set(entry.getKey(), entry.getValue()));
        return tree;
    }

    private Step stepFromTree(JsonNode tree) {
        ObjectNode components = (ObjectNode) tree.deepCopy();
        String type = components.required("type").asString();
        components.remove("type");
        if (type.equals(CODE)) {
            return new CodeStep(
                    components.required("name").asString(),
                    mapper.treeToValue(components.required("access"), Access.class),
                    null);
        }
        return mapper.treeToValue(components, stepClass(type));
    }

    private static Class<? extends Step> stepClass(String type) {
        String name = type.indexOf('.') < 0 ? SHIPPED + type : type;
        try {
            Class<?> found = Class.forName(name, false, Thread.currentThread().getContextClassLoader());
            if (found.isRecord() && Step.class.isAssignableFrom(found)) {
                return found.asSubclass(Step.class);
            }
            throw new PlanException("the plan names the step type " + type + ", which is no step record");
        } catch (ClassNotFoundException e) {
            throw new PlanException("the plan names the step type " + type
                    + ", which is not on the class path: correct the name, or add the library that has it");
        }
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e instanceof JacksonException json ? json.getOriginalMessage() : e.getMessage());
    }
}
