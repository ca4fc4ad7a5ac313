package dev.restage.masking;

import dev.restage.masking.WholeMask.Hstore;
import dev.restage.masking.WholeMask.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Finds people in those parts of JSON and hstore values that a mask for other parts leaves. */
final class OpenPaths {

    private static final String TOP = "$";
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?");

    private OpenPaths() {}

    /** Whether a mask leaves parts that no rule names. */
    static boolean areLeftBy(Mask mask) {
        return mask instanceof Json json
                ? json.at().stream().noneMatch(at -> at.path().equals(TOP))
                : mask instanceof Hstore hstore
                        && hstore.at().stream().noneMatch(at -> at.key().equals("*"));
    }

    /**
     * Finds them by the names of parts and by what is seen in them.
     *
     * @param values some values of the column
     * @return what each part seems to hold, by its path
     */
    static Map<String, String> of(Mask mask, List<String> values) {
        Map<String, List<String>> left = new LinkedHashMap<>();
        for (String value : values) {
            if (mask instanceof Json json) {
                JsonWalk.open(json.at(), value, (path, text) -> add(left, path, text));
            } else if (mask instanceof Hstore hstore) {
                hstore.open(value, (key, text) -> add(left, key, text));
            }
        }
        Map<String, String> people = new LinkedHashMap<>();
        left.forEach((path, texts) -> {
            String name = path.replace("[*]", "");
            String last = name.substring(name.lastIndexOf('.') + 1);
            List<String> words =
                    texts.stream().filter(NUMBER.asMatchPredicate().negate()).toList();
            (words.isEmpty()
                            ? PersonalNumbers.number(last, () -> texts).map(PersonalNumbers::what)
                            : Suggestions.people(last, words))
                    .ifPresent(what -> people.put(path, what));
        });
        return people;
    }

    private static void add(Map<String, List<String>> left, String path, String text) {
        if (!text.isBlank()) {
            left.computeIfAbsent(path, name -> new ArrayList<>()).add(text);
        }
    }
}
