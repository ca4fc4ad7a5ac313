package dev.restage.step.app;

import dev.restage.plan.Access;
import dev.restage.plan.Change;
import dev.restage.plan.Decision;
import dev.restage.plan.Step;
import dev.restage.plan.StepContext;
import dev.restage.plan.WayBack;
import dev.restage.provider.Address;
import dev.restage.provider.app.PaaS;

/**
 * Restarts an app, so that nothing of the old data stays in the memory of its processes.
 *
 * @param app the app
 */
public record RestartApp(Address app) implements Step {

    @Override
    public Access access() {
        return Access.NONE.writing(app);
    }

    @Override
    public Decision decide(StepContext context) {
        context.use(app, PaaS.class);
        return Decision.of(new Change(app, "be restarted"));
    }

    @Override
    public void execute(StepContext context, Decision decision) {
        context.use(app, PaaS.class).restart();
        context.fact("restarted", "yes");
    }

    @Override
    public WayBack wayBack(StepContext context, Decision decision) {
        return WayBack.afterwards(
                new Change(app, "be restarted"),
                acting -> acting.use(app, PaaS.class).restart());
    }
}
