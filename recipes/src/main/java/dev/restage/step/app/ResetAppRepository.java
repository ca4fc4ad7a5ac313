package dev.restage.step.app;

import dev.restage.plan.Access;
import dev.restage.plan.Change;
import dev.restage.plan.Preview;
import dev.restage.plan.Step;
import dev.restage.plan.StepContext;
import dev.restage.provider.Address;
import dev.restage.provider.app.PaaS;

/**
 * Empties the hosting platform's own git repository of an app, so that a branch made anew can be deployed to it. What
 * is deployed stays.
 *
 * @param app the app
 */
public record ResetAppRepository(Address app) implements Step {

    @Override
    public Access access() {
        return Access.NONE.writing(app);
    }

    @Override
    public Preview preview(StepContext context) {
        context.use(app, PaaS.class);
        return Preview.of(new Change(app, "lose the history in its own git repository; what is deployed stays"));
    }

    @Override
    public void execute(StepContext context) {
        context.use(app, PaaS.class).resetRepository();
        context.fact("reset", () -> "yes");
    }

    @Override
    public boolean holds(StepContext context) {
        return context.fact("reset").isPresent();
    }
}
