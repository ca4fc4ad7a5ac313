package dev.restage.plan;

import java.util.function.Consumer;

/**
 * One operation of a plan. A step is a record: its components are the whole of its configuration, so a plan is plain
 * data. Steps keep no state; what they learn goes into facts.
 */
public interface Step {

    /** {@return which resources the step uses; asked once, when it is added to a plan, before anything is asked of them} */
    Access access();

    /**
     * Says what would change, with real figures. Changes nothing; a call that would is refused.
     *
     * @param context hands out the resources, all of them for reading only
     * @return what would happen
     * @throws dev.restage.provider.RestageException if the step could not be done; the message says what to do
     */
    Preview preview(StepContext context);

    /**
     * Does it. Safe to call again after a crash at any moment.
     *
     * @param context hands out the resources and keeps facts
     */
    void execute(StepContext context);

    /**
     * {@return whether what the step is for is true in the world right now} Asked before a resumed run skips the
     * step, and after {@link #execute}.
     *
     * @param context hands out the resources, all of them for reading only
     */
    boolean holds(StepContext context);

    /**
     * Puts back what {@link #execute} changed, from recorded facts. Does nothing by default, and nothing where
     * execute never came to change something.
     *
     * @param context hands out the resources and the facts of the run
     */
    default void undo(StepContext context) {}

    /**
     * Makes a step of code, for scripts. It uses no resource unless told so by {@link CodeStep#reading} and
     * {@link CodeStep#writing}, runs again when a run is resumed before it ended, and says in JSON that it is code.
     *
     * @param name what it does, as the end of the sentence "the code will ..."
     * @param body what it does
     * @return the step
     */
    static CodeStep of(String name, Consumer<StepContext> body) {
        return new CodeStep(name, Access.NONE, body);
    }
}
