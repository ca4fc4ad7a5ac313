package dev.restage;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Module;
import com.google.inject.Provides;
import com.google.inject.Stage;
import com.google.inject.multibindings.MapBinder;
import dev.restage.engine.Engine;
import dev.restage.engine.Resources;
import dev.restage.masking.MaskingPolicy;
import dev.restage.plan.PlanPreview;
import dev.restage.plan.ResetPlan;
import dev.restage.plan.SuggestedPolicy;
import dev.restage.provider.Address;
import dev.restage.provider.ProviderModule;
import dev.restage.provider.Resource;
import dev.restage.provider.ResourceFactory;
import dev.restage.provider.Variables;
import dev.restage.provider.database.Database;
import dev.restage.run.Receipt;
import dev.restage.run.RunInfo;
import dev.restage.run.RunListener;
import dev.restage.run.UndoPreview;
import dev.restage.store.RunStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The front door: previews, runs, resumes and undoes plans.
 *
 * <pre>{@code
 * try (Restage restage = Restage.create()) {
 *     ResetPlan plan = StagingReset.of(production, staging).build();
 *     PlanPreview preview = restage.preview(plan);
 *     System.out.println(preview);
 *     Receipt receipt = restage.run(preview);
 * }
 * }</pre>
 *
 * <p>May be used by several threads. Closing it waits for the runs that are going on, cancels none, and then closes the connections of
 * all its resources; whatever is asked of it afterwards is refused with an {@link IllegalStateException}.
 */
public final class Restage implements AutoCloseable {

    private final Resources resources;
    private final Engine engine;

    private Restage(Resources resources, Engine engine) {
        this.resources = resources;
        this.engine = engine;
    }

    /** {@return a Restage with the providers on the class path and the variables of this process} */
    public static Restage create() {
        return builder().build();
    }

    /** {@return a builder, to choose variables, providers or listeners} */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Finds out what a plan would do, with real figures. Changes nothing.
     *
     * @param plan the plan
     * @return what it would do; running this is the approval
     * @throws dev.restage.provider.RestageException if the plan could not be run; further problems are suppressed
     *     exceptions of the first
     */
    public PlanPreview preview(ResetPlan plan) {
        return engine.preview(plan);
    }

    /**
     * Runs what was previewed and waits for the end.
     *
     * @param preview what was approved
     * @return what was done
     * @throws dev.restage.provider.GuardException if what the preview rests on has moved; nothing was changed
     * @throws dev.restage.run.RunException if a step failed; it carries the receipt
     */
    public Receipt run(PlanPreview preview) {
        return engine.run(preview);
    }

    /**
     * Begins to run what was previewed and does not wait. What {@link #run} throws is thrown by {@link Run#await}.
     *
     * @param preview what was approved
     * @return the run
     */
    public Run start(PlanPreview preview) {
        return new Run(engine, engine.start(preview));
    }

    /**
     * Goes on with a run that failed or died. What is done and still holds is not done again.
     *
     * @param runId the run's id
     * @return what was done in all
     * @throws dev.restage.provider.PlanException if there is no such run, its journal is damaged, or its plan has steps of code
     * @throws dev.restage.provider.GuardException if it ended well or was undone, which says so; nothing was changed
     * @throws dev.restage.run.RunException if a step failed; it carries the receipt
     */
    public Receipt resume(String runId) {
        return engine.resume(runId);
    }

    /**
     * Goes on with a run whose plan has steps of code, which no journal can hold.
     *
     * @param runId the run's id
     * @param plan the plan that was run, made again
     * @return what was done in all
     * @throws dev.restage.provider.PlanException if the plan is another than the one that was run; the message names the difference
     * @throws dev.restage.provider.RestageException as {@link #resume(String)} does
     */
    public Receipt resume(String runId, ResetPlan plan) {
        return engine.resume(runId, plan);
    }

    /**
     * Finds out what undoing a run would do. Changes nothing.
     *
     * @param runId the run's id
     * @return what would be put back, what cannot be, and what people have done since and would lose
     */
    public UndoPreview previewUndo(String runId) {
        return engine.previewUndo(runId);
    }

    /**
     * Puts back what a run has changed, the last step first, if nobody would lose by it what was done since.
     *
     * @param runId the run's id
     * @return the run's record with what was undone
     * @throws dev.restage.provider.GuardException if something would be lost, or it was undone before; nothing was changed
     * @throws dev.restage.run.RunException if a step could not be undone; those before it were, and undoing again goes on there
     */
    public Receipt undo(String runId) {
        return engine.undo(runId);
    }

    /**
     * Puts back what a run has changed, as previewed: {@code undo(previewUndo(id).evenSo())} loses what the preview names.
     *
     * @param preview what was approved
     * @return the run's record with what was undone
     * @throws dev.restage.provider.GuardException if something would be lost that was not approved; nothing was changed
     * @throws dev.restage.run.RunException if a step could not be undone
     */
    public Receipt undo(UndoPreview preview) {
        return engine.undo(preview);
    }

    /**
     * {@return what is recorded of a run}
     *
     * @param runId the run's id
     */
    public Receipt receipt(String runId) {
        return engine.receipt(runId);
    }

    /** {@return all runs that are recorded, the first one first; one whose journal is damaged is listed as such} */
    public List<RunInfo> runs() {
        return engine.runs();
    }

    /**
     * Opens a resource by hand, outside any plan, to read it: {@code open("store://media", MediaStore.class)}. Calls that change it
     * are refused, for no plan says whose it is.
     *
     * @param address its address
     * @param role the interface of the role in which it is used
     * @param <R> the role
     * @return the resource; this Restage closes it
     * @throws dev.restage.provider.PlanException if no provider serves the address, or it has not that role
     */
    public <R extends Resource> R open(String address, Class<R> role) {
        return resources.openToRead(Address.of(address), role);
    }

    /**
     * Opens a resource by hand, to change it: outside any plan, so nothing guards it but what the resource itself does.
     *
     * @param address its address, which is never one of production
     * @param role the interface of the role in which it is used
     * @param <R> the role
     * @return the resource; this Restage closes it
     * @throws dev.restage.provider.PlanException if no provider serves the address, or it has not that role
     */
    public <R extends Resource> R openToWrite(String address, Class<R> role) {
        return resources.openToWrite(Address.of(address), role);
    }

    /**
     * Proposes a masking rule, with the reason, for each column of a database that can hold personal data. Reads names,
     * types and some values; changes nothing.
     *
     * @param address a database, such as {@code database:shop-production}
     * @return the rules; printed, they are YAML to be read and edited
     * @throws dev.restage.provider.RestageException if it is no database, or cannot be read
     */
    public SuggestedPolicy suggestPolicy(String address) {
        return suggestPolicy(address, MaskingPolicy.builder().build());
    }

    /**
     * Proposes rules for what a policy leaves open, as {@link #suggestPolicy(String)} does.
     *
     * @param address a database
     * @param known the policy, such as that of a recipe for the site's framework
     * @return rules for the other columns; {@code known.plus(suggested.policy())} has all
     */
    public SuggestedPolicy suggestPolicy(String address, MaskingPolicy known) {
        return SuggestedPolicy.of(open(address, Database.class), known);
    }

    /** Waits for the runs that are going on, then closes the connections of all resources. Does nothing the second time. */
    @Override
    public void close() {
        engine.close();
        resources.close();
    }

    /** Collects what a Restage is made of. */
    public static final class Builder {

        private final List<ProviderModule> modules = new ArrayList<>();
        private final List<RunListener> listeners = new ArrayList<>();
        private Variables variables = Variables.fromEnvironment();
        private Clock clock = Clock.systemUTC();
        private Executor executor = Builder::onAThreadOfItsOwn;
        private @Nullable RunStore store;

        private Builder() {}

        /**
         * Looks settings and secrets up here and not in the environment of this process.
         *
         * @param values name to value, such as a sandbox's
         * @return this builder
         */
        public Builder variables(Map<String, String> values) {
            variables = Variables.of(values);
            return this;
        }

        /**
         * Uses the given providers and none of the class path.
         *
         * @param module a provider; call again for more
         * @return this builder
         */
        public Builder module(ProviderModule module) {
            modules.add(module);
            return this;
        }

        /**
         * Adds somebody who hears of runs.
         *
         * @param listener hears of all runs of this Restage
         * @return this builder
         */
        public Builder listener(RunListener listener) {
            listeners.add(listener);
            return this;
        }

        /**
         * Tells the time by another clock.
         *
         * @param other the clock
         * @return this builder
         */
        public Builder clock(Clock other) {
            clock = other;
            return this;
        }

        /**
         * Keeps the journals of runs elsewhere than in a folder below {@code RESTAGE_HOME}.
         *
         * @param other keeps them
         * @return this builder
         */
        public Builder store(RunStore other) {
            store = other;
            return this;
        }

        /**
         * Has the runs that {@link Restage#start} begins go on on threads of the host. Each takes one for its whole length.
         *
         * @param other runs what it is given, now or later, and not on the thread that gives it
         * @return this builder
         */
        public Builder executor(Executor other) {
            executor = other;
            return this;
        }

        /** Not a daemon's: the end of a host's main method must not leave a staging half done. */
        private static void onAThreadOfItsOwn(Runnable run) {
            new Thread(run, "restage-run").start();
        }

        /** {@return the Restage} */
        public Restage build() {
            List<Module> installed = new ArrayList<>(modules);
            if (modules.isEmpty()) {
                ServiceLoader.load(ProviderModule.class).forEach(installed::add);
            }
            installed.add(new Settings(variables));
            // lazy: a provider that no address needs must not be asked for its credentials
            Injector injector = Guice.createInjector(Stage.DEVELOPMENT, installed);
            Resources resources = injector.getInstance(Resources.class);
            RunStore journals = store == null ? RunStore.folder(variables.home().resolve("runs")) : store;
            return new Restage(resources, new Engine(resources, variables, journals, clock, listeners, executor));
        }
    }

    private static final class Settings extends AbstractModule {

        private final Variables variables;

        private Settings(Variables variables) {
            this.variables = variables;
        }

        @Override
        protected void configure() {
            binder().requireExactBindingAnnotations();
            binder().disableCircularProxies();
            MapBinder.newMapBinder(binder(), String.class, ResourceFactory.class);
        }

        @Provides
        Variables variables() {
            return variables;
        }
    }
}
