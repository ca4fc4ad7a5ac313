package dev.restage.engine;

import dev.restage.plan.Facts;
import dev.restage.plan.PlanPreview;
import dev.restage.plan.PlanStep;
import dev.restage.plan.ResetPlan;
import dev.restage.provider.ProviderException;
import dev.restage.provider.RestageException;
import dev.restage.provider.RestageException.Effect;
import dev.restage.provider.Variables;
import dev.restage.run.Entry;
import dev.restage.run.Entry.Kind;
import dev.restage.run.Receipt;
import dev.restage.run.RunEvent;
import dev.restage.run.RunException;
import dev.restage.run.RunListener;
import dev.restage.run.StepRecord;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One run of a plan: does its steps, keeps its journal, tells its listeners. */
final class Run implements StepRun.Run, AutoCloseable {

    private final String id;
    private final Journal journal;
    private final Resources resources;
    private final Variables variables;
    private final Listeners listeners;
    private final Map<String, Throwable> failures = Collections.synchronizedMap(new LinkedHashMap<>());
    private final Map<List<String>, Object> making = new ConcurrentHashMap<>();

    private Run(String id, Journal journal, Resources resources, Variables variables, Listeners listeners) {
        this.id = id;
        this.journal = journal;
        this.resources = resources;
        this.variables = variables;
        this.listeners = listeners;
    }

    static Run open(
            String id,
            Path journals,
            Clock clock,
            Resources resources,
            Variables variables,
            List<RunListener> listeners) {
        Listeners told = new Listeners(listeners);
        Consumer<Entry> recorded = entry -> told.tell(new RunEvent.Recorded(entry));
        return new Run(id, Journal.open(journals, id, clock, recorded), resources, variables, told);
    }

    Receipt execute(PlanPreview preview) {
        ResetPlan plan = preview.plan();
        Set<String> doneBefore = names(StepRecord.Outcome.DONE, StepRecord.Outcome.SKIPPED);
        listeners.tell(new RunEvent.Started(id, plan));
        journal.write(Kind.RUN_STARTED, "", "", plan.toJson());
        @Nullable InterruptedException interruption = null;
        boolean well = false;
        try {
            well = new Schedule(plan.steps())
                    .run(
                            step -> perform(step, doneBefore.contains(step.name())),
                            (step, failed) -> journal.write(Kind.STEP_BLOCKED, step.name(), "", failed));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            interruption = e;
        }
        journal.write(well ? Kind.RUN_DONE : Kind.RUN_FAILED, "", "", "");
        Receipt receipt = journal.receipt();
        listeners.tell(new RunEvent.Ended(receipt, preview.steps()));
        if (!well) {
            throw failure(plan, receipt, interruption);
        }
        return receipt;
    }

    private boolean perform(PlanStep step, boolean doneBefore) {
        try {
            if (doneBefore && step.step().holds(new StepRun(this, step, StepRun.Mode.ASK))) {
                journal.write(Kind.STEP_SKIPPED, step.name(), "", "");
                return true;
            }
            journal.write(Kind.STEP_STARTED, step.name(), "", "");
            step.step().execute(new StepRun(this, step, StepRun.Mode.ACT));
            if (!step.step().holds(new StepRun(this, step, StepRun.Mode.ASK))) {
                throw new ProviderException(
                        ProviderException.Kind.FAILED,
                        "the step " + step.name() + " ran to its end, but what it is for is not true afterwards:"
                                + " something else may have changed the target meanwhile; resume the run",
                        null);
            }
            journal.write(Kind.STEP_DONE, step.name(), "", "");
            return true;
        } catch (RuntimeException | Error e) {
            // an error of a custom step's code must not pass for success
            failures.put(step.name(), e);
            journal.write(Kind.STEP_FAILED, step.name(), "", message(e));
            return false;
        }
    }

    Receipt undo(ResetPlan plan) {
        Set<String> begun = names(
                StepRecord.Outcome.RUNNING,
                StepRecord.Outcome.DONE,
                StepRecord.Outcome.SKIPPED,
                StepRecord.Outcome.FAILED);
        List<PlanStep> backwards = new ArrayList<>(plan.steps());
        Collections.reverse(backwards);
        listeners.tell(new RunEvent.Started(id, plan));
        for (PlanStep step : backwards) {
            if (begun.contains(step.name())) {
                try {
                    step.step().undo(new StepRun(this, step, StepRun.Mode.ACT));
                    journal.write(Kind.STEP_UNDONE, step.name(), "", "");
                } catch (RuntimeException | Error e) {
                    failures.put(step.name(), e);
                    journal.write(Kind.STEP_FAILED, step.name(), "", "undo: " + message(e));
                }
            }
        }
        journal.write(failures.isEmpty() ? Kind.RUN_UNDONE : Kind.RUN_FAILED, "", "", "");
        Receipt receipt = journal.receipt();
        listeners.tell(new RunEvent.Ended(receipt, List.of()));
        if (!failures.isEmpty()) {
            throw thrown(
                    "undoing run " + id + " of " + plan.name() + " left these steps as they were: " + sentences(plan)
                            + " Correct the cause and undo again.",
                    Effect.SOME,
                    receipt,
                    null);
        }
        return receipt;
    }

    private RunException failure(ResetPlan plan, Receipt receipt, @Nullable InterruptedException interruption) {
        boolean wrote = receipt.steps().stream()
                .filter(step -> step.outcome() != StepRecord.Outcome.BLOCKED)
                .anyMatch(step -> plan.steps().stream()
                        .anyMatch(planned -> planned.name().equals(step.name())
                                && !planned.access().writes().isEmpty()));
        String why = interruption == null ? sentences(plan) : "It was interrupted. ";
        String message = "%s of %s failed. %s%s"
                .formatted(
                        plan.name(),
                        plan.target().name(),
                        why,
                        wrote
                                ? "Correct the cause and go on with resume(\"%s\"), or put %s back with undo(\"%s\")."
                                        .formatted(id, plan.target().name(), id)
                                : "Nothing was changed.");
        return thrown(message, wrote ? Effect.SOME : Effect.NONE, receipt, interruption);
    }

    private RunException thrown(String message, Effect effect, Receipt receipt, @Nullable Throwable interruption) {
        List<Throwable> causes = List.copyOf(failures.values());
        @Nullable Throwable cause = interruption != null || causes.isEmpty() ? interruption : causes.get(0);
        RunException thrown = new RunException(message, effect, receipt, cause);
        causes.stream().filter(other -> other != cause).forEach(thrown::addSuppressed);
        return thrown;
    }

    private String sentences(ResetPlan plan) {
        StringBuilder text = new StringBuilder();
        for (PlanStep step : plan.steps()) {
            Throwable failure = failures.get(step.name());
            if (failure != null) {
                text.append("The step ")
                        .append(step.name())
                        .append(": ")
                        .append(message(failure))
                        .append(". ");
            }
        }
        return text.toString();
    }

    private static String message(Throwable e) {
        return e instanceof RestageException ? String.valueOf(e.getMessage()) : e.toString();
    }

    private Set<String> names(StepRecord.Outcome... outcomes) {
        Set<String> found = new HashSet<>();
        for (StepRecord step : journal.receipt().steps()) {
            if (List.of(outcomes).contains(step.outcome())) {
                found.add(step.name());
            }
        }
        return found;
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
        return id;
    }

    @Override
    public Instant startedAt() {
        return journal.receipt().startedAt();
    }

    @Override
    public Facts facts() {
        return journal.facts();
    }

    @Override
    public Optional<String> fact(String step, String name) {
        return journal.fact(step, name);
    }

    @Override
    public String record(String step, String name, Supplier<String> value) {
        // two threads of a step may ask for one fact: it is made by the first, and the second waits for it
        synchronized (making.computeIfAbsent(List.of(step, name), key -> new Object())) {
            return journal.fact(step, name).orElseGet(() -> {
                String made = value.get();
                journal.write(Kind.FACT, step, name, made);
                return made;
            });
        }
    }

    @Override
    public void warn(String step, String message) {
        journal.write(Kind.WARNING, step, "", message);
    }

    @Override
    public Consumer<RunEvent> progress() {
        return listeners::tell;
    }

    @Override
    public void close() {
        journal.close();
    }
}
