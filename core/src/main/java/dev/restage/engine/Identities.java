package dev.restage.engine;

import dev.restage.plan.Environment;
import dev.restage.plan.PlanStep;
import dev.restage.plan.ResetPlan;
import dev.restage.provider.Address;
import dev.restage.provider.GuardException;
import dev.restage.provider.Identity;
import dev.restage.provider.ProviderException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which thing each address of a plan really is, and the guard that rests on it: nothing that is written may be a thing
 * of the source environment, nor the very thing that the same step reads.
 *
 * @param known address to identity; an unused address of the source that cannot be asked is missing
 * @param unasked addresses of the source that no step uses and that could not be asked, with the reason
 */
record Identities(Map<Address, Identity> known, Map<Address, String> unasked) {

    static Identities of(ResetPlan plan, Resources resources) {
        Map<Address, Identity> known = new TreeMap<>();
        Map<Address, String> unasked = new TreeMap<>();
        Set<Address> used = used(plan);
        Set<Address> all = new TreeSet<>(used);
        all.addAll(plan.source().addresses());
        all.addAll(plan.target().addresses());
        resources.check(all);
        for (Address address : used) {
            known.put(address, resources.open(address).identity());
        }
        for (Address address : plan.source().addresses()) {
            if (!known.containsKey(address)) {
                try {
                    known.put(address, resources.open(address).identity());
                } catch (ProviderException e) {
                    unasked.put(address, String.valueOf(e.getMessage()));
                }
            }
        }
        return new Identities(known, unasked);
    }

    private static Set<Address> used(ResetPlan plan) {
        Set<Address> used = new TreeSet<>();
        for (PlanStep step : plan.steps()) {
            used.addAll(step.step().access().reads());
            used.addAll(step.step().access().writes());
        }
        return used;
    }

    void refuseOverlaps(ResetPlan plan) {
        Environment source = plan.source();
        for (PlanStep step : plan.steps()) {
            for (Address written : step.step().access().writes()) {
                for (Address address : source.addresses()) {
                    if (overlap(written, address)) {
                        throw new GuardException(
                                "the step %s would write to %s, which is the same thing as %s of %s (%s):"
                                                .formatted(
                                                        step.name(),
                                                        written,
                                                        address,
                                                        source.name(),
                                                        known.get(written))
                                        + " nothing was changed; correct the address of "
                                        + plan.target().name());
                    }
                }
                for (Address read : step.step().access().reads()) {
                    if (!read.equals(written) && overlap(written, read)) {
                        throw new GuardException(
                                "the step %s would read %s and write %s, which are the same thing (%s):"
                                                .formatted(step.name(), read, written, known.get(written))
                                        + " nothing was changed; correct one of the addresses");
                    }
                }
            }
        }
    }

    private boolean overlap(Address one, Address other) {
        Identity first = known.get(one);
        Identity second = known.get(other);
        return first != null && second != null && first.overlaps(second);
    }

    Map<String, String> asText() {
        Map<String, String> text = new TreeMap<>();
        known.forEach((address, identity) -> text.put(address.toString(), identity.toString()));
        return text;
    }
}
