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
import java.util.Map;

/**
 * Starts again what a {@link StopWorkers} stopped.
 *
 * @param app the app
 * @param stoppedBy the name of the step that stopped them
 */
public record StartWorkers(Address app, String stoppedBy) implements Step {

    @Override
    public Access access() {
        return Access.NONE.writing(app);
    }

    @Override
    public Decision decide(StepContext context) {
        context.use(app, PaaS.class);
        return Decision.of(new Change(app, "start again what " + stoppedBy + " stopped"));
    }

    @Override
    public void execute(StepContext context, Decision decision) {
        Map<String, Integer> wanted = wanted(context);
        if (!wanted.isEmpty()) {
            context.use(app, PaaS.class).scale(wanted);
        }
    }

    @Override
    public Holds holds(StepContext context, Decision decision) {
        Map<String, Integer> formation = context.use(app, PaaS.class).state().formation();
        return Holds.when(formation.entrySet().containsAll(wanted(context).entrySet()));
    }

    /** What was stopped before is what the stopping step puts back. */
    @Override
    public WayBack wayBack(StepContext context, Decision decision) {
        return WayBack.NOTHING;
    }

    private Map<String, Integer> wanted(StepContext context) {
        return Formation.read(context.facts().find(stoppedBy, "before").orElse(""));
    }
}
