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
    public Decision decide(StepContext context) {
        context.use(app, PaaS.class);
        return Decision.of(new Change(app, "lose the history in its own git repository; what is deployed stays"));
    }

    @Override
    public void execute(StepContext context, Decision decision) {
        context.use(app, PaaS.class).resetRepository();
        context.fact("reset", "yes");
    }

    /** It is no place where anybody works: the next deployment fills it. */
    @Override
    public WayBack wayBack(StepContext context, Decision decision) {
        return WayBack.none("the platform's own repository was emptied, and fills again with the next deployment");
    }
}
