package dev.restage.engine;

import dev.restage.Cell;
import dev.restage.plan.CodeStep;
import dev.restage.plan.Environment;
import dev.restage.plan.ResetPlan;
import dev.restage.plan.Role;
import dev.restage.plan.Step;
import dev.restage.provider.Address;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Plans as people write them in a hurry: most addresses are right, some are production's, by its own name or another, or the whole
 * of which production has a part. What a plan may do is worked out here anew, from what the addresses name.
 */
final class RandomPlans {

    private static final List<String> PRODUCTION =
            List.of("prod/db", "prod/media", "prod/web", "shared/redis/prod", "shared/zone/prod");
    private static final List<String> STAGING =
            List.of("stage/db", "stage/media", "stage/app", "shared/redis/stage", "shared/zone/stage", "other/db2");

    /** What belongs to a thing of production, whether production lists it or not. */
    static final Map<String, String> COMPANIONS = Map.of("prod/db", "prod/app", "prod/web", "shared/zone");

    private final Random random;

    RandomPlans(long seed) {
        random = new Random(seed);
    }

    /**
     * A plan that may be none.
     *
     * @param plan builds it
     * @param target what may be written
     * @param unreachable a thing that does not answer; empty if all do
     * @param right whether it writes nothing but the target, so that nobody may refuse it
     * @param sly whether its steps write something that they have not declared, when they run
     */
    record Drawn(Supplier<ResetPlan> plan, Set<String> target, String unreachable, boolean right, boolean sly) {}

    Drawn next() {
        Environment production = production();
        Environment staging = staging(production);
        List<CodeStep> steps = new ArrayList<>();
        boolean sly = chance(15);
        for (int i = 0; i <= random.nextInt(3); i++) {
            steps.add(step(production, staging, sly));
        }
        String unreachable = chance(5) ? one(PRODUCTION) : "";
        Supplier<ResetPlan> plan = () -> {
            ResetPlan.Builder builder = ResetPlan.builder("random", production, staging);
            for (int i = 0; i < steps.size(); i++) {
                builder.add("step" + i, steps.get(i));
            }
            return builder.build();
        };
        boolean right = staging.role() != Role.PRODUCTION
                && steps.stream().allMatch(step -> isRight(step, production, staging))
                && !isInDoubt(unreachable, production, steps);
        Set<String> target = new TreeSet<>();
        staging.addresses().forEach(address -> target.add(thing(address)));
        return new Drawn(plan, target, unreachable, right, sly);
    }

    private Environment production() {
        Environment.Builder builder = Environment.production("prod");
        for (String thing : PRODUCTION) {
            if (chance(70)) {
                builder.also(named(thing));
            }
        }
        if (chance(20)) {
            builder.also("fake:prod/app");
        }
        if (chance(20)) {
            builder.apart("fake:shared/zone");
        }
        return builder.build();
    }

    private Environment staging(Environment production) {
        Environment.Builder builder = chance(2) ? Environment.production("stage") : Environment.staging("stage");
        for (String thing : STAGING) {
            if (chance(50)) {
                builder.also(chance(8) ? mistaken(production) : named(thing));
            }
        }
        return builder.also("fake:stage/own").build();
    }

    /** An address that the target lists by mistake, or that a step does. */
    private String mistaken(Environment production) {
        List<Address> listed = List.copyOf(production.addresses());
        String thing =
                listed.isEmpty() || chance(30) ? one(PRODUCTION) : thing(listed.get(random.nextInt(listed.size())));
        return switch (random.nextInt(6)) {
            case 0 -> "fake:" + thing;
            case 1 -> "fake:alias" + random.nextInt(3) + "?of=" + thing;
            case 2 -> "fake:" + thing + "/part";
            case 3 -> "fake:" + thing.substring(0, thing.lastIndexOf('/'));
            case 4 -> "fake:x?of=" + COMPANIONS.getOrDefault(thing, thing);
            default -> "fake:" + thing + "2";
        };
    }

    private CodeStep step(Environment production, Environment staging, boolean sly) {
        List<Address> own = List.copyOf(staging.addresses());
        Set<Address> written = new TreeSet<>();
        for (int i = 0; i <= random.nextInt(2); i++) {
            written.add(chance(4) ? Address.of(mistaken(production)) : own.get(random.nextInt(own.size())));
        }
        Set<Address> read = new TreeSet<>();
        production.addresses().stream().filter(address -> chance(30)).forEach(read::add);
        List<Address> listed = List.copyOf(production.addresses());
        Address secret = Address.of("fake:sly?of=" + thing(Address.of(mistaken(production))));
        CodeStep step = Step.of("write", context -> {
            written.forEach(address -> context.use(address, Cell.class).write("x"));
            if (sly) {
                context.use(secret, Cell.class).write("x");
            }
        });
        step = step.writing(written.toArray(Address[]::new)).reading(read.toArray(Address[]::new));
        return chance(3) && !listed.isEmpty() ? step.telling(listed.get(random.nextInt(listed.size()))) : step;
    }

    private boolean isRight(CodeStep step, Environment production, Environment staging) {
        return staging.addresses().containsAll(step.access().writes())
                && step.access().writes().stream().noneMatch(written -> isProductions(thing(written), production))
                && step.access().tells().stream().noneMatch(told -> isProductions(thing(told), production))
                && step.access().writes().stream()
                        .noneMatch(written ->
                                step.access().reads().stream().anyMatch(read -> overlap(thing(written), thing(read))));
    }

    /** Whether a thing is one that production lists, or one that belongs to it and that production says nothing of. */
    static boolean isProductions(String thing, Environment production) {
        List<String> listed =
                production.addresses().stream().map(RandomPlans::thing).toList();
        return listed.stream().anyMatch(one -> overlap(one, thing))
                || listed.stream()
                        .map(one -> COMPANIONS.getOrDefault(one, ""))
                        .filter(companion -> !companion.isEmpty())
                        .filter(companion -> !production.apart().contains(Address.of("fake:" + companion)))
                        .filter(companion -> listed.stream().noneMatch(one -> one.startsWith(companion + "/")))
                        .anyMatch(companion -> overlap(companion, thing));
    }

    private static boolean isInDoubt(String unreachable, Environment production, List<CodeStep> steps) {
        return production.addresses().stream()
                        .anyMatch(address -> thing(address).equals(unreachable))
                || steps.stream()
                        .flatMap(step -> step.access().all().stream())
                        .anyMatch(address -> thing(address).equals(unreachable));
    }

    private String named(String thing) {
        return chance(80) ? "fake:" + thing : "fake:alias" + random.nextInt(9) + "?of=" + thing;
    }

    static String thing(Address address) {
        return address.parameters().getOrDefault("of", address.path());
    }

    static boolean overlap(String one, String other) {
        List<String> here = Arrays.asList(one.split("/"));
        List<String> there = Arrays.asList(other.split("/"));
        int shared = Math.min(here.size(), there.size());
        return here.subList(0, shared).equals(there.subList(0, shared));
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private String one(List<String> things) {
        return things.get(random.nextInt(things.size()));
    }
}
