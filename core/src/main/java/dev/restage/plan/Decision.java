package dev.restage.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.restage.provider.PlanException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a step would do, found out without changing anything, and what it fixed. It is data: what was approved is on disk before the
 * run begins, and is what the step gets when it is executed, resumed and undone.
 *
 * @param changes what would change, with real figures
 * @param notes what a person should know before approving
 * @param pins what was fixed, such as the commit that a branch is at: a run is refused when one of these has moved
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Decision(List<Change> changes, List<String> notes, SortedMap<String, String> pins) {

    /** Changes nothing and has nothing to say. */
    public static final Decision NOTHING = new Decision(List.of(), List.of(), new TreeMap<>());

    /**
     * Copies the collections.
     *
     * @param changes what would change
     * @param notes what a person should know
     * @param pins what was fixed
     */
    public Decision {
        changes = List.copyOf(changes);
        notes = List.copyOf(notes);
        pins = Collections.unmodifiableSortedMap(new TreeMap<>(pins));
    }

    /**
     * Decides on changes.
     *
     * @param changes what would change
     * @return the decision
     */
    public static Decision of(Change... changes) {
        return new Decision(List.of(changes), List.of(), new TreeMap<>());
    }

    /**
     * Adds something that a person should know.
     *
     * @param note a sentence
     * @return the extended decision
     */
    public Decision note(String note) {
        List<String> all = new ArrayList<>(notes);
        all.add(note);
        return new Decision(changes, all, pins);
    }

    /**
     * Fixes something that must not move between preview and act.
     *
     * @param name what it is, in words: {@code head of staging}
     * @param value how it is now; nothing that changes by itself, such as a time or the id of a process
     * @return the extended decision
     */
    public Decision pinning(String name, String value) {
        Map<String, String> all = new TreeMap<>(pins);
        all.put(name, value);
        return new Decision(changes, notes, new TreeMap<>(all));
    }

    /**
     * {@return what was fixed; empty if nothing of that name was}
     *
     * @param name what it is
     */
    public Optional<String> find(String name) {
        return Optional.ofNullable(pins.get(name));
    }

    /**
     * {@return what was fixed}
     *
     * @param name what it is
     * @throws PlanException if nothing of that name was: the approval was given to another version of the step
     */
    public String pin(String name) {
        return find(name)
                .orElseThrow(() -> new PlanException("nothing was approved for \"" + name + "\", only for "
                        + pins.keySet() + ": preview again and run that"));
    }
}
