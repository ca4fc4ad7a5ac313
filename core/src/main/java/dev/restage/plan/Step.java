package dev.restage.plan;

import java.util.Set;
import java.util.function.Consumer;

/**
 * One operation of a plan: it decides, then does. A step is a record: its components are the whole of its configuration, so a plan is
 * plain data. Steps keep no state; what they learn goes into facts, and what undoing needs into ways back.
 */
public interface Step {

    /** {@return which resources the step uses; asked once, when it is added to a plan, before anything is asked of them} */
    Access access();

    /**
     * {@return the names of the steps without whose facts it cannot be executed} A plan that has not all of them before this one is
     * refused when it is built.
     */
    default Set<String> needs() {
        return Set.of();
    }

    /**
     * Says what would change, with real figures, and fixes what must not move. Changes nothing; a call that would is refused.
     *
     * @param context hands out the resources, all of them for reading only
     * @return what would happen
     * @throws dev.restage.provider.RestageException if the step could not be done; the message says what to do
     */
    Decision decide(StepContext context);

    /**
     * Does what was decided and approved, without looking anew at what that fixed. Safe to call again after a crash at any moment:
     * what was started before is found again. Checks its own work against what it decided or read.
     *
     * @param context hands out the resources, keeps facts and ways back
     * @param decision what was approved
     */
    void execute(StepContext context, Decision decision);

    /**
     * {@return whether what the step is for is true in the world right now; by default that nothing lasting could be looked at}
     * Asked of each step that was begun before a run goes on, and after {@link #execute}. A step that was killed after its work
     * was done may record here what it would have recorded.
     *
     * @param context hands out the resources, all of them for reading only
     * @param decision what was approved
     */
    default Holds holds(StepContext context, Decision decision) {
        return Holds.NOTHING_LASTING;
    }

    /**
     * Finds out how what {@link #execute} changed would be put back, and what people would lose by that. Changes nothing yet.
     * By default there is no way back, unless the step writes nothing.
     *
     * @param context hands out the resources, all of them for reading only, and the ways back of the run
     * @param decision what was approved
     * @return the way back
     */
    default WayBack wayBack(StepContext context, Decision decision) {
        return access().writes().isEmpty() ? WayBack.NOTHING : WayBack.none("the step has no way back");
    }

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
