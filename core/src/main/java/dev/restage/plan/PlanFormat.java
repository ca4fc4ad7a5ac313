package dev.restage.plan;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.restage.masking.MaskingPolicy;
import dev.restage.provider.PlanException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.MapperBuilder;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
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

    /** The packages of the steps that ship. */
    private static final List<String> SHIPPED = List.of(
            "dev.restage.step",
            "dev.restage.step.app",
            "dev.restage.step.code",
            "dev.restage.step.database",
            "dev.restage.step.media");

    private static final String CODE = "code";
    private static final String MISSING = "Missing required creator property (\\S+) \\(index \\d+\\)";

    private record Written(int format, String name, Environment source, Environment target, List<WrittenStep> steps) {}

    private record WrittenPreview(
            int format,
            JsonNode plan,
            List<PlanPreview.StepDecision> steps,
            Map<String, String> identities,
            String digest) {}

    private record WrittenStep(String name, List<String> after, List<String> during, JsonNode step) {}

    private record WrittenCode(String name, Access access) {}

    private final ObjectMapper mapper;

    private PlanFormat(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /**
     * Jackson 2 and 3 share their annotations, so an application's bom may bring them older than Jackson 3 knows them.
     *
     * @param shapes a part of the annotations that 2.20 has added to
     */
    static void refuseOldAnnotations(Stream<String> shapes) {
        if (shapes.noneMatch("POJO"::equals)) {
            throw new PlanException(
                    "the application brings jackson-annotations older than 2.20, which Jackson 3 cannot work with:"
                            + " raise com.fasterxml.jackson.core:jackson-annotations, in Spring Boot by the property jackson-bom.version");
        }
    }

    private static void refuseOldAnnotations() {
        refuseOldAnnotations(Stream.of(JsonFormat.Shape.values()).map(Enum::name));
    }

    private static <M extends ObjectMapper, B extends MapperBuilder<M, B>> B strict(B builder) {
        return builder.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(SerializationFeature.INDENT_OUTPUT)
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .annotationIntrospector(new Insistent())
                .changeDefaultPropertyInclusion(value -> value.withValueInclusion(JsonInclude.Include.NON_NULL));
    }

    String write(ResetPlan plan) {
        refuseOldAnnotations();
        return mapper.writeValueAsString(planToTree(plan));
    }

    private ObjectNode planToTree(ResetPlan plan) {
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
            if (!step.during().isEmpty()) {
                node.set("during", mapper.valueToTree(step.during()));
            }
            node.set("step", stepToTree(step.step()));
        }
        return root;
    }

    ResetPlan read(String text) {
        refuseOldAnnotations();
        try {
            return planFromTree(mapper.readTree(text));
        } catch (JacksonException | IllegalArgumentException e) {
            throw new PlanException("the plan cannot be read: " + sentence(e));
        }
    }

    private ResetPlan planFromTree(JsonNode root) {
        refuseOtherVersion("plan", root.path("format").asInt(0));
        Written written = mapper.treeToValue(root, Written.class);
        List<PlanStep> steps = new ArrayList<>();
        for (WrittenStep step : written.steps()) {
            Step body = stepFromTree(step);
            if (!(body instanceof Bracket) && !step.during().isEmpty()) {
                throw new PlanException(
                        "the plan cannot be read: the step " + step.name() + " is no bracket, so it has no \"during\"");
            }
            steps.add(new PlanStep(
                    step.name(),
                    body,
                    new LinkedHashSet<>(step.after()),
                    new LinkedHashSet<>(step.during()),
                    body.access()));
        }
        return new ResetPlan(written.name(), written.source(), written.target(), steps);
    }

    String writePreview(PlanPreview preview) {
        refuseOldAnnotations();
        ObjectNode root = mapper.createObjectNode();
        root.put("format", VERSION);
        root.set("plan", planToTree(preview.plan()));
        root.set("steps", mapper.valueToTree(preview.steps()));
        root.set("identities", mapper.valueToTree(preview.identities()));
        root.put("digest", preview.digest());
        return mapper.writer().without(SerializationFeature.INDENT_OUTPUT).writeValueAsString(root);
    }

    PlanPreview readPreview(String text) {
        refuseOldAnnotations();
        try {
            WrittenPreview written = mapper.treeToValue(mapper.readTree(text), WrittenPreview.class);
            if (written == null) {
                throw new PlanException("the preview cannot be read: it is empty");
            }
            refuseOtherVersion("preview", written.format());
            return new PlanPreview(
                    planFromTree(written.plan()), written.steps(), written.identities(), written.digest());
        } catch (JacksonException | IllegalArgumentException e) {
            throw new PlanException("the preview cannot be read: " + sentence(e));
        }
    }

    private static void refuseOtherVersion(String what, int version) {
        if (version != VERSION) {
            throw new PlanException(
                    "this %s has the format %d and this library reads %d: use a newer library, or write \"format: %3$d\" at the top"
                            .formatted(what, version, VERSION));
        }
    }

    String writePolicy(MaskingPolicy policy) {
        refuseOldAnnotations();
        return mapper.writeValueAsString(policy);
    }

    MaskingPolicy readPolicy(String text) {
        refuseOldAnnotations();
        try {
            return mapper.readValue(text, MaskingPolicy.class);
        } catch (JacksonException | IllegalArgumentException e) {
            throw new PlanException("the masking policy cannot be read: " + sentence(e));
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
        String room = step.getClass().getPackageName();
        tree.put("type", SHIPPED.contains(room) ? type.substring(room.length() + 1) : type);
        if (!step.getClass().isRecord()) {
            throw new PlanException("the step type " + type
                    + " is no record, so it cannot be written down: make it one," + " or use Step.of");
        }
        ObjectNode components = mapper.valueToTree(step);
        components.properties().forEach(entry -> tree.set(entry.getKey(), entry.getValue()));
        return tree;
    }

    private Step stepFromTree(WrittenStep written) {
        if (!(written.step().deepCopy() instanceof ObjectNode components)
                || !components.path("type").isString()) {
            throw new PlanException("the plan cannot be read: the step " + written.name()
                    + " has no type: write its \"step\" as a type and the components of that type");
        }
        String type = components.remove("type").asString();
        try {
            if (type.equals(CODE)) {
                WrittenCode code = mapper.treeToValue(components, WrittenCode.class);
                return new CodeStep(code.name(), code.access(), null);
            }
            return mapper.treeToValue(components, stepClass(type));
        } catch (JacksonException e) {
            throw new PlanException("the plan cannot be read: the step " + written.name() + ": " + sentence(e));
        }
    }

    private static Class<? extends Step> stepClass(String type) {
        Stream<String> names =
                type.indexOf('.') < 0 ? SHIPPED.stream().map(room -> room + "." + type) : Stream.of(type);
        Class<?> found = names.flatMap(name -> onClassPath(name).stream())
                .findFirst()
                .orElseThrow(() -> new PlanException("the plan names the step type " + type
                        + ", which is not on the class path: correct the name, or add the library that has it"));
        if (found.isRecord() && Step.class.isAssignableFrom(found)) {
            return found.asSubclass(Step.class);
        }
        throw new PlanException("the plan names the step type " + type + ", which is no step record");
    }

    private static Optional<Class<?>> onClassPath(String name) {
        for (ClassLoader loader :
                new ClassLoader[] {Thread.currentThread().getContextClassLoader(), PlanFormat.class.getClassLoader()}) {
            try {
                return Optional.of(Class.forName(name, false, loader));
            } catch (ClassNotFoundException e) {
                // A thread of a pool may see less than this library does.
            }
        }
        return Optional.empty();
    }

    private static String sentence(Exception e) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            return "\"%s\" is not known there; known are %s"
                    .formatted(
                            unknown.getPropertyName(),
                            unknown.getKnownPropertyIds().stream().sorted().toList());
        }
        String message =
                String.valueOf(e instanceof JacksonException json ? json.getOriginalMessage() : e.getMessage());
        boolean placed = e instanceof JacksonException json
                && json.getLocation() != null
                && json.getLocation().getLineNr() > 0;
        return message.lines().findFirst().orElse("").replaceFirst(MISSING, "$1 is missing")
                + (placed ? " (line " + ((JacksonException) e).getLocation().getLineNr() + ")" : "");
    }
}
