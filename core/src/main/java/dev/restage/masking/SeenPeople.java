package dev.restage.masking;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Names of people as some columns hold them, to tell whether others name them too. Two words of somebody's name side by side
 * are no chance, as in {@code /home/ada.king/}; single words are chance, unless most values have one.
 */
final class SeenPeople {

    /** So many values have to hold a word of somebody's name. */
    private static final double MOST = 0.6;

    private static final int SHORTEST_WORD = 3;

    private final Set<String> words = new HashSet<>();
    private final Set<String> pairs = new HashSet<>();

    /**
     * Learns names.
     *
     * @param names full names, parts of them, logins and e-mail addresses
     */
    SeenPeople(Stream<String> names) {
        names.forEach(name -> {
            int at = name.indexOf('@');
            Said found = Said.of(at < 0 ? name : name.substring(0, at));
            words.addAll(found.single);
            pairs.addAll(found.pairs);
        });
    }

    /** Whether values of a column name them. */
    boolean areIn(List<String> values) {
        long named = 0;
        for (String value : values) {
            Said found = Said.of(value);
            if (found.pairs.stream().anyMatch(pairs::contains)) {
                return true;
            }
            named += found.single.stream().anyMatch(words::contains) ? 1 : 0;
        }
        return named > 0 && named >= MOST * values.size();
    }

    /** The words of a text, and those that stand side by side. */
    private static final class Said implements PersonalText.Reader {

        private final Set<String> single = new HashSet<>();
        private final Set<String> pairs = new HashSet<>();
        private String before = "";

        static Said of(String text) {
            Said said = new Said();
            PersonalText.read(PersonalText.folded(text), said);
            return said;
        }

        @Override
        public void word(String text, int from, int to) {
            String word = text.substring(from, to);
            boolean name = to - from >= SHORTEST_WORD && word.chars().allMatch(Character::isLetter);
            if (name) {
                single.add(word);
                if (!before.isEmpty()) {
                    pairs.add(before + ' ' + word);
                }
            }
            before = name ? word : "";
        }

        @Override
        public void address(String text, int from, int at, int to) {
            // its words are told too
        }

        @Override
        public void number(String text, int from, int to) {
            // no name
        }
    }
}
