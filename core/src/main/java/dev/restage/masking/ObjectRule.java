package dev.restage.masking;

import dev.restage.masking.value.NamePattern;
import org.jspecify.annotations.Nullable;

/**
 * Says whether objects of the schema are carried, for those that may hold what is no row: comments, defaults, functions.
 *
 * @param object kind and name as previews give them, with {@code *} for any text: {@code COMMENT *}, {@code DEFAULT
 *     public.member note}, {@code MATERIALIZED VIEW public.people}, {@code EXTENSION dblink}
 * @param carry whether it is carried; what needs an object that stays behind stays behind too
 * @param reason why, for those who read the policy; null if there is nothing to say
 */
public record ObjectRule(
        String object, Carry carry, @Nullable String reason) {

    /** Whether something is carried. */
    public enum Carry {
        /** As it is, whatever it holds or reads: somebody has looked. */
        KEEP,
        /** Not at all. */
        LEAVE
    }

    /**
     * {@return whether an object is meant}
     *
     * @param name kind and name
     */
    public boolean fits(String name) {
        return NamePattern.fits(object, name);
    }
}
