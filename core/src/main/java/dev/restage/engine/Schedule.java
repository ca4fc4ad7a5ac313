package dev.restage.engine;

import dev.restage.plan.PlanStep;
import dev.restage.plan.ResetPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs steps side by side as far as their dependencies allow, keeps back what depends on a failure, and lets brackets end. */
final class Schedule {

    private enum State {
        WAITING,
        RUNNING,
        DONE,
        FAILED
    }

    private record Ended(String step, boolean well) {}

    private final List<PlanStep> steps;
    private final Map<String, Set<String>> order;
    private final Map<String, State> states = new LinkedHashMap<>();

    Schedule(ResetPlan plan) {
        this.steps = plan.steps();
        this.order = plan.order();
        steps.forEach(step -> states.put(step.name(), State.WAITING));
    }

    /**
     * Runs all steps that can run.
     *
     * @param work does one step and says whether it ended well; must not throw
     * @param blocked told of each step that cannot begin, and the step that it waits for in vain
     * @return whether all steps ended well
     * @throws InterruptedException if the thread was interrupted; running steps were interrupted and have ended
     */
    boolean run(Predicate<PlanStep> work, BiConsumer<PlanStep, String> blocked) throws InterruptedException {
        BlockingQueue<Ended> ended = new LinkedBlockingQueue<>();
        int running = 0;
        try (Workers workers = Workers.start("restage-step", steps.size(), this::running)) {
            for (List<PlanStep> next = ready(); running + next.size() > 0; next = ready()) {
                for (PlanStep step : next) {
                    states.put(step.name(), State.RUNNING);
                    workers.executor().execute(() -> {
                        boolean well = false;
                        try {
                            well = work.test(step);
                        } finally {
                            // even if the work could not say how it ended: otherwise the run would wait for ever
                            ended.add(new Ended(step.name(), well));
                        }
                    });
                }
                running += next.size();
                Ended one = ended.take();
                running--;
                states.put(one.step(), one.well() ? State.DONE : State.FAILED);
                keepBack(blocked);
            }
        }
        return states.values().stream().allMatch(state -> state == State.DONE);
    }

    /** What has begun and not ended, for people; asked by the thread that runs the steps. */
    private String running() {
        return states.entrySet().stream()
                .filter(step -> step.getValue() == State.RUNNING)
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(", "));
    }

    private List<PlanStep> ready() {
        List<PlanStep> ready = new ArrayList<>();
        for (PlanStep step : steps) {
            if (states.get(step.name()) == State.WAITING
                    && before(step)
                            .allMatch(state -> state == State.DONE || (step.isBracket() && state == State.FAILED))) {
                ready.add(step);
            }
        }
        return ready;
    }

    private Stream<State> before(PlanStep step) {
        return order.getOrDefault(step.name(), Set.of()).stream().map(name -> states.getOrDefault(name, State.WAITING));
    }

    private void keepBack(BiConsumer<PlanStep, String> blocked) {
        // the steps come after their dependencies, so one pass reaches all that follow from a failure; a bracket ends
        // after any
        for (PlanStep step : steps) {
            if (states.get(step.name()) == State.WAITING && !step.isBracket()) {
                order.getOrDefault(step.name(), Set.of()).stream()
                        .filter(name -> states.get(name) == State.FAILED)
                        .findFirst()
                        .ifPresent(failed -> {
                            states.put(step.name(), State.FAILED);
                            blocked.accept(step, failed);
                        });
            }
        }
    }
}
