package dev.restage.step.app;

import dev.restage.plan.Access;
import dev.restage.plan.Change;
import dev.restage.plan.Decision;
import dev.restage.plan.Step;
import dev.restage.plan.StepContext;
import dev.restage.plan.WayBack;
import dev.restage.provider.Address;
import dev.restage.provider.ProviderException;
import dev.restage.provider.app.CommandResult;
import dev.restage.provider.app.PaaS;
import java.time.Duration;
import java.util.List;

/**
 * Runs a command beside an app and fails if its exit status is not 0. A resumed run runs it again, so it must be such
 * that a second time does no harm.
 *
 * @param app the app
 * @param command a shell command line
 * @param limit how long it may take
 */
public record RunCommand(Address app, String command, Duration limit) implements Step {

    /** So many of the last lines are kept; Django's commands say what matters at the end. */
    private static final int LINES_KEPT = 20;

    @Override
    public Access access() {
        return Access.NONE.writing(app);
    }

    @Override
    public Decision decide(StepContext context) {
        context.use(app, PaaS.class);
        return Decision.of(new Change(app, "run \"%s\"".formatted(command)));
    }

    @Override
    public void execute(StepContext context, Decision decision) {
        CommandResult result = context.use(app, PaaS.class).run(command, limit);
        String end = end(result.output());
        if (result.exitCode() != 0) {
            throw new ProviderException(
                    ProviderException.Kind.FAILED,
                    "\"%s\" on %s ended with exit status %d: %s"
                            .formatted(command, app, result.exitCode(), end.isEmpty() ? "it printed nothing" : end),
                    null);
        }
        context.fact("output", end);
    }

    @Override
    public WayBack wayBack(StepContext context, Decision decision) {
        return WayBack.none("\"%s\" was run, and what it did beyond the database is not known".formatted(command));
    }

    private static String end(String output) {
        List<String> lines = output.lines().filter(line -> !line.isBlank()).toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES_KEPT), lines.size()));
    }
}
