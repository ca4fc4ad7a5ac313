package dev.restage.postgres.internal.proof;

import dev.restage.masking.PersonalText;
import dev.restage.masking.WrappedText;
import dev.restage.postgres.internal.proof.ColumnRules.Role;
import dev.restage.postgres.internal.proof.Fingerprints.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the parts of a masked value that would tell who it was about. The rule, which is made to raise no false alarm:
 *
 * <ul>
 *   <li>addresses and telephone numbers count wherever they are found;
 *   <li>names count as a whole, of two words and eight letters or more, in any order; so do logins and the like with
 *       digits in them; and single words of names and addresses only where they are most of a column;
 *   <li>texts count as a whole, of three words and sixteen letters or more, and pairs of words with capitals or in names
 *       of files, but only in columns that have no rule: in one that is masked in part, the rest was meant to stay;
 *   <li>numbers, dates, and single words of texts never count.
 * </ul>
 *
 * <p>For one thread.
 */
final class Evidence implements PersonalText.Reader {

    private static final int FEWEST_LETTERS = 8;
    private static final int SHORTEST_WORD = 3;
    private static final int SHORTEST_TEXT = 16;
    static final int FEWEST_WORDS = 3;

    /** The start of a long text is enough to tell it. */
    static final int MOST_WORDS = 64;

    private static final Pattern CAPITALS =
            Pattern.compile("\\p{Lu}\\p{L}+(?:['’-]\\p{L}+)*(?: \\p{Lu}\\p{L}*(?:['’-]\\p{L}+)*)+");
    static final Pattern JSON_STRING = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

    private final Fingerprints prints;
    private final Set<Long> found = new HashSet<>();
    private final List<String> words = new ArrayList<>();
    private Role role = Role.TEXT;

    Evidence(Fingerprints prints) {
        this.prints = prints;
    }

    /** The fingerprints of a value's telling parts; to be used before the next call. */
    Set<Long> of(String value, Role role) {
        this.role = role;
        found.clear();
        value(value);
        return found;
    }

    /** The fingerprints of a name whose words are known. */
    Set<Long> ofName(List<String> name) {
        found.clear();
        name(name);
        return found;
    }

    /** The words of a value. */
    List<String> words(String value) {
        words.clear();
        PersonalText.read(PersonalText.folded(value), this);
        return List.copyOf(words);
    }

    private void value(String value) {
        WrappedText.read(value, text -> {
            if (text.startsWith("{") || text.startsWith("[")) {
                for (Matcher string = JSON_STRING.matcher(text); string.find(); ) {
                    WrappedText.read(string.group(1), this::text);
                }
            } else {
                text(text);
            }
        });
    }

    private void text(String text) {
        words.clear();
        String folded = PersonalText.folded(text.strip());
        PersonalText.read(folded, this);
        boolean chunk = folded.chars().noneMatch(Character::isWhitespace);
        int count = words.size();
        if (count == 0) {
            return;
        }
        if (role == Role.FULL_NAME) {
            name(words);
        }
        if (chunk && folded.length() >= FEWEST_LETTERS && count <= Phrases.LONGEST && isCode(folded)) {
            add(Kind.NAME, sum(words));
        }
        if (role == Role.FIRST_NAME || role == Role.LAST_NAME) {
            words.forEach(this::lone);
        }
        if (chunk && folded.indexOf('.') >= 0) {
            pairs(words);
        }
        if (count <= Phrases.LONGEST && folded.length() >= SHORTEST_WORD && !isCode(folded)) {
            add(Kind.WORD, sum(words));
        }
        if (count >= FEWEST_WORDS && folded.length() >= SHORTEST_TEXT) {
            add(Kind.TEXT, text(words));
        }
        for (Matcher run = CAPITALS.matcher(text); run.find(); ) {
            List<String> capitals = words(run.group());
            pairs(capitals);
            if (capitals.size() <= FEWEST_WORDS && run.group().length() == text.length()) {
                capitals.forEach(this::lone);
            }
        }
    }

    /** A whole text, by its words. */
    private long text(List<String> all) {
        long hash = 0;
        for (String word : all.subList(0, Math.min(all.size(), MOST_WORDS))) {
            hash = RowHash.step(hash, prints.word(word, 0, word.length()));
        }
        return hash;
    }

    private void name(List<String> name) {
        int letters = name.stream().mapToInt(String::length).sum();
        name.forEach(this::lone);
        if (name.size() > 1 && name.size() <= Phrases.LONGEST && letters >= FEWEST_LETTERS) {
            add(Kind.NAME, sum(name));
            add(Kind.STEMS, sum(name.stream().map(Stems::of).toList()));
        }
    }

    private void pairs(List<String> run) {
        for (int i = 1; i < run.size(); i++) {
            List<String> pair = run.subList(i - 1, i + 1);
            if (pair.stream().allMatch(Evidence::isWord)
                    && pair.get(0).length() + pair.get(1).length() >= FEWEST_LETTERS) {
                add(Kind.CAPITALS, sum(pair));
                add(Kind.STEMS, sum(pair.stream().map(Stems::of).toList()));
            }
        }
    }

    private void lone(String word) {
        if (isWord(word)) {
            add(Kind.WORD, prints.word(word, 0, word.length()));
        }
    }

    private static boolean isWord(String word) {
        return word.length() >= SHORTEST_WORD && word.chars().allMatch(Character::isLetter);
    }

    /** Digits among letters, or the address of a computer. */
    private static boolean isCode(String text) {
        boolean digits = text.chars().anyMatch(Character::isDigit);
        long points = text.chars().filter(c -> c == '.').count();
        return digits && (points == 3 || text.chars().anyMatch(Character::isLetter));
    }

    private long sum(List<String> all) {
        return all.stream()
                .mapToLong(word -> prints.word(word, 0, word.length()))
                .sum();
    }

    private void add(Kind kind, long hash) {
        found.add(prints.of(kind, hash));
    }

    @Override
    public void word(String text, int from, int to) {
        if (words.size() <= MOST_WORDS) {
            words.add(text.substring(from, to));
        }
    }

    @Override
    public void address(String text, int from, int at, int to) {
        add(Kind.ADDRESS, prints.word(text, from, to));
        PersonalText.read(text.substring(from, at), new PersonalText.Reader() {
            @Override
            public void word(String local, int start, int end) {
                lone(local.substring(start, end));
            }

            @Override
            public void address(String local, int start, int middle, int end) {}

            @Override
            public void number(String local, int start, int end) {}
        });
    }

    @Override
    public void number(String text, int from, int to) {
        if (role == Role.PHONE || Phones.looksLike(text, from, to)) {
            String digits = Phones.telling(text, from, to);
            add(Kind.NUMBER, prints.word(digits, 0, digits.length()));
        }
    }
}
