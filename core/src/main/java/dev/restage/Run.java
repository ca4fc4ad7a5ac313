package dev.restage;

import dev.restage.engine.Engine;
import dev.restage.engine.RunTask;
import dev.restage.run.Receipt;
import dev.restage.run.RunState;

/** A run that {@link Restage#start} has begun and that goes on beside its caller. May be used by several threads. */
public final class Run {

    private final Engine engine;
    private final RunTask task;

    Run(Engine engine, RunTask task) {
        this.engine = engine;
        this.task = task;
    }

    /** {@return the run's id, which is known before anything is done} */
    public String id() {
        return task.id();
    }

    /** {@return how it stands; {@code RUNNING} until {@link #await} returns} */
    public RunState state() {
        return task.isOver() ? engine.stateAtEnd(id()) : RunState.RUNNING;
    }

    /**
     * Asks the run to stop and does not wait. Its steps are interrupted; {@link #await} tells when they have ended, by the exception of
     * a failed run, which can be resumed or undone. Does nothing if the run is over.
     */
    public void cancel() {
        task.cancel();
    }

    /**
     * Waits for the end. An interruption ends the waiting and not the run.
     *
     * @return what was done
     * @throws dev.restage.provider.RestageException what {@link Restage#run} throws
     */
    public Receipt await() {
        return task.await();
    }

    /** {@return what is recorded so far; no entries as long as nothing was done} */
    public Receipt receipt() {
        return engine.receiptSoFar(id());
    }

    @Override
    public String toString() {
        return "run " + id();
    }
}
