package dev.restage.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a step would do, found out without changing anything.
 *
 * @param changes what would change, with real figures
 * @param notes what a person should know before approving
 * @param basis what the step's decisions rest on, such as the commit that a branch is at: a run of this preview is
 *     refused when one of these has moved
 */
public record Preview(List<Change> changes, List<String> notes, Map<String, String> basis) {

    /** Changes nothing and has nothing to say. */
    public static final Preview NOTHING = new Preview(List.of(), List.of(), Map.of());

    /**
     * Copies the collections.
     *
     * @param changes what would change
     * @param notes what a person should know
     * @param basis what the decisions rest on
     */
    public Preview {
        changes = List.copyOf(changes);
        notes = List.copyOf(notes);
        basis = Map.copyOf(basis);
    }

    /**
     * Previews changes.
     *
     * @param changes what would change
     * @return the preview
     */
    public static Preview of(Change... changes) {
        return new Preview(List.of(changes), List.of(), Map.of());
    }

    /**
     * Adds something that a person should know.
     *
     * @param note a sentence
     * @return the extended preview
     */
    public Preview note(String note) {
        List<String> all = new ArrayList<>(notes);
        all.add(note);
        return new Preview(changes, all, basis);
    }

    /**
     * Adds something that must not move between preview and run.
     *
     * @param name what it is
     * @param value how it is now
     * @return the extended preview
     */
    public Preview basedOn(String name, String value) {
        Map<String, String> all = new TreeMap<>(basis);
        all.put(name, value);
        return new Preview(changes, notes, all);
    }
}
