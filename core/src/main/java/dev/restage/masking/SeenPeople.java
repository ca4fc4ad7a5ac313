package dev.restage.masking;

import dev.restage.masking.text.PersonalText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Names of people as some columns hold them, to tell whether others name them too. Two words of somebody's name side by side
 * are no chance, as in {@code /home/ada.king/}; single words are chance, unless most values have one. Texts that may be names
 * count as wholes, and where most of many different values have one, as slugs have.
 */
final class SeenPeople {

    /** So many values have to hold a word of somebody's name. */
    private static final double MOST = 0.6;

    private static final int SHORTEST_WORD = 3;

    /** What has more words is a sentence, or a list. */
    private static final int LONGEST_NAME = 4;

    private final Set<String> words = new HashSet<>();
    private final Set<String> pairs = new HashSet<>();
    private final Set<String> texts = new HashSet<>();

    /**
     * Learns somebody's name: a full name, a part of one, a login or an e-mail address.
     *
     * @param name the name
     */
    void learn(String name) {
        int at = name.indexOf('@');
        List<String> said = words(at < 0 ? name : name.substring(0, at));
        List<String> parts = said.stream().filter(SeenPeople::isName).toList();
        words.addAll(parts);
        for (int i = 0; i < parts.size(); i++) {
            // who has a middle name is mostly called without it
            int last = said.size() > LONGEST_NAME ? Math.min(i + 2, parts.size()) : parts.size();
            for (int j = i + 1; j < last; j++) {
                String one = parts.get(i);
                String other = parts.get(j);
                pairs.addAll(List.of(one + ' ' + other, other + ' ' + one, one + other, other + one));
                words.add(one.charAt(0) + other);
            }
        }
    }

    /**
     * Learns a text that may be a name, if it is short.
     *
     * @param text the text
     */
    void learnText(String text) {
        List<String> said = words(text);
        if (said.size() > 1 && said.size() <= LONGEST_NAME) {
            texts.add(String.join(" ", said));
            texts.add(String.join("", said));
        }
    }

    /** Whether values of a column name them. */
    boolean areIn(List<String> values) {
        long named = 0;
        long told = 0;
        for (String value : values) {
            List<String> said = words(value);
            if (anyRun(said, 2, pairs)) {
                return true;
            }
            named += said.stream().anyMatch(words::contains) ? 1 : 0;
            told += anyRun(said, LONGEST_NAME, texts) ? 1 : 0;
        }
        boolean choices = values.stream().distinct().count() * 2 <= values.size();
        return isMost(named, values) || (!choices && isMost(told, values));
    }

    private static boolean isMost(long count, List<String> values) {
        return count > 0 && count >= MOST * values.size();
    }

    /** Whether words that stand side by side are known, or one that is written as they are without a gap. */
    private static boolean anyRun(List<String> said, int longest, Set<String> known) {
        for (int from = 0; from < said.size(); from++) {
            for (int to = from + 1; to <= Math.min(said.size(), from + longest); to++) {
                if (known.contains(String.join(" ", said.subList(from, to)))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isName(String word) {
        return word.length() >= SHORTEST_WORD && word.chars().allMatch(Character::isLetter);
    }

    private static List<String> words(String text) {
        Said said = new Said();
        PersonalText.read(PersonalText.folded(text), said);
        return said.words;
    }

    private static final class Said implements PersonalText.Reader {

        private final List<String> words = new ArrayList<>();

        @Override
        public void word(String text, int from, int to) {
            words.add(text.substring(from, to));
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
