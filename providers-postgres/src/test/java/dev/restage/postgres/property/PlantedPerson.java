package dev.restage.postgres.property;

import dev.restage.masking.text.PersonalText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Somebody whose name no list of words has.
 *
 * @param first a first name
 * @param last a last name
 * @param email an address of a domain that is nobody else's
 * @param digits a telephone number with its country, digits only
 */
record PlantedPerson(String first, String last, String email, String digits) {

    private static final List<String> STARTS = List.of("Quor", "Zeph", "Vlix", "Thwo", "Braz", "Kyrv", "Oxim", "Wulq");
    private static final List<String> MIDDLES = List.of("imba", "ondru", "elphi", "axto", "ubri", "yzen");
    private static final List<String> ENDS = List.of("ndor", "quist", "vask", "mirn", "zolt", "pheux");

    static PlantedPerson draw(Draw draw) {
        String first = draw.of(STARTS) + draw.of(MIDDLES);
        String last = draw.of(STARTS) + draw.of(MIDDLES) + draw.of(ENDS);
        String email = (first + "." + last).toLowerCase(Locale.ROOT) + "@" + draw.of("acme", "corp") + ".test";
        return new PlantedPerson(first, last, email, "4477009%05d".formatted(draw.below(100_000)));
    }

    String name() {
        return first + " " + last;
    }

    /** What the mail server calls the person. */
    String account() {
        return email.substring(0, email.indexOf('@'));
    }

    /** As people write it. */
    String phone() {
        return "+44 " + digits.substring(2, 6) + " " + digits.substring(6);
    }

    /** All by which the person is known, folded, in every spelling that a dump may have. */
    Set<String> spellings() {
        Set<String> plain =
                new LinkedHashSet<>(List.of(email, name(), last, phone(), digits, "0" + digits.substring(2)));
        Set<String> all = new LinkedHashSet<>(disguises());
        for (String text : plain) {
            all.add(PersonalText.folded(text));
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            all.add(HexFormat.of().formatHex(bytes));
            if (bytes.length > 6) {
                for (int skipped = 0; skipped < 3; skipped++) {
                    all.add(base64(bytes, skipped));
                }
            }
        }
        return all;
    }

    /** The number as an amount of money, as bits, and as a span of time. */
    private List<String> disguises() {
        long number = Long.parseLong(digits);
        return List.of(
                String.format(Locale.ROOT, "%,d", number),
                Long.toBinaryString(number),
                "%d:%02d:%02d".formatted(number / 3600, number / 60 % 60, number % 60));
    }

    /** What of a text stands in base64 whatever is before it and behind it. */
    private static String base64(byte[] bytes, int skipped) {
        int length = (bytes.length - skipped) / 3 * 3;
        byte[] middle = Arrays.copyOfRange(bytes, skipped, skipped + length);
        return PersonalText.folded(Base64.getEncoder().encodeToString(middle));
    }
}
