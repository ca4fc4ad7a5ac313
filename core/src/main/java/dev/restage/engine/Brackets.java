package dev.restage.engine;

import dev.restage.plan.Bracket;
import dev.restage.plan.Holds;
import dev.restage.plan.PlanPreview;
import dev.restage.plan.PlanStep;
import dev.restage.provider.ProviderException;
import dev.restage.run.Entry.Kind;
import dev.restage.run.StepRecord.Outcome;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Begins the brackets of a plan before the first step inside acts, and ends them whatever becomes of these. */
final class Brackets {

    private static final Set<Outcome> DONE =
            EnumSet.of(Outcome.DONE, Outcome.SKIPPED, Outcome.UNDONE, Outcome.UNCHANGED, Outcome.IRREVERSIBLE);

    private final PlanPreview approved;
    private final StepRun.Run run;
    private final Journal journal;
    private final Failures failures;

    /** Whether each bracket that was tried in this attempt has begun. */
    private final Map<String, Boolean> begun = new ConcurrentHashMap<>();

    Brackets(PlanPreview approved, StepRun.Run run, Journal journal, Failures failures) {
        this.approved = approved;
        this.run = run;
        this.journal = journal;
        this.failures = failures;
    }

    /** {@return the bracket around a step that could not begin; empty if all around it have begun} */
    Optional<String> begin(PlanStep inside) {
        return brackets().stream()
                .filter(bracket -> bracket.during().contains(inside.name()))
                .filter(bracket -> !begun.computeIfAbsent(bracket.name(), name -> begins(bracket)))
                .map(PlanStep::name)
                .findFirst();
    }

    /** Begins all that surround anything. */
    boolean beginAll() {
        return brackets().stream().allMatch(bracket -> begun.computeIfAbsent(bracket.name(), name -> begins(bracket)));
    }

    private boolean begins(PlanStep step) {
        try {
            if (journal.receipt().outcomes().get(step.name()) == Outcome.DONE && holds(step) == Holds.YES) {
                journal.note(Kind.STEP_SKIPPED, step.name(), "", "");
                return true;
            }
            journal.write(Kind.STEP_STARTED, step.name(), "", "");
            step.step().execute(acting(step), approved.decision(step.name()));
            if (holds(step) == Holds.NO) {
                throw new ProviderException(
                        ProviderException.Kind.FAILED,
                        "the bracket " + step.name()
                                + " was begun, but what it is for is not true afterwards: something"
                                + " else may have changed the target meanwhile; resume the run",
                        null);
            }
            journal.write(Kind.STEP_DONE, step.name(), "", "");
            return true;
        } catch (RuntimeException | Error e) {
            failures.add(step.name(), e);
            journal.tryWrite(Kind.STEP_FAILED, step.name(), "", Failures.message(e));
            return false;
        }
    }

    /** Ends all that are open. */
    void endAll() {
        brackets().forEach(this::end);
    }

    /** {@return whether a bracket has ended, or never began} */
    boolean end(PlanStep step) {
        Map<String, Outcome> outcomes = journal.receipt().outcomes();
        Outcome own = outcomes.getOrDefault(step.name(), Outcome.BLOCKED);
        if (own == Outcome.BLOCKED || own == Outcome.ENDED) {
            return true;
        }
        Optional<String> half = half(step, outcomes);
        if (half.isPresent()) {
            journal.tryWrite(Kind.BRACKET_LEFT, step.name(), "", "it stays, since " + half.get() + " is not done");
            return false;
        }
        try {
            ((Bracket) step.step()).end(acting(step), approved.decision(step.name()));
            journal.write(Kind.BRACKET_ENDED, step.name(), "", "");
            return begun.getOrDefault(step.name(), true);
        } catch (RuntimeException | Error e) {
            failures.add(step.name(), e);
            journal.tryWrite(Kind.STEP_FAILED, step.name(), "", "it could not be ended: " + Failures.message(e));
            return false;
        }
    }

    /** {@return a step inside without which the target is neither as it was nor as it will be} */
    private Optional<String> half(PlanStep bracket, Map<String, Outcome> outcomes) {
        List<String> open = approved.plan().steps().stream()
                .filter(step -> bracket.during().contains(step.name()))
                .filter(step -> !step.access().writes().isEmpty())
                .map(PlanStep::name)
                .filter(name -> !DONE.contains(outcomes.getOrDefault(name, Outcome.BLOCKED)))
                .toList();
        return open.isEmpty() || !changed(bracket) ? Optional.empty() : Optional.of(open.get(0));
    }

    private boolean changed(PlanStep bracket) {
        try {
            return new Undoing(run, journal.receipt()).changed().stream().anyMatch(bracket.during()::contains);
        } catch (RuntimeException e) {
            // Who cannot be asked may have changed something.
            return true;
        }
    }

    private List<PlanStep> brackets() {
        return approved.plan().steps().stream().filter(PlanStep::isBracket).toList();
    }

    private Holds holds(PlanStep step) {
        return step.step().holds(new StepRun(run, step, StepRun.Mode.ASK), approved.decision(step.name()));
    }

    private StepRun acting(PlanStep step) {
        return new StepRun(run, step, StepRun.Mode.ACT);
    }
}
