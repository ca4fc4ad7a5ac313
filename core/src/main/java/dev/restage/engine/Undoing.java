package dev.restage.engine;

import dev.restage.plan.Change;
import dev.restage.plan.PlanPreview;
import dev.restage.plan.PlanStep;
import dev.restage.plan.ResetPlan;
import dev.restage.plan.WayBack;
import dev.restage.provider.Address;
import dev.restage.provider.GuardException;
import dev.restage.run.Entry.Kind;
import dev.restage.run.Receipt;
import dev.restage.run.StepRecord;
import dev.restage.run.StepRecord.Outcome;
import dev.restage.run.UndoPreview;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Undoes the steps of a run: all are asked before the first is undone, the last comes first, and a failure ends it. */
final class Undoing {

    private static final Set<Outcome> BEGUN =
            EnumSet.of(Outcome.RUNNING, Outcome.DONE, Outcome.SKIPPED, Outcome.FAILED);

    private static final WayBack WITH_ANOTHER =
            new WayBack(WayBack.Kind.OPEN, "", List.of(), List.of(), false, context -> {});

    private final StepRun.Run run;
    private final ResetPlan plan;
    private final Receipt receipt;

    /** In the order in which they are undone. */
    private final Map<PlanStep, WayBack> ways = new LinkedHashMap<>();

    /**
     * Asks each step that was begun, and changes nothing.
     *
     * @param run lets the steps look
     * @param receipt what is recorded of the run
     */
    Undoing(StepRun.Run run, Receipt receipt) {
        this.run = run;
        PlanPreview approved = receipt.approved();
        this.plan = approved.plan();
        this.receipt = receipt;
        Set<String> begun = begun(receipt);
        Map<PlanStep, WayBack> last = new LinkedHashMap<>();
        for (PlanStep step : plan.steps()) {
            if (begun.contains(step.name()) && !step.isBracket()) {
                last.put(
                        step,
                        step.step().wayBack(new StepRun(run, step, StepRun.Mode.ASK), approved.decision(step.name())));
            }
        }
        putBackWithOthers(last);
        List<Map.Entry<PlanStep, WayBack>> backwards = new ArrayList<>(last.entrySet());
        Collections.reverse(backwards);
        for (Map.Entry<PlanStep, WayBack> way : backwards) {
            if (way.getValue().kind() != WayBack.Kind.AFTERWARDS) {
                ways.put(way.getKey(), way.getValue());
            }
        }
        last.forEach(ways::putIfAbsent);
    }

    /**
     * What has no way back of its own is put back with a resource that is put back as a whole by a step before it. Where nothing was
     * changed there is nothing to restore from a backup, and nothing to do afterwards.
     */
    private static void putBackWithOthers(Map<PlanStep, WayBack> ways) {
        Set<Address> changed = new HashSet<>();
        ways.forEach((step, way) -> {
            if (way.kind() == WayBack.Kind.OPEN || way.kind() == WayBack.Kind.NONE) {
                changed.addAll(step.access().writes());
            }
        });
        if (changed.isEmpty()) {
            ways.replaceAll((step, way) -> WayBack.NOTHING);
        }
        Set<Address> whole = new HashSet<>();
        ways.replaceAll((step, way) -> {
            if (way.kind() == WayBack.Kind.OTHERS
                    && way.changes().stream().map(Change::target).noneMatch(changed::contains)) {
                return WayBack.NOTHING;
            }
            if (way.whole()) {
                way.changes().forEach(change -> whole.add(change.target()));
            }
            Set<Address> writes = step.access().writes();
            return way.kind() == WayBack.Kind.NONE && !writes.isEmpty() && whole.containsAll(writes)
                    ? WITH_ANOTHER
                    : way;
        });
    }

    /** {@return the steps that have changed something} */
    Set<String> changed() {
        Set<String> names = new TreeSet<>();
        ways.forEach((step, way) -> {
            if (way.kind() == WayBack.Kind.OPEN || way.kind() == WayBack.Kind.NONE) {
                names.add(step.name());
            }
        });
        return names;
    }

    private static Set<String> begun(Receipt receipt) {
        Set<String> names = new TreeSet<>();
        for (StepRecord step : receipt.steps()) {
            if (BEGUN.contains(step.outcome())) {
                names.add(step.name());
            }
        }
        return names;
    }

    UndoPreview preview() {
        return new UndoPreview(
                receipt.runId(),
                ways.entrySet().stream()
                        .map(way -> new UndoPreview.StepUndo(
                                way.getKey().name(),
                                way.getValue().kind(),
                                way.getValue().why(),
                                way.getValue().changes(),
                                way.getValue().lost()))
                        .toList(),
                false);
    }

    /** Refuses as a whole if people would lose work that nobody has said may go. */
    void refuseToLose(Set<String> allowed) {
        List<String> lost = new ArrayList<>(preview().lost());
        lost.removeAll(allowed);
        if (!lost.isEmpty()) {
            throw new GuardException(
                    "undoing run %s would lose what was done on %s since, so nothing was changed: %s. Save it, or preview the undo and undo that with evenSo()"
                            .formatted(receipt.runId(), plan.target().name(), String.join("; ", lost)));
        }
    }

    void undo(Journal journal, Failures failures) {
        for (Map.Entry<PlanStep, WayBack> entry : ways.entrySet()) {
            String step = entry.getKey().name();
            WayBack way = entry.getValue();
            try {
                switch (way.kind()) {
                    case NOTHING -> journal.write(Kind.STEP_UNCHANGED, step, "", "");
                    case NONE -> journal.write(Kind.STEP_IRREVERSIBLE, step, "", way.why());
                    case OPEN, OTHERS, AFTERWARDS -> {
                        way.act().accept(new StepRun(run, entry.getKey(), StepRun.Mode.ACT));
                        journal.write(Kind.STEP_UNDONE, step, "", "");
                    }
                }
            } catch (RuntimeException | Error e) {
                // What comes next would be put back beside what was not.
                failures.add(step, e);
                journal.tryWrite(Kind.STEP_FAILED, step, "", "undo: " + Failures.message(e));
                return;
            }
        }
    }
}
