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
 * @param writes resources of the target that are changed, and may be read
 * @param tells notifiers to which messages are sent
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Access(Set<Address> reads, Set<Address> writes, Set<Address> tells) {

    /** Uses nothing. */
    public static final Access NONE = new Access(Set.of(), Set.of(), Set.of());

    /**
     * Copies the sets.
     *
     * @param reads resources that are only read
     * @param writes resources of the target that are changed, and may be read
     * @param tells notifiers to which messages are sent
     */
    public Access {
        reads = Collections.unmodifiableSortedSet(new TreeSet<>(reads));
        writes = Collections.unmodifiableSortedSet(new TreeSet<>(writes));
        tells = Collections.unmodifiableSortedSet(new TreeSet<>(tells));
    }

    /**
     * Declares resources that are only read.
     *
     * @param addresses the resources
     * @return the access
     */
    public static Access reading(Address... addresses) {
        return NONE.alsoReading(addresses);
    }

    /**
     * Declares resources that are only read, besides those of this access.
     *
     * @param addresses the resources
     * @return the extended access
     */
    public Access alsoReading(Address... addresses) {
        return new Access(with(reads, addresses), writes, tells);
    }

    /**
     * Declares resources that are changed, besides those of this access.
     *
     * @param addresses the resources
     * @return the extended access
     */
    public Access writing(Address... addresses) {
        return new Access(reads, with(writes, addresses), tells);
    }

    /**
     * Declares notifiers to which messages are sent, besides those of this access. They need not belong to the target.
     *
     * @param notifiers the notifiers
     * @return the extended access
     */
    public Access telling(Address... notifiers) {
        return new Access(reads, writes, with(tells, notifiers));
    }

    /** {@return all that it declares} */
    public Set<Address> all() {
        return with(with(reads, writes.toArray(Address[]::new)), tells.toArray(Address[]::new));
    }

    private static Set<Address> with(Set<Address> known, Address... more) {
        Set<Address> all = new TreeSet<>(known);
        all.addAll(List.of(more));
        return all;
    }
}
