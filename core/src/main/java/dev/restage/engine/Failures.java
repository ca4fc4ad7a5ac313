package dev.restage.engine;

import dev.restage.plan.PlanStep;
import dev.restage.plan.ResetPlan;
import dev.restage.provider.RestageException;
import dev.restage.provider.RestageException.Effect;
import dev.restage.run.Receipt;
import dev.restage.run.RunException;
import dev.restage.run.StepRecord.Outcome;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Why steps failed, and the one exception that says so. May be used by several threads. */
final class Failures {

    private final Map<String, Throwable> byStep = Collections.synchronizedMap(new LinkedHashMap<>());

    void add(String step, Throwable why) {
        byStep.put(step, why);
    }

    /** The run itself, for want of a place to write: what its steps say of it is the same. */
    void ofJournal(RestageException why) {
        byStep.values().removeIf(step -> message(step).equals(message(why)));
        byStep.put("", why);
    }

    boolean none() {
        return byStep.isEmpty();
    }

    RunException ofRun(ResetPlan plan, Receipt receipt, @Nullable InterruptedException interruption) {
        String id = receipt.runId();
        boolean wrote = receipt.steps().stream()
                .filter(step -> step.outcome() != Outcome.BLOCKED && step.outcome() != Outcome.ENDED)
                .anyMatch(step -> plan.steps().stream()
                        .anyMatch(planned -> planned.name().equals(step.name())
                                && !planned.access().writes().isEmpty()));
        String message = "%s of %s failed. %s%s%s"
                .formatted(
                        plan.name(),
                        plan.target().name(),
                        interruption == null ? sentences(plan) : "It was interrupted. ",
                        left(receipt),
                        wrote
                                ? "Correct the cause and go on with resume(\"%s\"), or put %s back with undo(\"%s\")."
                                        .formatted(id, plan.target().name(), id)
                                : "Nothing was changed.");
        return thrown(message, wrote ? Effect.SOME : Effect.NONE, receipt, interruption);
    }

    RunException ofUndo(ResetPlan plan, Receipt receipt) {
        return thrown(
                "undoing run " + receipt.runId() + " of " + plan.name() + " left these steps as they were: "
                        + sentences(plan) + "Correct the cause and undo again.",
                Effect.SOME,
                receipt,
                null);
    }

    static String message(Throwable e) {
        return e instanceof RestageException ? String.valueOf(e.getMessage()) : e.toString();
    }

    private RunException thrown(String message, Effect effect, Receipt receipt, @Nullable Throwable interruption) {
        List<Throwable> causes = List.copyOf(byStep.values());
        @Nullable Throwable cause = interruption != null || causes.isEmpty() ? interruption : causes.get(0);
        RunException thrown = new RunException(message, effect, receipt, cause);
        causes.stream().filter(other -> other != cause).forEach(thrown::addSuppressed);
        return thrown;
    }

    /** What the run has not put back as it was before, and why. */
    private static String left(Receipt receipt) {
        return receipt.steps().stream()
                .filter(step -> step.outcome() == Outcome.LEFT)
                .map(step -> "The bracket %s: %s. ".formatted(step.name(), step.message()))
                .collect(Collectors.joining());
    }

    private String sentences(ResetPlan plan) {
        StringBuilder text = new StringBuilder();
        Throwable journal = byStep.get("");
        if (journal != null) {
            text.append(message(journal)).append(". ");
        }
        for (PlanStep step : plan.steps()) {
            Throwable failure = byStep.get(step.name());
            if (failure != null) {
                text.append("The step %s: %s. ".formatted(step.name(), message(failure)));
            }
        }
        return text.toString();
    }
}
