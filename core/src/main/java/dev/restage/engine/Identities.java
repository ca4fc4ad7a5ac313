package dev.restage.engine;

import dev.restage.plan.Environment;
import dev.restage.plan.PlanStep;
import dev.restage.plan.ResetPlan;
import dev.restage.provider.Address;
import dev.restage.provider.GuardException;
import dev.restage.provider.Identity;
import dev.restage.provider.Lockable;
import dev.restage.provider.PlanException;
import dev.restage.provider.ProviderException;
import dev.restage.provider.Resource;
import dev.restage.provider.RestageException;
import dev.restage.provider.database.DatabaseSnapshotter;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which thing each address of a plan really is, and the guard that rests on it: nothing that is written may be a thing
 * of the source environment, nor the very thing that the same step reads.
 */
final class Identities {

    private final ResetPlan plan;
    private final Resources resources;
    private final Map<Address, Identity> known = new TreeMap<>();
    private final Map<Address, Companion> companions = new TreeMap<>();
    private final Map<Address, Companion> used = new TreeMap<>();
    private final Map<Address, Unasked> unasked = new TreeMap<>();
    private final Map<Address, String> notes = new TreeMap<>();

    /**
     * A thing that the plan does not name.
     *
     * @param of the address that told of it
     */
    private record Companion(Identity identity, Address of) {}

    /**
     * A thing of the source that does not say which it is, or not what belongs to it.
     *
     * @param what it, as messages call it
     * @param reason why it does not
     * @param roles what it can be written as; empty if that cannot be told either
     */
    private record Unasked(String what, String reason, Set<Class<?>> roles) {}

    private Identities(ResetPlan plan, Resources resources) {
        this.plan = plan;
        this.resources = resources;
    }

    static Identities of(ResetPlan plan, Resources resources) {
        Set<Address> used = used(plan);
        Set<Address> all = new TreeSet<>(used);
        all.addAll(plan.source().addresses());
        all.addAll(plan.target().addresses());
        resources.check(all);
        Identities found = new Identities(plan, resources);
        for (Address address : changed(plan)) {
            found.known.put(address, resources.open(address).identity());
        }
        for (Address address : plan.source().addresses()) {
            found.lookAt(address);
        }
        used.forEach(found::identify);
        found.companions.values().removeIf(companion -> found.isListedMoreExactly(companion, plan.source()));
        plan.writes().forEach(found::lookAtDatabases);
        return found;
    }

    /** What runs in an app writes the app's databases, though no step names them. */
    private void lookAtDatabases(Address address) {
        try {
            for (Address companion : resources.open(address).companions()) {
                if (!known.containsKey(companion) && roles(companion).contains(DatabaseSnapshotter.class)) {
                    used.put(companion, new Companion(resources.open(companion).identity(), address));
                }
            }
        } catch (RestageException e) {
            notes.put(address, reason(e));
        }
    }

    /** What is written, and who is told. */
    private static Set<Address> changed(ResetPlan plan) {
        Set<Address> changed = new TreeSet<>(plan.writes());
        plan.steps().forEach(step -> changed.addAll(step.access().tells()));
        return changed;
    }

    private static Set<Address> used(ResetPlan plan) {
        Set<Address> used = new TreeSet<>();
        for (PlanStep step : plan.steps()) {
            used.addAll(step.access().all());
        }
        return used;
    }

    private void lookAt(Address address) {
        String name = "%s of %s".formatted(address, plan.source().name());
        if (!identify(address, name)) {
            return;
        }
        try {
            for (Address companion : resources.open(address).companions()) {
                lookAtCompanion(companion, address);
            }
        } catch (ProviderException e) {
            unasked.put(address, new Unasked("what else belongs to " + name, reason(e), Set.of()));
        }
    }

    private void identify(Address address) {
        identify(address, address.toString());
    }

    /** What is only read need not answer to those who put back what a run has changed. */
    private boolean identify(Address address, String name) {
        if (known.containsKey(address)) {
            return true;
        }
        if (unasked.containsKey(address)) {
            return false;
        }
        try {
            known.put(address, resources.open(address).identity());
            return true;
        } catch (ProviderException e) {
            unasked.put(address, new Unasked("which thing " + name + " is", reason(e), roles(address)));
            return false;
        }
    }

    private void lookAtCompanion(Address companion, Address of) {
        if (companions.containsKey(companion) || unasked.containsKey(companion)) {
            return;
        }
        try {
            companions.put(companion, new Companion(resources.open(companion).identity(), of));
        } catch (PlanException e) {
            // Nobody serves its scheme, so no plan can write it.
            notes.put(companion, reason(e));
        } catch (RestageException e) {
            String name = "which thing %s is, which belongs to %s of %s,"
                    .formatted(companion, of, plan.source().name());
            unasked.put(companion, new Unasked(name, reason(e), roles(companion)));
        }
    }

    private static String reason(RestageException e) {
        return String.valueOf(e.getMessage());
    }

    /** {@return what a thing can be written as; empty if it cannot even be opened} */
    private Set<Class<?>> roles(Address address) {
        try {
            Set<Class<?>> roles = Guard.roles(resources.open(address).getClass());
            roles.removeAll(Set.of(Resource.class, Lockable.class));
            return roles;
        } catch (ProviderException e) {
            return Set.of();
        }
    }

    /** Production that says which part of a thing it has says more than the thing that tells of the whole. */
    private boolean isListedMoreExactly(Companion companion, Environment source) {
        return source.addresses().stream()
                .map(known::get)
                .anyMatch(listed -> listed != null && companion.identity().holds(listed));
    }

    void refuseOverlaps() {
        for (PlanStep step : plan.steps()) {
            for (Address told : step.access().tells()) {
                refuseSource("the step %s would send messages to %s".formatted(step.name(), told), told);
            }
            for (Address written : step.access().writes()) {
                refuseSource("the step %s would write to %s".formatted(step.name(), written), written);
                refuseDatabases(step, written);
                for (Address read : step.access().reads()) {
                    if (known.containsKey(read)
                            && !read.equals(written)
                            && (overlap(written, known.get(read)) || resemble(written, read))) {
                        throw new GuardException(
                                "the step %s would read %s and write %s, which are the same thing (%s):"
                                                .formatted(step.name(), read, written, known.get(written))
                                        + " nothing was changed; correct one of the addresses");
                    }
                }
            }
        }
    }

    private void refuseSource(String doing, Address written) {
        Environment source = plan.source();
        for (Address address : source.addresses()) {
            Identity identity = known.get(address);
            if (identity != null) {
                refuseSame(doing, written, address, identity, "%s of %s".formatted(address, source.name()), "");
            }
        }
        companions.forEach((address, companion) -> {
            if (!source.apart().contains(address)) {
                refuseSame(
                        doing,
                        written,
                        address,
                        companion.identity(),
                        "%s, which belongs to %s of %s".formatted(address, companion.of(), source.name()),
                        ", list the part of it that %1$s has, or add .apart(\"%2$s\") to %1$s if it only knows it"
                                .formatted(source.name(), address));
            }
        });
    }

    /** What runs in an app writes the app's databases, whether a step names them or not. */
    private void refuseDatabases(PlanStep step, Address written) {
        String target = plan.target().name();
        used.forEach((address, database) -> {
            if (database.of().equals(written)
                    && !plan.target().apart().contains(address)
                    && sources().anyMatch(database.identity()::overlaps)) {
                throw new GuardException(
                        "the step %1$s would write to %2$s, which uses %3$s, and that is a thing of %4$s (%5$s): nothing was changed; give %2$s a database of its own, or add .apart(\"%3$s\") to %6$s if nothing that runs there writes it"
                                .formatted(
                                        step.name(),
                                        written,
                                        address,
                                        plan.source().name(),
                                        database.identity(),
                                        target));
            }
        });
    }

    private Stream<Identity> sources() {
        return Stream.concat(
                plan.source().addresses().stream().map(known::get).filter(Objects::nonNull),
                companions.entrySet().stream()
                        .filter(companion -> !plan.source().apart().contains(companion.getKey()))
                        .map(companion -> companion.getValue().identity()));
    }

    private void refuseSame(
            String doing, Address written, Address address, Identity identity, String thing, String wayRound) {
        String correct =
                "nothing was changed; correct the address of " + plan.target().name();
        if (overlap(written, identity)) {
            throw new GuardException("%s, which is the same thing as %s (%s): %s%s"
                    .formatted(doing, thing, known.get(written), correct, wayRound));
        }
        if (resemble(written, address)) {
            throw new GuardException(
                    "%s, which looks like the same thing as %s (%s, %s): %s, or add .apart(\"%s\") to %s if you know that it is another thing"
                            .formatted(
                                    doing,
                                    thing,
                                    known.get(written),
                                    identity,
                                    correct,
                                    address,
                                    plan.source().name()));
        }
    }

    private boolean overlap(Address written, @Nullable Identity identity) {
        Identity own = known.get(written);
        return own != null && identity != null && own.overlaps(identity);
    }

    /** Where things are known by their names only, what can be seen of both, unless somebody knows better. */
    private boolean resemble(Address written, Address other) {
        if (plan.source().apart().contains(other)) {
            return false;
        }
        Resource one = resources.open(written);
        Resource two = resources.open(other);
        return one.mayBe(two) || two.mayBe(one);
    }

    /**
     * Refuses to write what might be a thing of the source that does not say which it is, unless somebody vouches that it is not.
     * Only before a run: one that has begun was compared with all.
     */
    void refuseUnasked() {
        Set<Address> vouched = new HashSet<>(plan.source().apart());
        unasked.forEach((address, thing) -> {
            if (!vouched.contains(address)) {
                for (PlanStep step : plan.steps()) {
                    step.access().writes().stream()
                            .filter(written -> mayBe(thing, written))
                            .findFirst()
                            .ifPresent(written -> {
                                throw refused(step, written, address, thing);
                            });
                }
            }
        });
    }

    /**
     * Refuses where a thing of the source does not answer, so that nothing can be compared with it, unless all that is written is
     * what it was when that was done.
     *
     * @param before what the addresses named then
     */
    void refuseOthersThan(Map<String, String> before) {
        if (unasked.isEmpty()) {
            return;
        }
        for (Address written : changed(plan)) {
            String then = before.getOrDefault(written.toString(), "nothing that is known");
            String now = String.valueOf(known.get(written));
            if (!then.equals(now)) {
                Map.Entry<Address, Unasked> silent =
                        unasked.entrySet().iterator().next();
                throw new GuardException(
                        "%s is another thing now (%s) than the run has changed (%s), and %s cannot be told (%s): nothing was changed; see to it that it answers, or correct the address"
                                .formatted(
                                        written,
                                        now,
                                        then,
                                        silent.getValue().what(),
                                        silent.getValue().reason()));
            }
        }
    }

    /** A thing that plays no role of the written one is another. */
    private boolean mayBe(Unasked thing, Address written) {
        return thing.roles().isEmpty() || roles(written).stream().anyMatch(thing.roles()::contains);
    }

    private GuardException refused(PlanStep step, Address written, Address address, Unasked thing) {
        return new GuardException(
                "%s cannot be told (%s), so it may be what the step %s would write (%s): nothing was changed; see to it that it answers, or add .apart(\"%s\") to %s if you know that it is another thing"
                        .formatted(
                                thing.what(),
                                thing.reason(),
                                step.name(),
                                written,
                                address,
                                plan.source().name()));
    }

    /** {@return what could not be compared and stands in nobody's way, as sentences} */
    Map<Address, String> notes() {
        Map<Address, String> all = new TreeMap<>(notes);
        unasked.forEach((address, thing) -> all.put(address, thing.reason()));
        return all;
    }

    /** {@return what each address names that a step uses; what is only listed may answer or not} */
    Map<String, String> asText() {
        Map<String, String> text = new TreeMap<>();
        for (Address address : used(plan)) {
            Identity identity = known.get(address);
            if (identity != null) {
                text.put(address.toString(), identity.toString());
            }
        }
        return text;
    }
}
