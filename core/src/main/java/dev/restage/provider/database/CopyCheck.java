package dev.restage.provider.database;

import java.util.List;

/**
 * What is known of a copy before anything is changed.
 *
 * @param problems what stands against it, a sentence each that names the object and says what to do; empty if it can be done
 * @param notes what a person should know before approving, such as what of the source stays behind though nobody asked for
 *     that, a sentence each
 */
public record CopyCheck(List<String> problems, List<String> notes) {

    /**
     * Copies the lists.
     *
     * @param problems what stands against it
     * @param notes what a person should know before approving
     */
    public CopyCheck {
        problems = List.copyOf(problems);
        notes = List.copyOf(notes);
    }

    /**
     * Says why a copy cannot be done.
     *
     * @param problem a sentence that names the object and says what to do
     * @return the check
     */
    public static CopyCheck refused(String problem) {
        return new CopyCheck(List.of(problem), List.of());
    }
}
