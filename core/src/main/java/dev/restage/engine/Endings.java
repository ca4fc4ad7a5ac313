package dev.restage.engine;

import dev.restage.plan.CodeStep;
import dev.restage.plan.PlanStep;
import dev.restage.plan.ResetPlan;
import dev.restage.provider.GuardException;
import dev.restage.provider.PlanException;
import dev.restage.run.Entry;
import dev.restage.run.Entry.Kind;
import dev.restage.run.Receipt;
import java.util.List;

/** Which runs can go on, and which can be put back, by what their journals say. */
final class Endings {

    private Endings() {}

    static void refuseResume(Receipt receipt) {
        Entry last = last(receipt);
        if (last.kind() == Kind.RUN_DONE) {
            throw new GuardException(
                    "run %s ended well at %s, so there is nothing to resume: preview its plan and run it anew, or put everything back with undo(\"%s\")"
                            .formatted(receipt.runId(), last.at(), receipt.runId()));
        }
        if (last.kind() == Kind.RUN_UNDONE) {
            throw new GuardException(
                    "run %s was undone at %s, so it cannot be resumed: preview its plan and run it anew"
                            .formatted(receipt.runId(), last.at()));
        }
        if (undoHasBegun(receipt)) {
            throw new GuardException(
                    "the undo of run %s has begun, so it cannot be resumed: bring it to its end with undo(\"%s\"), then run the plan anew"
                            .formatted(receipt.runId(), receipt.runId()));
        }
    }

    static void refuseUndo(Receipt receipt) {
        Entry last = last(receipt);
        if (last.kind() == Kind.RUN_UNDONE) {
            throw new GuardException(
                    "run %s was undone at %s already, and what has changed since is not this run's: there is nothing to undo"
                            .formatted(receipt.runId(), last.at()));
        }
    }

    static void refuseMissingCode(ResetPlan plan, String runId) {
        List<String> code = plan.steps().stream()
                .filter(step -> step.step() instanceof CodeStep read && read.body() == null)
                .map(PlanStep::name)
                .toList();
        if (!code.isEmpty()) {
            throw new PlanException(
                    "run %s has steps of code (%s), which a journal cannot hold: make the plan again and resume it with resume(\"%s\", plan)"
                            .formatted(runId, String.join(", ", code), runId));
        }
    }

    private static boolean undoHasBegun(Receipt receipt) {
        boolean begun = false;
        for (Entry entry : receipt.entries()) {
            begun = switch (entry.kind()) {
                case STEP_UNDONE, STEP_UNCHANGED, STEP_IRREVERSIBLE -> true;
                case RUN_RESUMED -> false;
                default -> begun;
            };
        }
        return begun;
    }

    private static Entry last(Receipt receipt) {
        return receipt.entries().get(receipt.entries().size() - 1);
    }
}
