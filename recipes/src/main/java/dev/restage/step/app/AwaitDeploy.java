package dev.restage.step.app;

import dev.restage.plan.Access;
import dev.restage.plan.Change;
import dev.restage.plan.Preview;
import dev.restage.plan.Step;
import dev.restage.plan.StepContext;
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
    public Preview preview(StepContext context) {
        context.use(branch, GitHost.class);
        String runs = context.use(app, PaaS.class)
                .state()
                .deployed()
                .map(CommitId::shortened)
                .orElse("an unknown commit");
        return Preview.of(new Change(app, "run the new commit of " + branch + "; it runs " + runs + " now"));
    }

    @Override
    public void execute(StepContext context) {
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
        context.fact("commit", wanted::value);
    }

    @Override
    public boolean holds(StepContext context) {
        Optional<CommitId> wanted = head(context);
        return wanted.isPresent()
                && wanted.equals(context.use(app, PaaS.class).state().deployed());
    }

    private Optional<CommitId> head(StepContext context) {
        GitHost git = context.use(branch, GitHost.class);
        return git.head(git.branch());
    }
}
