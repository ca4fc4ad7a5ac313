package dev.restage.postgres.internal.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** One of the invented people of the Wagtail fixture, and how to tell that a text is about her. */
record Person(String fullName, String familyName, String email, String phone, String postcode, String born, String ip) {

    private static final int SAME_DIGITS = 9;

    static List<Person> all(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .skip(1)
                .map(line -> line.split("\t"))
                .map(field -> new Person(field[1], field[3], field[4], field[5], field[6], field[7], field[8]))
                .toList();
    }

    /** What of her the text holds; empty if nothing. */
    String in(Reading text) {
        if (text.letters.contains(letters(fullName)) || text.letters.contains(letters(familyName))) {
            return "name";
        }
        if (text.small.contains(small(email))) {
            return "address";
        }
        String digits = phone.replaceAll("\\D", "");
        if (text.digits.contains(digits.substring(digits.length() - SAME_DIGITS))) {
            return "phone";
        }
        if (text.letters.contains(letters(postcode)) && text.small.contains(small(postcode))) {
            return "postcode";
        }
        if (text.small.contains(born)) {
            return "birth date";
        }
        return Pattern.compile("(?<![0-9.])" + Pattern.quote(ip) + "(?![0-9])")
                        .matcher(text.small)
                        .find()
                ? "ip"
                : "";
    }

    /** A text as it is searched: in small letters, its letters and digits only, its digits only. */
    static final class Reading {

        private final String small;
        private final String letters;
        private final String digits;

        Reading(String text) {
            this.small = small(text);
            this.letters = Person.letters(text);
            this.digits = text.replaceAll("[ ().+/-]", "");
        }
    }

    private static String small(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT)
                .replace('ł', 'l')
                .replace("ø", "o");
    }

    private static String letters(String text) {
        return small(text).replaceAll("[^\\p{L}\\p{N}]", "");
    }
}
