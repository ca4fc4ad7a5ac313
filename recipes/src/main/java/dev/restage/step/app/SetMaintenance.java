package dev.restage.step.app;

import dev.restage.plan.Access;
import dev.restage.plan.Change;
import dev.restage.plan.Preview;
import dev.restage.plan.Step;
import dev.restage.plan.StepContext;
import dev.restage.provider.Address;
import dev.restage.provider.app.PaaS;
import dev.restage.provider.app.PaaS.Switch;

/**
 * Shows visitors the maintenance page, or the site again.
 *
 * @param app the app
 * @param mode what visitors shall see
 */
public record SetMaintenance(Address app, Switch mode) implements Step {

    @Override
    public Access access() {
        return Access.NONE.writing(app);
    }

    @Override
    public Preview preview(StepContext context) {
        context.use(app, PaaS.class).state();
        return Preview.of(
                new Change(app, mode == Switch.ON ? "show the maintenance page" : "show the site to visitors again"));
    }

    @Override
    public void execute(StepContext context) {
        PaaS platform = context.use(app, PaaS.class);
        context.fact("before", () -> words(platform.state().maintenance()));
        platform.maintenance(mode);
        context.fact("after", () -> words(mode == Switch.ON));
    }

    @Override
    public boolean holds(StepContext context) {
        return context.use(app, PaaS.class).state().maintenance() == (mode == Switch.ON);
    }

    @Override
    public void undo(StepContext context) {
        context.fact("before")
                .ifPresent(before ->
                        context.use(app, PaaS.class).maintenance(before.equals(words(true)) ? Switch.ON : Switch.OFF));
    }

    private static String words(boolean maintenance) {
        return maintenance ? "maintenance" : "open";
    }
}
