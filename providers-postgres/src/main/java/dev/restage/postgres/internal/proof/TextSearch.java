package dev.restage.postgres.internal.proof;

import dev.restage.masking.text.PersonalText;
import dev.restage.masking.text.Phones;
import dev.restage.masking.value.PersonMask;
import dev.restage.postgres.internal.proof.words.Fingerprints;
import dev.restage.postgres.internal.proof.words.Fingerprints.Kind;
import dev.restage.postgres.internal.proof.words.Phrases;
import dev.restage.postgres.internal.proof.words.Pieces;
import dev.restage.postgres.internal.proof.words.RowHash;
import dev.restage.postgres.internal.proof.words.Stems;
import dev.restage.postgres.internal.proof.words.WordList;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts values into all that could be known of them, in the same way as {@link Evidence} does with masked ones, and has
 * each looked up. For one thread.
 */
final class TextSearch implements PersonalText.Reader {

    /** Looks a fingerprint up. */
    @FunctionalInterface
    interface LookUp {
        void found(Kind kind, long print);
    }

    /** Shorter words with digits are numbers of houses and models. */
    private static final int SHORTEST_CODE = 8;

    /** Longer values are neither names nor named after somebody. */
    private static final int LONGEST_NAME = 100;

    /** The longest word in the name of a file says who is in it, if it is not too short. */
    private static final int SHORTEST_PART = 5;

    /** What Django and crypt write for passwords, and no mask. Source: Django 5.2, django.contrib.auth.hashers; crypt(5). */
    private static final Pattern PASSWORD = Pattern.compile("(?!pbkdf2_sha256\\$\\d+\\$" + PersonMask.Password.MARK
            + ")(?:pbkdf2_sha|bcrypt|argon2|scrypt\\$|md5\\$|\\$2[aby]\\$|\\$argon2|\\$[156]\\$)");

    /** A lexeme with its positions. Source: PostgreSQL documentation, 8.11 Text Search Types. */
    private static final Pattern LEXEME = Pattern.compile("'((?:[^']|'')*)'(?::([0-9A-D,]+))?");

    private static final Pattern PLACE = Pattern.compile("\\d+");

    private final Fingerprints prints;
    private final Set<String> allowedDomains;
    private final LookUp lookUp;
    private final Phrases phrases = new Phrases();
    private long longest;
    private int longestLength;
    private int words;
    private long sum;
    private long text;

    /**
     * Makes one.
     *
     * @param allowedDomains addresses there are nobody's
     */
    TextSearch(Fingerprints prints, Set<String> allowedDomains, LookUp lookUp) {
        this.prints = prints;
        this.allowedDomains = allowedDomains;
        this.lookUp = lookUp;
    }

    /** Searches a value as a whole and in its parts. */
    void value(String value) {
        if (PASSWORD.matcher(value).lookingAt()) {
            look(Kind.SHAPE, prints.word(value, 0, value.length()));
        }
        if (value.length() <= LONGEST_NAME) {
            read(value);
            if (words > 0) {
                boolean named = words > 1 && value.indexOf('.') > 0 && longestLength >= SHORTEST_PART;
                look(Kind.WORD, named ? longest : sum);
            }
            Pieces.of(value, piece -> {
                if (!piece.equals(value)) {
                    read(piece);
                }
            });
        } else {
            Pieces.of(value, this::read);
        }
    }

    /** Searches bytes. */
    void bytes(byte[] value) {
        Pieces.of(value, this::read);
    }

    /** Searches a tsvector: the words that stood one after the other. */
    void lexemes(String vector) {
        TreeMap<Integer, String> places = new TreeMap<>();
        for (Matcher lexeme = LEXEME.matcher(vector); lexeme.find(); ) {
            String word = PersonalText.folded(lexeme.group(1));
            PersonalText.read(word, this);
            if (lexeme.group(2) != null) {
                for (Matcher place = PLACE.matcher(lexeme.group(2)); place.find(); ) {
                    places.put(Integer.valueOf(place.group()), Stems.of(word));
                }
            }
        }
        phrases.clear();
        int before = 0;
        for (var place : places.entrySet()) {
            if (place.getKey() > before + 1) {
                phrases.clear();
            }
            before = place.getKey();
            phrase(prints.word(place.getValue(), 0, place.getValue().length()), Kind.STEMS);
        }
    }

    private void read(String piece) {
        phrases.clear();
        words = 0;
        longestLength = 0;
        sum = 0;
        text = 0;
        PersonalText.read(PersonalText.folded(piece), this);
        if (words >= Evidence.FEWEST_WORDS) {
            look(Kind.TEXT, text);
        }
    }

    @Override
    public void word(String folded, int from, int to) {
        long word = prints.word(folded, from, to);
        if (words < WordList.MOST) {
            text = RowHash.step(text, word);
        }
        words++;
        sum += word;
        if (to - from > longestLength && !hasDigit(folded, from, to)) {
            longest = word;
            longestLength = to - from;
        }
        phrase(word, Kind.NAME);
        if (phrases.length() > 1) {
            look(Kind.CAPITALS, phrases.last(2));
        }
        if (to - from >= SHORTEST_CODE && hasDigit(folded, from, to)) {
            look(Kind.NAME, word);
        }
    }

    /** Goes on by a word; one that nobody's name has ends what was before. */
    private void phrase(long word, Kind kind) {
        if (!prints.isPart(word)) {
            phrases.clear();
            return;
        }
        phrases.add(word);
        for (int length = 2; length <= phrases.length(); length++) {
            look(kind, phrases.last(length));
        }
    }

    @Override
    public void address(String folded, int from, int at, int to) {
        long address = prints.word(folded, from, to);
        look(Kind.ADDRESS, address);
        if (!allowedDomains.contains(folded.substring(at + 1, to))) {
            look(Kind.SHAPE, address);
        }
    }

    @Override
    public void number(String folded, int from, int to) {
        String digits = Phones.telling(folded, from, to);
        long number = prints.word(digits, 0, digits.length());
        look(Kind.NUMBER, number);
        if (Phones.looksLike(folded, from, to)) {
            look(Kind.SHAPE, number);
        }
    }

    private void look(Kind kind, long hash) {
        lookUp.found(kind, prints.of(kind, hash));
    }

    private static boolean hasDigit(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (Character.isDigit(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }
}
