package dev.restage.masking;

import dev.restage.masking.value.ColumnMask;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Finds people in those parts of JSON and hstore values that a mask for other parts leaves. */
final class OpenPaths {

    private static final Pattern NUMBER = Pattern.compile("-?\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?");

    private OpenPaths() {}

    /**
     * Finds them by the names of parts and by what is seen in them.
     *
     * @param values some values of the column
     * @return what each part seems to hold, by its path
     */
    static Map<String, String> of(ColumnMask mask, List<String> values) {
        Map<String, List<String>> left = new LinkedHashMap<>();
        for (String value : values) {
            mask.leftParts(value, (path, text) -> add(left, path, text));
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
