package dev.restage.postgres.property;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Choices that are the same for the same seed. */
final class Draw {

    private final Random random;

    Draw(long seed) {
        this.random = new Random(seed);
    }

    /** True so often in a hundred. */
    boolean percent(int chance) {
        return random.nextInt(100) < chance;
    }

    /** From 0 to the number before the bound. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    long anyLong() {
        return random.nextLong();
    }

    <T> T of(List<T> choices) {
        return choices.get(below(choices.size()));
    }

    @SafeVarargs
    final <T> T of(T... choices) {
        return choices[below(choices.length)];
    }

    /** Empty unless the chance comes true. */
    String maybe(int chance, String text) {
        return percent(chance) ? text : "";
    }

    <T> List<T> some(List<T> choices, int most) {
        List<T> shuffled = new ArrayList<>(choices);
        Collections.shuffle(shuffled, random);
        return List.copyOf(shuffled.subList(0, Math.min(shuffled.size(), 1 + below(most))));
    }
}
