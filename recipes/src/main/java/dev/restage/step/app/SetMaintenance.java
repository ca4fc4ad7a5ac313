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
    public Decision decide(StepContext context) {
        context.use(app, PaaS.class).state();
        return Decision.of(
                new Change(app, mode == Switch.ON ? "show the maintenance page" : "show the site to visitors again"));
    }

    @Override
    public void execute(StepContext context, Decision decision) {
        PaaS platform = context.use(app, PaaS.class);
        context.keep("before", () -> words(platform.state().maintenance()));
        platform.maintenance(mode);
        context.fact("after", words(mode == Switch.ON));
    }

    @Override
    public Holds holds(StepContext context, Decision decision) {
        return Holds.when(context.use(app, PaaS.class).state().maintenance() == (mode == Switch.ON));
    }

    @Override
    public WayBack wayBack(StepContext context, Decision decision) {
        return context.kept("before")
                .map(words(true)::equals)
                .map(before -> WayBack.of(
                        new Change(app, before ? "show the maintenance page again" : "show the site again"),
                        acting -> acting.use(app, PaaS.class).maintenance(before ? Switch.ON : Switch.OFF)))
                .orElse(WayBack.NOTHING);
    }

    private static String words(boolean maintenance) {
        return maintenance ? "maintenance" : "open";
    }
}
