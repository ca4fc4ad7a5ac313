package dev.restage.step.app;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Process types and their numbers as a fact: {@code web=1 worker=2}. */
final class Formation {

    private Formation() {}

    static String write(Map<String, Integer> formation) {
        return new TreeMap<>(formation)
                .entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining(" "));
    }

    static Map<String, Integer> read(String text) {
        Map<String, Integer> formation = new TreeMap<>();
        for (String part : text.split(" ", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                formation.put(part.substring(0, equals), Integer.valueOf(part.substring(equals + 1)));
            }
        }
        return formation;
    }
}
