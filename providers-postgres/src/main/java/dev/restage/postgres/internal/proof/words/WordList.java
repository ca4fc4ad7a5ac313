package dev.restage.postgres.internal.proof.words;

import dev.restage.masking.text.PersonalText;

/** The first words of a text, each by its place and its hash. Used again for each text, by one thread. */
public final class WordList {

    /** The start of a long text is enough to tell it. */
    public static final int MOST = 64;

    private final Fingerprints prints;
    private final int[] from = new int[MOST];
    private final int[] to = new int[MOST];
    private final long[] hashes = new long[MOST];
    private String text = "";
    private int size;

    public WordList(Fingerprints prints) {
        this.prints = prints;
    }

    /** Goes over to another text, in small letters without accents. */
    public void begin(String folded) {
        text = folded;
        size = 0;
    }

    public void add(int start, int end) {
        if (size < MOST) {
            from[size] = start;
            to[size] = end;
            hashes[size] = prints.word(text, start, end);
            size++;
        }
    }

    public int size() {
        return size;
    }

    public long hash(int word) {
        return hashes[word];
    }

    public int length(int word) {
        return to[word] - from[word];
    }

    public String word(int word) {
        return text.substring(from[word], to[word]);
    }

    public boolean isOfLetters(int word) {
        for (int i = from[word]; i < to[word]; i++) {
            if (!Character.isLetter(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** What some words are as a whole, whatever their order. */
    public long sum(int first, int end) {
        long sum = 0;
        for (int i = first; i < end; i++) {
            sum += hashes[i];
        }
        return sum;
    }

    /** What all words are as a whole, in their order. */
    public long sequence() {
        long hash = 0;
        for (int i = 0; i < size; i++) {
            hash = RowHash.step(hash, hashes[i]);
        }
        return hash;
    }

    /** Letters and digits of all words. */
    public int letters() {
        int letters = 0;
        for (int i = 0; i < size; i++) {
            letters += length(i);
        }
        return letters;
    }

    /** Reads all words of a text. */
    public void read(String folded) {
        begin(folded);
        PersonalText.read(folded, new PersonalText.Reader() {
            @Override
            public void word(String read, int start, int end) {
                add(start, end);
            }

            @Override
            public void address(String read, int start, int at, int end) {}

            @Override
            public void number(String read, int start, int end) {}
        });
    }
}
