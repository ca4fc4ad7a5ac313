package dev.restage.step.database;

import dev.restage.masking.text.PersonalText;
import dev.restage.masking.text.Phones;
import dev.restage.masking.text.WrappedText;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What people are searched for by: their addresses, full names and telephone numbers. Looking up a word with those before it
 * costs the same for ten people and for a million.
 */
final class Needles {

    /** Shorter texts are found by chance. */
    static final int SHORTEST = 6;

    /** Names of more words are searched for by their first ones. */
    private static final int MOST_WORDS = 5;

    private final Set<String> texts = new HashSet<>();
    private final Set<String> numbers = new HashSet<>();
    private int count;

    /** Adds the address that a text holds, else the number that it is, else the words of the name that it is. */
    void add(String text) {
        Parts parts = new Parts();
        PersonalText.read(PersonalText.folded(text), parts);
        String name = String.join(" ", parts.words.subList(0, Math.min(parts.words.size(), MOST_WORDS)));
        boolean isNew;
        if (!parts.addresses.isEmpty()) {
            isNew = texts.add(parts.addresses.first());
        } else if (!parts.numbers.isEmpty()
                && parts.words.stream().allMatch(word -> word.chars().allMatch(Character::isDigit))) {
            isNew = numbers.addAll(spellings(parts.numbers.get(0)));
        } else {
            isNew = name.length() >= SHORTEST && texts.add(name);
        }
        count += isNew ? 1 : 0;
    }

    /** How many there are. */
    int size() {
        return count;
    }

    /** Whether one of them stands in a value, however it is wrapped. */
    boolean in(String value) {
        Search search = new Search();
        WrappedText.read(value, text -> {
            search.words.clear();
            PersonalText.read(PersonalText.folded(text), search);
        });
        return search.found;
    }

    /** A number without signs, and without the code of its country. */
    private static Set<String> spellings(String number) {
        StringBuilder digits = Phones.digits(number, 0, number.length());
        Set<String> all = new TreeSet<>();
        if (digits.length() >= Phones.TELLING) {
            Phones.forms(digits, 0, digits.length(), start -> all.add(digits.substring(start)));
        }
        return all;
    }

    /** What a text is made of. */
    private static final class Parts implements PersonalText.Reader {

        private final List<String> words = new ArrayList<>();
        private final TreeSet<String> addresses = new TreeSet<>();
        private final List<String> numbers = new ArrayList<>();

        @Override
        public void word(String text, int from, int to) {
            words.add(text.substring(from, to));
        }

        @Override
        public void address(String text, int from, int at, int to) {
            addresses.add(text.substring(from, to));
        }

        @Override
        public void number(String text, int from, int to) {
            numbers.add(text.substring(from, to));
        }
    }

    private final class Search implements PersonalText.Reader {

        private final Deque<String> words = new ArrayDeque<>();
        private boolean found;

        @Override
        public void word(String text, int from, int to) {
            if (words.size() == MOST_WORDS) {
                words.removeLast();
            }
            words.push(text.substring(from, to));
            String phrase = "";
            for (String word : words) {
                phrase = phrase.isEmpty() ? word : word + " " + phrase;
                found = found || texts.contains(phrase);
            }
        }

        @Override
        public void address(String text, int from, int at, int to) {
            found = found || texts.contains(text.substring(from, to));
        }

        @Override
        public void number(String text, int from, int to) {
            found = found
                    || (!numbers.isEmpty()
                            && spellings(text.substring(from, to)).stream().anyMatch(numbers::contains));
        }
    }
}
