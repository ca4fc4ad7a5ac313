package dev.restage.masking.value;

import java.util.Optional;

/** Masks for places where somebody lives or works. */
public sealed interface PlaceMask extends Mask {

    @Override
    default Optional<String> problem(MaskTarget target) {
        return target.textProblem(MaskKey.TOKEN_LENGTH);
    }

    /** An invented street with a number. */
    record Street() implements PlaceMask {
        @Override
        public String apply(String value, MaskTarget target, MaskKey key) {
            return target.distinct(street(value, key), value, key);
        }

        static String street(String value, MaskKey key) {
            long number = key.number("street", value);
            return "%d %s %s".formatted(number % 199 + 1, Words.pick(Words.LAST_NAMES, number >>> 8), "Street");
        }
    }

    /** An invented town. */
    record City() implements PlaceMask {
        @Override
        public String apply(String value, MaskTarget target, MaskKey key) {
            return target.distinct(city(value, key), value, key);
        }

        static String city(String value, MaskKey key) {
            return Words.pick(Words.LAST_NAMES, key.number("city", value)) + "ville";
        }
    }

    /** A postcode of the same form: other digits for digits, other letters for letters. */
    record Postcode() implements PlaceMask {
        @Override
        public String apply(String value, MaskTarget target, MaskKey key) {
            return target.distinct(postcode(value, key), value, key);
        }

        static String postcode(String value, MaskKey key) {
            byte[] digest = key.digest("postcode", value);
            StringBuilder code = new StringBuilder(value.length());
            for (int i = 0; i < value.length(); i++) {
                int random = digest[i % digest.length] & 0xff;
                char c = value.charAt(i);
                code.append(
                        Character.isDigit(c)
                                ? (char) ('0' + random % 10)
                                : Character.isLetter(c) ? (char) ('A' + random % 26) : c);
            }
            return code.toString();
        }
    }

    /** One of a few countries, two letters where the value has two. */
    record Country() implements PlaceMask {
        @Override
        public String apply(String value, MaskTarget target, MaskKey key) {
            int place = (int) (key.number("country", value) % Words.COUNTRIES.size());
            String country = value.length() == 2 ? Words.COUNTRY_CODES.get(place) : Words.COUNTRIES.get(place);
            return target.distinct(country, value, key);
        }
    }

    /** Street, town and postcode, on as many lines as the value has, three at most. */
    record Address() implements PlaceMask {
        @Override
        public String apply(String value, MaskTarget target, MaskKey key) {
            String separator = value.indexOf('\n') < 0 ? ", " : "\n";
            return target.distinct(
                    String.join(
                            separator,
                            Street.street(value, key),
                            City.city(value, key),
                            Postcode.postcode("XX0 0XX", key)),
                    value,
                    key);
        }
    }
}
