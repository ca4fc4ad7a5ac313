package dev.restage.postgres.internal.proof;

import dev.restage.postgres.internal.proof.ColumnRules.Role;
import dev.restage.postgres.internal.proof.ColumnRules.Use;
import dev.restage.postgres.internal.proof.words.Fingerprints;
import dev.restage.postgres.internal.proof.words.Prints;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How fast one thread searches values for what was masked: CPU time, the best of several rounds, as the first ones
 * compile. Not a test.
 */
final class SearchSpeed {

    private static final int PEOPLE = 100_000;
    private static final int ROUNDS = 10;
    private static final int ROUND_CHARACTERS = 4_000_000;

    private final RandomGenerator random = new java.util.Random(7);
    private final Fingerprints prints = new Fingerprints();

    private SearchSpeed() {}

    public static void main(String[] arguments) {
        SearchSpeed speed = new SearchSpeed();
        Evidence evidence = new Evidence(speed.prints);
        Prints found = new Prints();
        Prints none = new Prints();
        for (int i = 0; i < PEOPLE; i++) {
            found.clear();
            String name = "%s %s".formatted(capital(speed.name()), capital(speed.name()));
            evidence.of(name, Role.FULL_NAME, found);
            evidence.of(name.replace(' ', '.') + i + "@mail.example", Role.TEXT, found);
            found.addTo(speed.prints, none);
        }
        System.out.println("| values | MB/s, with a rule | MB/s, without |");
        System.out.println("| --- | --- | --- |");
        speed.report(
                "JSON with HTML, 4 kB",
                () -> "[%s]"
                        .formatted(IntStream.range(0, 5)
                                .mapToObj(i -> "{\"type\": \"paragraph\", \"id\": \"%016x\", \"value\": \"<p>%s</p>\"}"
                                        .formatted(speed.random.nextLong(), speed.prose(130)))
                                .collect(Collectors.joining(", "))));
        speed.report("prose, 700 characters", () -> speed.prose(110));
        speed.report("titles, 20 characters", () -> speed.prose(3));
        speed.report("e-mail addresses", () -> "%s%d@example.com".formatted(speed.word(), speed.random.nextInt(999)));
        System.exit(0);
    }

    private void report(String name, java.util.function.Supplier<String> values) {
        List<String> all = java.util.stream.Stream.generate(values)
                .limit(Math.max(1, ROUND_CHARACTERS / values.get().length()))
                .toList();
        System.out.printf("| %s | %.0f | %.0f |%n", name, speed(all, Use.MASKED), speed(all, Use.UNRULED));
    }

    private double speed(List<String> values, Use use) {
        ColumnSearch column =
                new ColumnSearch("public", "t", "c", ColumnSearch.Form.TEXT, use, ColumnSearch.Filling.ROWS);
        TextSearch search = new TextSearch(prints, Set.of("example.com"), new Suspicion(prints, column));
        long characters = values.stream().mapToLong(String::length).sum();
        long best = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long began = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            values.forEach(search::value);
            best = Math.min(best, ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - began);
        }
        return characters * 1e3 / best;
    }

    private String prose(int words) {
        return IntStream.range(0, words)
                .mapToObj(i -> random.nextInt(50) == 0 ? name() : word())
                .collect(Collectors.joining(" "));
    }

    private String word() {
        int n = (int) (Math.pow(random.nextDouble(), 3) * 4095);
        return Integer.toString(n * 7919 + 1000, 36).replaceAll("\\d", "e");
    }

    private String name() {
        return Integer.toString(random.nextInt(20_000) * 104_729 + 50_000_000, 36)
                .replaceAll("\\d", "a");
    }

    private static String capital(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}
