package dev.restage.plan;

import java.util.List;
import java.util.function.Consumer;

/**
 * What undoing a step would do, found out before the first step is undone.
 *
 * @param kind whether it can be undone
 * @param why why it cannot be undone; empty otherwise
 * @param changes what would be put back, with real figures
 * @param lost what people have done since and would lose: commits, rows, objects, by name. Undoing is refused as long as there is
 *     something, unless whoever undoes says that it may go
 * @param whole whether the resources that change are put back as a whole, and with them what steps after this one did there
 * @param act puts back what the step changed; safe to call again after a crash at any moment
 */
public record WayBack(
        Kind kind, String why, List<Change> changes, List<String> lost, boolean whole, Consumer<StepContext> act) {

    /** Whether a step can be undone. */
    public enum Kind {
        /** What it changed can be put back. */
        OPEN,
        /** What steps after it changed can be put back as a whole; there is nothing to do where none has. */
        OTHERS,
        /** Something has to be done again once all else is put back, such as emptying a cache. */
        AFTERWARDS,
        /** It changed nothing, or what it changed is as it was already. */
        NOTHING,
        /** It changed something that cannot be put back, or not by itself. */
        NONE
    }

    /** Nothing was changed, so nothing is put back. */
    public static final WayBack NOTHING = new WayBack(Kind.NOTHING, "", List.of(), List.of(), false, context -> {});

    /**
     * Copies the lists.
     *
     * @param kind whether it can be undone
     * @param why why it cannot be undone
     * @param changes what would be put back
     * @param lost what people would lose
     * @param whole whether the resources are put back as a whole
     * @param act puts back what the step changed
     */
    public WayBack {
        changes = List.copyOf(changes);
        lost = List.copyOf(lost);
    }

    /**
     * {@return that something was changed which cannot be put back}
     *
     * @param why the reason, as the end of the sentence "cannot be undone: ..."
     */
    public static WayBack none(String why) {
        return new WayBack(Kind.NONE, why, List.of(), List.of(), false, context -> {});
    }

    /**
     * {@return a way back}
     *
     * @param change what would be put back
     * @param act puts it back
     */
    public static WayBack of(Change change, Consumer<StepContext> act) {
        return new WayBack(Kind.OPEN, "", List.of(change), List.of(), false, act);
    }

    /**
     * {@return a way back that puts a resource back as a whole, such as a database from its backup, and with it what steps after
     *     this one did there}
     *
     * @param change what would be put back
     * @param act puts it back
     */
    public static WayBack whole(Change change, Consumer<StepContext> act) {
        return new WayBack(Kind.OPEN, "", List.of(change), List.of(), true, act);
    }

    /**
     * {@return a way back for steps after this one, which itself changed nothing: a backup}
     *
     * @param change what would be put back
     * @param act puts it back
     */
    public static WayBack ofOthers(Change change, Consumer<StepContext> act) {
        return new WayBack(Kind.OTHERS, "", List.of(change), List.of(), true, act);
    }

    /**
     * {@return what has to be done once all else is put back, in the order of the plan}
     *
     * @param change what would happen
     * @param act does it
     */
    public static WayBack afterwards(Change change, Consumer<StepContext> act) {
        return new WayBack(Kind.AFTERWARDS, "", List.of(change), List.of(), false, act);
    }

    /**
     * {@return this way back, which would also lose what people have done since}
     *
     * @param work what it is, by name
     */
    public WayBack losing(List<String> work) {
        return new WayBack(kind, why, changes, work, whole, act);
    }
}
