package dev.restage.step.app;

import dev.restage.plan.Access;
import dev.restage.plan.Change;
import dev.restage.plan.Decision;
import dev.restage.plan.Holds;
import dev.restage.plan.Step;
import dev.restage.plan.StepContext;
import dev.restage.plan.WayBack;
import dev.restage.provider.Address;
import dev.restage.provider.app.PaaS;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Stops the processes that would write to the database meanwhile: all types but those that stay. Maintenance keeps
 * visitors out, but not workers and schedulers.
 *
 * @param app the app
 * @param stay the process types that go on: {@code web}
 */
public record StopWorkers(Address app, Set<String> stay) implements Step {

    /**
     * Copies the set.
     *
     * @param app the app
     * @param stay the process types that go on
     */
    public StopWorkers {
        stay = Collections.unmodifiableSortedSet(new TreeSet<>(stay));
    }

    @Override
    public Access access() {
        return Access.NONE.writing(app);
    }

    @Override
    public Decision decide(StepContext context) {
        Map<String, Integer> workers = workers(context);
        return workers.isEmpty()
                ? Decision.NOTHING.note("no process of " + app + " has to be stopped")
                : Decision.of(new Change(app, "stop " + Formation.write(workers)));
    }

    @Override
    public void execute(StepContext context, Decision decision) {
        String before = context.keep("before", () -> Formation.write(workers(context)));
        context.fact("before", before);
        Map<String, Integer> stopped = new TreeMap<>(Formation.read(before));
        stopped.replaceAll((type, count) -> 0);
        if (!stopped.isEmpty()) {
            context.use(app, PaaS.class).scale(stopped);
        }
        context.fact("after", Formation.write(stopped));
    }

    @Override
    public Holds holds(StepContext context, Decision decision) {
        return Holds.when(workers(context).isEmpty());
    }

    @Override
    public WayBack wayBack(StepContext context, Decision decision) {
        return context.kept("before")
                .map(Formation::read)
                .filter(before -> !before.isEmpty())
                .map(before -> WayBack.of(
                        new Change(app, "start %s again".formatted(Formation.write(before))),
                        acting -> acting.use(app, PaaS.class).scale(before)))
                .orElse(WayBack.NOTHING);
    }

    private Map<String, Integer> workers(StepContext context) {
        Map<String, Integer> workers =
                new TreeMap<>(context.use(app, PaaS.class).state().formation());
        workers.keySet().removeAll(stay);
        workers.values().removeIf(count -> count == 0);
        return workers;
    }
}
