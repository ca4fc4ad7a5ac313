package dev.restage.step.app;

import dev.restage.plan.Access;
import dev.restage.plan.Change;
import dev.restage.plan.Decision;
import dev.restage.plan.Holds;
import dev.restage.plan.Step;
import dev.restage.plan.StepContext;
import dev.restage.plan.WayBack;
import dev.restage.provider.Address;
import dev.restage.provider.ProviderException;
import dev.restage.provider.app.PaaS;
import dev.restage.provider.code.CommitId;
import dev.restage.provider.code.GitHost;
import java.time.Duration;
import java.util.Optional;

/**
 * Waits until an app runs the newest commit of its branch. The platform deploys by itself; this only looks.
 *
 * @param app the app
 * @param branch the branch that is deployed to it
 * @param limit how long to wait at most
 */
public record AwaitDeploy(Address app, Address branch, Duration limit) implements Step {

    @Override
    public Access access() {
        return Access.reading(app, branch);
    }

    @Override
    public Decision decide(StepContext context) {
        context.use(branch, GitHost.class);
        String runs = context.use(app, PaaS.class)
                .state()
                .deployed()
                .map(CommitId::shortened)
                .orElse("an unknown commit");
        return Decision.of(new Change(app, "run the new commit of " + branch + "; it runs " + runs + " now"));
    }

    @Override
    public void execute(StepContext context, Decision decision) {
        context.fact("commit", await(context).value());
    }

    private CommitId await(StepContext context) {
        CommitId wanted = head(context)
                .orElseThrow(() -> new ProviderException(
                        ProviderException.Kind.NOT_FOUND,
                        branch + " does not exist, so it cannot be deployed: create the branch",
                        null));
        PaaS platform = context.use(app, PaaS.class);
        context.await(
                "the deployment of %s to %s".formatted(wanted.shortened(), app),
                limit,
                () -> platform.state().deployed().filter(wanted::equals).isPresent());
        return wanted;
    }

    @Override
    public Holds holds(StepContext context, Decision decision) {
        Optional<CommitId> wanted = head(context);
        return Holds.when(wanted.isPresent()
                && wanted.equals(context.use(app, PaaS.class).state().deployed()));
    }

    /** The platform deploys the old code as it has deployed the new. */
    @Override
    public WayBack wayBack(StepContext context, Decision decision) {
        return WayBack.afterwards(new Change(app, "run the commit that " + branch + " is put back to"), this::await);
    }

    private Optional<CommitId> head(StepContext context) {
        GitHost git = context.use(branch, GitHost.class);
        return git.head(git.branch());
    }
}
