package dev.restage.engine;

import dev.restage.plan.Environment;
import dev.restage.plan.PlanStep;
import dev.restage.plan.ResetPlan;
import dev.restage.provider.Address;
import dev.restage.provider.GuardException;
import dev.restage.provider.Identity;
import dev.restage.provider.ProviderException;
import dev.restage.provider.RestageException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which thing each address of a plan really is, and the guard that rests on it: nothing that is written may be a thing
 * of the source environment, nor the very thing that the same step reads.
 *
 * @param known address to identity; an unused address of the source that cannot be asked is missing
 * @param companions what the source has beside its addresses, as these tell
 * @param unasked what the source has and no step uses, and what could not be asked, with the reason
 */
record Identities(Map<Address, Identity> known, Map<Address, Companion> companions, Map<Address, String> unasked) {

    /**
     * A thing of the source that the plan does not name.
     *
     * @param of the address that told of it
     */
    record Companion(Identity identity, Address of) {}

    static Identities of(ResetPlan plan, Resources resources) {
        Set<Address> used = used(plan);
        Set<Address> all = new TreeSet<>(used);
        all.addAll(plan.source().addresses());
        all.addAll(plan.target().addresses());
        resources.check(all);
        Identities found = new Identities(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
        for (Address address : used) {
            found.known.put(address, resources.open(address).identity());
        }
        for (Address address : plan.source().addresses()) {
            found.lookAt(address, resources);
        }
        found.companions.values().removeIf(companion -> found.isListedMoreExactly(companion, plan.source()));
        return found;
    }

    private static Set<Address> used(ResetPlan plan) {
        Set<Address> used = new TreeSet<>();
        for (PlanStep step : plan.steps()) {
            used.addAll(step.step().access().all());
        }
        return used;
    }

    private void lookAt(Address address, Resources resources) {
        try {
            if (!known.containsKey(address)) {
                known.put(address, resources.open(address).identity());
            }
            for (Address companion : resources.open(address).companions()) {
                lookAtCompanion(companion, address, resources);
            }
        } catch (ProviderException e) {
            unasked.put(address, String.valueOf(e.getMessage()));
        }
    }

    private void lookAtCompanion(Address companion, Address of, Resources resources) {
        if (companions.containsKey(companion)) {
            return;
        }
        try {
            companions.put(companion, new Companion(resources.open(companion).identity(), of));
        } catch (RestageException e) {
            unasked.put(companion, String.valueOf(e.getMessage()));
        }
    }

    /** Production that says which part of a thing it has says more than the thing that tells of the whole. */
    private boolean isListedMoreExactly(Companion companion, Environment source) {
        return source.addresses().stream()
                .map(known::get)
                .anyMatch(listed -> listed != null && companion.identity().holds(listed));
    }

    void refuseOverlaps(ResetPlan plan) {
        for (PlanStep step : plan.steps()) {
            for (Address written : step.step().access().writes()) {
                refuseSource(plan, step, written);
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

    private void refuseSource(ResetPlan plan, PlanStep step, Address written) {
        Environment source = plan.source();
        for (Address address : source.addresses()) {
            if (overlap(written, address)) {
                throw refused(plan, step, written, "%s of %s".formatted(address, source.name()));
            }
        }
        companions.forEach((address, companion) -> {
            Identity identity = known.get(written);
            if (identity != null && identity.overlaps(companion.identity())) {
                throw refused(
                        plan,
                        step,
                        written,
                        "%s, which belongs to %s of %s".formatted(address, companion.of(), source.name()));
            }
        });
    }

    private GuardException refused(ResetPlan plan, PlanStep step, Address written, String thing) {
        return new GuardException("the step %s would write to %s, which is the same thing as %s (%s):"
                        .formatted(step.name(), written, thing, known.get(written))
                + " nothing was changed; correct the address of "
                + plan.target().name());
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
