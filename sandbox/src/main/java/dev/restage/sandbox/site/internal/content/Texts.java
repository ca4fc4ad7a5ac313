package dev.restage.sandbox.site.internal.content;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import net.datafaker.Faker;

/** Pools of made-up words, drawn once because a single one is slow to make; the same for the same seed. */
final class Texts {

    private static final int POOL = 60;

    private final Random random;
    private final List<String> phrases;
    private final List<String> sentences;
    private final List<String> cities;

    Texts(long seed) {
        random = new Random(seed);
        Faker faker = new Faker(Locale.ENGLISH, new Random(seed));
        phrases = pool(faker.company()::catchPhrase);
        sentences = pool(() -> "We %s and learnt how to %s."
                .formatted(past(faker), faker.company().bs()));
        cities = pool(faker.address()::city);
    }

    String phrase() {
        return any(phrases);
    }

    String sentence() {
        return any(sentences);
    }

    String city() {
        return any(cities);
    }

    <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    int below(int limit) {
        return random.nextInt(limit);
    }

    private static String past(Faker faker) {
        return "visited " + faker.address().city();
    }

    private static List<String> pool(Supplier<String> maker) {
        return Stream.generate(maker).limit(POOL).toList();
    }
}
