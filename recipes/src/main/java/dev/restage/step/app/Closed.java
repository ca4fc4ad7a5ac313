package dev.restage.step.app;

import dev.restage.plan.Access;
import dev.restage.plan.Bracket;
import dev.restage.plan.Change;
import dev.restage.plan.Decision;
import dev.restage.plan.Holds;
import dev.restage.plan.StepContext;
import dev.restage.provider.Address;
import dev.restage.provider.Secret;
import dev.restage.provider.app.AppState;
import dev.restage.provider.app.PaaS;
import dev.restage.provider.app.PaaS.Switch;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An app is closed: visitors see the maintenance page, and the processes that would write to the database meanwhile are stopped.
 * Maintenance keeps visitors out, but not workers and schedulers.
 *
 * <p>How the app was before is kept in its setting {@value #BEFORE} until it is open again, so that whoever comes after a run that was
 * killed, another run or a person, finds it there.
 *
 * @param app the app
 * @param stay the process types that go on: {@code web}
 */
public record Closed(Address app, Set<String> stay) implements Bracket {

    /** The setting of the app that says how it was before it was closed. */
    public static final String BEFORE = "RESTAGE_BEFORE";

    private static final String MAINTENANCE = "maintenance";
    private static final String OPEN = "open";

    /**
     * Copies the set.
     *
     * @param app the app
     * @param stay the process types that go on
     */
    public Closed {
        stay = Collections.unmodifiableSortedSet(new TreeSet<>(stay));
    }

    @Override
    public Access access() {
        return Access.NONE.writing(app);
    }

    @Override
    public Decision decide(StepContext context) {
        PaaS platform = context.use(app, PaaS.class);
        String before = before(platform).orElseGet(() -> write(platform.state()));
        Map<String, Integer> workers = workers(platform.state());
        Decision decision = Decision.of(new Change(
                app,
                "show the maintenance page%s meanwhile"
                        .formatted(workers.isEmpty() ? "" : " and stop " + Formation.write(workers))));
        return before(platform).isEmpty()
                ? decision
                : decision.note("%s was closed by a run that has not ended, and will be as it was before that one: %s"
                        .formatted(app, before));
    }

    @Override
    public void execute(StepContext context, Decision decision) {
        PaaS platform = context.use(app, PaaS.class);
        AppState state = platform.state();
        if (before(platform).isEmpty()) {
            platform.configure(Map.of(BEFORE, Secret.of(write(state))));
        }
        platform.maintenance(Switch.ON);
        Map<String, Integer> stopped = new TreeMap<>(workers(state));
        stopped.replaceAll((type, count) -> 0);
        if (!stopped.isEmpty()) {
            platform.scale(stopped);
        }
        context.fact("before", before(platform).orElse(""));
    }

    @Override
    public Holds holds(StepContext context, Decision decision) {
        AppState state = context.use(app, PaaS.class).state();
        return Holds.when(state.maintenance() && workers(state).isEmpty());
    }

    /** The setting goes last but one: a run that dies before has left all that the next one needs. */
    @Override
    public void end(StepContext context, Decision decision) {
        PaaS platform = context.use(app, PaaS.class);
        Optional<String> kept = before(platform);
        if (kept.isEmpty()) {
            return;
        }
        Map<String, Integer> wanted = new TreeMap<>(Formation.read(kept.get()));
        wanted.keySet().removeAll(stay);
        if (!platform.state().formation().entrySet().containsAll(wanted.entrySet())) {
            platform.scale(wanted);
        }
        if (kept.get().startsWith(OPEN)) {
            platform.maintenance(Switch.OFF);
        }
        platform.unset(Set.of(BEFORE));
        context.fact("after", kept.get());
    }

    /** As people read it, and as {@link Formation} does: {@code open web=1 worker=2}. */
    private static String write(AppState state) {
        return (state.maintenance() ? MAINTENANCE : OPEN) + " " + Formation.write(state.formation());
    }

    private static Optional<String> before(PaaS platform) {
        return Optional.ofNullable(platform.config().get(BEFORE)).map(Secret::reveal);
    }

    private Map<String, Integer> workers(AppState state) {
        Map<String, Integer> workers = new TreeMap<>(state.formation());
        workers.keySet().removeAll(stay);
        workers.values().removeIf(count -> count == 0);
        return workers;
    }
}
