package dev.restage.engine;

import dev.restage.plan.Access;
import dev.restage.plan.Facts;
import dev.restage.plan.PlanStep;
import dev.restage.plan.StepContext;
import dev.restage.provider.Address;
import dev.restage.provider.Notifier;
import dev.restage.provider.PlanException;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.Resource;
import dev.restage.provider.Secret;
import dev.restage.provider.Variables;
import dev.restage.run.RunEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What one step works with while it is asked, run or undone. */
final class StepRun implements StepContext {

    /** What a step may do with the resources that it declares to write. */
    enum Mode {
        /** Read only: it is previewed, or asked whether it holds. */
        ASK,
        /** Write: it is executed or undone. */
        ACT
    }

    /** What a run offers to all its steps. */
    interface Run {

        Resources resources();

        Variables variables();

        /** Throws if the target is no longer this run's alone. */
        default void checkLocks() {
            // who only asks holds none
        }

        String id();

        Instant startedAt();

        Facts facts();

        void record(String step, String name, String value);

        void count(String step, String name, long more);

        String keep(String step, String name, Supplier<String> value);

        Optional<String> kept(String step, String name);

        void warn(String step, String message);

        Consumer<RunEvent> progress();
    }

    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(3);

    private final Run run;
    private final PlanStep step;
    private final Mode mode;

    StepRun(Run run, PlanStep step, Mode mode) {
        this.run = run;
        this.step = step;
        this.mode = mode;
    }

    @Override
    public <R extends Resource> R use(Address address, Class<R> role) {
        Access access = step.access();
        boolean declaredToWrite = access.writes().contains(address)
                || (role.equals(Notifier.class) && access.tells().contains(address));
        if (!declaredToWrite && !access.reads().contains(address)) {
            if (access.tells().contains(address)) {
                throw new PlanException(
                        "the step %s has declared to send messages to %s, so it may use it as a Notifier only"
                                .formatted(step.name(), address));
            }
            throw new PlanException("the step %s asks for %s, which its access() does not declare: declare it"
                    .formatted(step.name(), address));
        }
        Resource resource = run.resources().open(address);
        if (!declaredToWrite) {
            resource = Guard.readOnly(
                    resource,
                    "the step " + step.name() + " has declared only to read " + address + ", so it may not write");
        } else if (mode == Mode.ASK) {
            resource = Guard.readOnly(
                    resource,
                    "the step " + step.name() + " may not change " + address
                            + " while it is only asked what it would do");
        } else {
            resource = Guard.writable(resource, run::checkLocks);
        }
        return Resources.inRole(address, resource, role);
    }

    @Override
    public void fact(String name, String value) {
        run.record(step.name(), name, value);
    }

    @Override
    public void count(String name, long more) {
        run.count(step.name(), name, more);
    }

    @Override
    public Optional<String> fact(String name) {
        return run.facts().find(step.name(), name);
    }

    @Override
    public String keep(String name, Supplier<String> value) {
        return run.keep(step.name(), name, value);
    }

    @Override
    public Optional<String> kept(String name) {
        return run.kept(step.name(), name);
    }

    @Override
    public Facts facts() {
        return run.facts();
    }

    @Override
    public void warn(String message) {
        run.warn(step.name(), message);
    }

    @Override
    public Progress progress() {
        Consumer<RunEvent> listener = run.progress();
        return (unit, done, total) ->
                listener.accept(new RunEvent.Progressed(run.id(), step.name(), unit, done, total));
    }

    @Override
    public Secret secret(String variable, String purpose) {
        return run.variables().secret(variable, purpose);
    }

    @Override
    public void await(String what, Duration limit, BooleanSupplier condition) {
        long deadline = System.nanoTime() + limit.toNanos();
        Duration pause = FIRST_PAUSE;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() >= deadline) {
                throw new ProviderException(
                        ProviderException.Kind.UNAVAILABLE,
                        "waited for %s for %d s in vain: look why it takes so long, then resume the run"
                                .formatted(what, limit.toSeconds()),
                        null);
            }
            try {
                Thread.sleep(pause.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ProviderException(
                        ProviderException.Kind.UNAVAILABLE, "interrupted while waiting for " + what, e);
            }
            Duration doubled = pause.multipliedBy(2);
            pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
        }
    }

    @Override
    public Path memory() {
        return run.variables().home().resolve("memory");
    }

    @Override
    public String runId() {
        return run.id();
    }

    @Override
    public Instant startedAt() {
        return run.startedAt();
    }
}
