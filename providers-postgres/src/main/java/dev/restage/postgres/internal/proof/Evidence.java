package dev.restage.postgres.internal.proof;

import dev.restage.masking.text.PersonalText;
import dev.restage.masking.text.Phones;
import dev.restage.postgres.internal.proof.ColumnRules.Role;
import dev.restage.postgres.internal.proof.words.Capitals;
import dev.restage.postgres.internal.proof.words.Fingerprints;
import dev.restage.postgres.internal.proof.words.Fingerprints.Kind;
import dev.restage.postgres.internal.proof.words.Phrases;
import dev.restage.postgres.internal.proof.words.Pieces;
import dev.restage.postgres.internal.proof.words.Prints;
import dev.restage.postgres.internal.proof.words.Stems;
import dev.restage.postgres.internal.proof.words.WordList;

/**
 * Finds the parts of a masked value that would tell who it was about. The rule, which is made to raise no false alarm:
 *
 * <ul>
 *   <li>addresses and telephone numbers count wherever they are found;
 *   <li>names count as a whole, of two words and eight letters or more, in any order; so do logins and the like with
 *       digits in them; and single words of names and addresses only where they are most of a column;
 *   <li>texts count as a whole, of three words and sixteen letters or more, and pairs of words with capitals or in names
 *       of files, but only in columns that have no rule: in one that is masked in part, the rest was meant to stay;
 *   <li>telephone numbers and masked numbers count in columns of numbers, if they are not there by chance;
 *   <li>other numbers, dates, UUIDs, and single words of texts never count.
 * </ul>
 *
 * <p>For one thread.
 */
final class Evidence implements PersonalText.Reader {

    /** Shorter names of two words stand in many texts by chance. */
    private static final int FEWEST_LETTERS = 8;

    private static final int SHORTEST_WORD = 3;
    private static final int SHORTEST_TEXT = 16;
    static final int FEWEST_WORDS = 3;

    private final Fingerprints prints;
    private final int fewestLetters;
    private final WordList words;
    private final WordList run;
    private Prints found = new Prints();
    private Role role = Role.TEXT;

    Evidence(Fingerprints prints) {
        this(prints, FEWEST_LETTERS);
    }

    /**
     * Makes one that takes other names for telling.
     *
     * @param fewestLetters how many letters a name has at least
     */
    Evidence(Fingerprints prints, int fewestLetters) {
        this.prints = prints;
        this.fewestLetters = fewestLetters;
        this.words = new WordList(prints);
        this.run = new WordList(prints);
    }

    /** Adds the fingerprints of a value's telling parts to others. */
    void of(String value, Role ofRole, Prints all) {
        role = ofRole;
        found = all;
        Pieces.of(value, this::text);
    }

    /** Adds the fingerprints of a name that was put together of its parts. */
    void ofName(String name, Prints all) {
        found = all;
        words.read(PersonalText.folded(name));
        name();
    }

    private void text(String text) {
        String folded = PersonalText.folded(text.strip());
        words.begin(folded);
        if (Phones.isUuid(folded)) {
            return;
        }
        PersonalText.read(folded, this);
        int count = words.size();
        if (count == 0) {
            return;
        }
        Shape shape = Shape.of(folded);
        if (role == Role.FULL_NAME) {
            name();
        }
        if (!shape.gaps() && folded.length() >= FEWEST_LETTERS && count <= Phrases.LONGEST && shape.isCode()) {
            phrase(Kind.NAME, words, 0, count);
        }
        if (role == Role.FIRST_NAME || role == Role.LAST_NAME) {
            lone(words);
        }
        if (!shape.gaps() && shape.points() > 0) {
            pairs(words);
        }
        if (count <= Phrases.LONGEST && folded.length() >= SHORTEST_WORD && !shape.isCode()) {
            add(Kind.WORD, words.sum(0, count));
        }
        if (count >= FEWEST_WORDS && folded.length() >= SHORTEST_TEXT) {
            add(Kind.TEXT, words.sequence());
        }
        Capitals.read(text, (from, to) -> {
            run.read(PersonalText.folded(text.substring(from, to)));
            pairs(run);
            if (run.size() <= FEWEST_WORDS && to - from == text.length()) {
                lone(run);
            }
        });
    }

    private void name() {
        int count = words.size();
        lone(words);
        if (count > 1 && count <= Phrases.LONGEST && words.letters() >= fewestLetters) {
            phrase(Kind.NAME, words, 0, count);
            stems(words, 0, count);
        }
    }

    private void pairs(WordList list) {
        for (int i = 1; i < list.size(); i++) {
            if (isWord(list, i - 1) && isWord(list, i) && list.length(i - 1) + list.length(i) >= FEWEST_LETTERS) {
                phrase(Kind.CAPITALS, list, i - 1, i + 1);
                stems(list, i - 1, i + 1);
            }
        }
    }

    private void lone(WordList list) {
        for (int i = 0; i < list.size(); i++) {
            if (isWord(list, i)) {
                add(Kind.WORD, list.hash(i));
            }
        }
    }

    private static boolean isWord(WordList list, int word) {
        return list.length(word) >= SHORTEST_WORD && list.isOfLetters(word);
    }

    private void phrase(Kind kind, WordList list, int first, int end) {
        for (int i = first; i < end; i++) {
            prints.addPart(list.hash(i));
        }
        add(kind, list.sum(first, end));
    }

    private void stems(WordList list, int first, int end) {
        long sum = 0;
        for (int i = first; i < end; i++) {
            String stem = Stems.of(list.word(i));
            long hash = prints.word(stem, 0, stem.length());
            prints.addPart(hash);
            sum += hash;
        }
        add(Kind.STEMS, sum);
    }

    private void add(Kind kind, long hash) {
        found.add(prints.of(kind, hash));
    }

    @Override
    public void word(String text, int from, int to) {
        words.add(from, to);
    }

    @Override
    public void address(String text, int from, int at, int to) {
        add(Kind.ADDRESS, prints.word(text, from, to));
        run.read(text.substring(from, at));
        lone(run);
    }

    @Override
    public void number(String text, int from, int to) {
        boolean called = role == Role.PHONE || Phones.looksLike(text, from, to);
        if (!called && role != Role.NUMBER) {
            return;
        }
        String digits = Phones.telling(text, from, to);
        if (called || digits.length() == Phones.TELLING) {
            add(Kind.NUMBER, prints.word(digits, 0, digits.length()));
        }
        StringBuilder all = Phones.digits(text, from, to);
        int end = all.length();
        Phones.forms(all, 0, end, start -> {
            prints.addDigits(end - start);
            add(Kind.DIGITS, prints.word(all, start, end));
        });
    }

    /**
     * What characters a text has.
     *
     * @param gaps whether it has white space
     * @param points how many points it has
     */
    private record Shape(boolean gaps, int points, boolean letters, boolean digits) {

        static Shape of(String text) {
            boolean gaps = false;
            boolean letters = false;
            boolean digits = false;
            int points = 0;
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                gaps |= Character.isWhitespace(c);
                letters |= Character.isLetter(c);
                digits |= Character.isDigit(c);
                points += c == '.' ? 1 : 0;
            }
            return new Shape(gaps, points, letters, digits);
        }

        /** Digits among letters, or the address of a computer. */
        boolean isCode() {
            return digits && (points == 3 || letters);
        }
    }
}
