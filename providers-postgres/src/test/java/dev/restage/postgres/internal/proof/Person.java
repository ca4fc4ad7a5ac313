package dev.restage.postgres.internal.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** One of the invented people of the Wagtail fixture, and how to tell that a text is about her. */
final class Person {

    private static final int SAME_DIGITS = 9;

    private final String fullName;
    private final String familyName;
    private final String familyLetters;
    private final String email;
    private final String digits;
    private final String postcode;
    private final String born;
    private final Pattern ip;

    private Person(String[] field) {
        fullName = letters(small(field[1]));
        familyName = field[3];
        familyLetters = letters(small(field[3]));
        email = small(field[4]);
        String number = field[5].replaceAll("\\D", "");
        digits = number.substring(number.length() - SAME_DIGITS);
        postcode = small(field[6]);
        born = field[7];
        ip = Pattern.compile("(?<![0-9.])" + Pattern.quote(field[8]) + "(?![0-9])");
    }

    static List<Person> all(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .skip(1)
                .map(line -> new Person(line.split("\t")))
                .toList();
    }

    String familyName() {
        return familyName;
    }

    /** What of her the text holds; empty if nothing. */
    String in(Reading text) {
        if (text.letters.contains(fullName) || text.letters.contains(familyLetters)) {
            return "name";
        }
        if (text.small.contains(email)) {
            return "address";
        }
        if (text.digits.contains(digits)) {
            return "phone";
        }
        if (text.small.contains(postcode)) {
            return "postcode";
        }
        if (text.small.contains(born)) {
            return "birth date";
        }
        return ip.matcher(text.small).find() ? "ip" : "";
    }

    /** A text as it is searched: in small letters, its letters and digits only, its digits only. */
    static final class Reading {

        private final String small;
        private final String letters;
        private final String digits;

        Reading(String text) {
            this.small = Person.small(text);
            this.letters = Person.letters(small);
            this.digits = text.replaceAll("[ ().+/-]", "");
        }
    }

    private static String small(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT)
                .replace('\u0142', 'l')
                .replace('\u00f8', 'o');
    }

    private static String letters(String text) {
        return text.replaceAll("[^\\p{L}\\p{N}]", "");
    }
}
