package dev.restage.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.restage.provider.Address;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which resources a step uses. The engine checks what is written before anything happens, and hands out nothing that is
 * not declared here.
 *
 * @param reads resources that are only read
 * @param writes resources that are changed, and may be read
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Access(Set<Address> reads, Set<Address> writes) {

    /** Uses nothing. */
    public static final Access NONE = new Access(Set.of(), Set.of());

    /**
     * Copies the sets.
     *
     * @param reads resources that are only read
     * @param writes resources that are changed, and may be read
     */
    public Access {
        reads = Collections.unmodifiableSortedSet(new TreeSet<>(reads));
        writes = Collections.unmodifiableSortedSet(new TreeSet<>(writes));
    }

    /**
     * Declares resources that are only read.
     *
     * @param addresses the resources
     * @return the access
     */
    public static Access reading(Address... addresses) {
        return new Access(new TreeSet<>(List.of(addresses)), Set.of());
    }

    /**
     * Declares resources that are changed, besides those of this access.
     *
     * @param addresses the resources
     * @return the extended access
     */
    public Access writing(Address... addresses) {
        Set<Address> all = new TreeSet<>(writes);
        all.addAll(List.of(addresses));
        return new Access(reads, all);
    }
}
