package dev.restage.plan;

/**
 * What must last while other steps work and must end whatever becomes of them, such as a maintenance page. Its {@link #execute}
 * begins it, before the first of the steps that it surrounds acts; the engine ends it after the last one, also after a failure, a
 * cancel and an undo. How things were before is kept at the target itself, so that a run which follows a killed one ends with what
 * was there before the first.
 *
 * <p>It stays open only where the target is not whole: where a step that it surrounds has begun to change something and is not
 * done. The run says so then.
 */
public interface Bracket extends Step {

    /**
     * Ends it: things are as they were before it began. Safe to call again, and does nothing where it has not begun.
     *
     * @param context hands out the resources
     * @param decision what was approved
     */
    void end(StepContext context, Decision decision);

    /** A bracket is ended, not undone. */
    @Override
    default WayBack wayBack(StepContext context, Decision decision) {
        return WayBack.NOTHING;
    }
}
