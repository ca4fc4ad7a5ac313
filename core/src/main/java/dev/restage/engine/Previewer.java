package dev.restage.engine;

import dev.restage.plan.Decision;
import dev.restage.plan.Facts;
import dev.restage.plan.PlanPreview;
import dev.restage.plan.PlanStep;
import dev.restage.plan.ResetPlan;
import dev.restage.provider.Address;
import dev.restage.provider.GuardException;
import dev.restage.provider.PlanException;
import dev.restage.provider.RestageException;
import dev.restage.provider.Variables;
import dev.restage.run.RunEvent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Asks every step of a plan what it would do, and puts the answers together. */
final class Previewer {

    private final Resources resources;
    private final Variables variables;

    Previewer(Resources resources, Variables variables) {
        this.resources = resources;
        this.variables = variables;
    }

    PlanPreview preview(ResetPlan plan, Instant now) {
        Identities identities = Identities.of(plan, resources);
        identities.refuseOverlaps();
        identities.refuseUnasked();
        Asking asking = new Asking(now);
        try (Workers workers = Workers.start("restage-preview", plan.steps().size())) {
            List<Future<Decision>> answers = new ArrayList<>();
            ExecutorService executor = workers.executor();
            for (PlanStep step : plan.steps()) {
                answers.add(executor.submit(() -> step.step().decide(new StepRun(asking, step, StepRun.Mode.ASK))));
            }
            List<PlanPreview.StepDecision> previews = collect(plan, answers);
            Map<String, String> known = identities.asText();
            List<PlanPreview.StepDecision> all = withUnasked(previews, identities);
            return new PlanPreview(plan, all, known, digest(plan, known, previews));
        }
    }

    /** The first problem is thrown with the others as suppressed, so that one look shows all there is to correct. */
    private static List<PlanPreview.StepDecision> collect(ResetPlan plan, List<Future<Decision>> answers) {
        List<PlanPreview.StepDecision> previews = new ArrayList<>();
        List<RestageException> problems = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            String name = plan.steps().get(i).name();
            try {
                previews.add(new PlanPreview.StepDecision(name, Workers.get(answers.get(i))));
            } catch (RestageException e) {
                problems.add(e);
            } catch (RuntimeException e) {
                throw new IllegalStateException("the preview of the step " + name + " failed unexpectedly", e);
            }
        }
        if (!problems.isEmpty()) {
            RestageException first = problems.get(0);
            problems.stream().skip(1).filter(other -> other != first).forEach(first::addSuppressed);
            throw first;
        }
        return previews;
    }

    private static List<PlanPreview.StepDecision> withUnasked(
            List<PlanPreview.StepDecision> previews, Identities identities) {
        Map<Address, String> unasked = identities.notes();
        if (unasked.isEmpty()) {
            return previews;
        }
        Decision notes = Decision.NOTHING;
        for (Map.Entry<Address, String> one : unasked.entrySet()) {
            notes = notes.note("could not compare with " + one.getKey() + ": " + one.getValue());
        }
        List<PlanPreview.StepDecision> all = new ArrayList<>(previews);
        all.add(0, new PlanPreview.StepDecision("guards", notes));
        return all;
    }

    /** Refuses if the world has moved since a preview, and names what has. */
    static void refuseIfMoved(PlanPreview approved, PlanPreview now) {
        if (approved.digest().equals(now.digest())) {
            return;
        }
        List<String> moved = new ArrayList<>(differences(approved.identities(), now.identities()));
        Map<String, String> before = pins(approved.steps());
        Map<String, String> after = pins(now.steps());
        moved.addAll(differences(before, after));
        throw new GuardException("the world has moved since the preview, so nothing was changed: "
                + (moved.isEmpty() ? "the plan is another one" : String.join("; ", moved))
                + ". Preview again and run that");
    }

    private static List<String> differences(Map<String, String> before, Map<String, String> after) {
        Map<String, String> all = new TreeMap<>(before);
        all.putAll(after);
        return all.keySet().stream()
                .filter(key -> !before.getOrDefault(key, "").equals(after.getOrDefault(key, "")))
                .map(key -> "%s was %s and is %s"
                        .formatted(key, before.getOrDefault(key, "absent"), after.getOrDefault(key, "absent")))
                .toList();
    }

    private static Map<String, String> pins(List<PlanPreview.StepDecision> steps) {
        Map<String, String> all = new TreeMap<>();
        steps.forEach(step ->
                step.decision().pins().forEach((name, value) -> all.put(step.name() + ": " + name, value)));
        return all;
    }

    private static String digest(
            ResetPlan plan, Map<String, String> identities, List<PlanPreview.StepDecision> previews) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part :
                    List.of(plan.toJson(), identities.toString(), pins(previews).toString())) {
                digest.update(part.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** A run that is none: there are no facts. */
    private final class Asking implements StepRun.Run {

        private final Instant now;

        private Asking(Instant now) {
            this.now = now;
        }

        @Override
        public Resources resources() {
            return resources;
        }

        @Override
        public Variables variables() {
            return variables;
        }

        @Override
        public String id() {
            return "preview";
        }

        @Override
        public Instant startedAt() {
            return now;
        }

        @Override
        public Facts facts() {
            return new Facts(Map.of());
        }

        @Override
        public void record(String step, String name, String value) {
            throw recording(step);
        }

        @Override
        public void count(String step, String name, long more) {
            throw recording(step);
        }

        @Override
        public String keep(String step, String name, Supplier<String> value) {
            throw recording(step);
        }

        @Override
        public Optional<String> kept(String step, String name) {
            return Optional.empty();
        }

        private PlanException recording(String step) {
            return new PlanException(
                    "the step " + step + " records in its preview: put what it finds into its decision");
        }

        @Override
        public void warn(String step, String message) {
            throw new PlanException("the step " + step + " warns in its preview: use a note");
        }

        @Override
        public Consumer<RunEvent> progress() {
            return event -> {};
        }
    }
}
