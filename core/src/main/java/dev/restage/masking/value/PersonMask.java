package dev.restage.masking.value;

import dev.restage.masking.value.MaskTarget.Shape;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Masks for what names a person, or reaches one, or lets one in. */
public sealed interface PersonMask extends Mask {

    @Override
    default Optional<String> problem(MaskTarget target) {
        return target.textProblem(MaskKey.TOKEN_LENGTH);
    }

    /**
     * An address such as {@code user-k3x9q2m4a7bc@example.com}. In a list of addresses each is replaced. Addresses that
     * differ in case alone become such that differ in case alone: all small stay all small, others get capitals.
     *
     * @param domain where the new addresses are; one that nobody can receive mail at
     * @param kept domains whose addresses stay as they are, such as the site's own staff
     */
    record Email(String domain, List<String> kept) implements PersonMask {

        /** Begins addresses and logins that a mask made, where there is room. */
        private static final String PREFIX = "user-";

        /**
         * Copies the list.
         *
         * @param domain where the new addresses are
         * @param kept domains whose addresses stay as they are
         */
        public Email {
            kept = List.copyOf(kept);
        }

        @Override
        public String apply(String value, MaskTarget target, MaskKey key) {
            if (value.indexOf(',') < 0 && value.indexOf(';') < 0) {
                return masked(value, target.maxLength(), key);
            }
            return target.fit(value.lines()
                    .flatMap(line -> List.of(line.split("[,;]")).stream())
                    .map(String::strip)
                    .filter(address -> !address.isEmpty())
                    .map(address -> masked(address, Integer.MAX_VALUE, key))
                    .collect(Collectors.joining(", ")));
        }

        @Override
        public Optional<String> problem(MaskTarget target) {
            return target.textProblem(MaskKey.TOKEN_LENGTH)
                    .or(() -> target.lengthProblem(MaskKey.TOKEN_LENGTH + 1 + domain.length()));
        }

        private String masked(String address, int maxLength, MaskKey key) {
            if (!kept.isEmpty()
                    && kept.contains(
                            address.substring(address.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT))) {
                return address;
            }
            String folded = address.toLowerCase(Locale.ROOT);
            String token = key.token(folded);
            String local = token.length() + 1 + domain.length() + PREFIX.length() > maxLength ? token : PREFIX + token;
            return key.spelled(local, address, folded) + "@" + domain;
        }
    }

    /**
     * A login name such as {@code user-k3x9q2m4a7bc}; one that is an e-mail address is treated as {@link Email} treats it,
     * and so is its case.
     *
     * @param email what happens to names that are addresses
     */
    record Username(Email email) implements PersonMask {
        @Override
        public String apply(String value, MaskTarget target, MaskKey key) {
            if (value.indexOf('@') >= 0 && email.problem(target).isEmpty()) {
                return email.apply(value, target, key);
            }
            String folded = value.toLowerCase(Locale.ROOT);
            String token = key.token(folded);
            return key.spelled(
                    target.maxLength() < token.length() + Email.PREFIX.length()
                            ? target.fit(token)
                            : Email.PREFIX + token,
                    value,
                    folded);
        }
    }

    /** An invented first name, the same however the name is spelled. */
    record FirstName() implements PersonMask {
        @Override
        public String apply(String value, MaskTarget target, MaskKey key) {
            return target.distinct(Words.pick(Words.FIRST_NAMES, number(value, key)), value, key);
        }

        static long number(String name, MaskKey key) {
            return key.recurringNumber("first", name.toLowerCase(Locale.ROOT));
        }
    }

    /** An invented last name, the same however the name is spelled. */
    record LastName() implements PersonMask {
        @Override
        public String apply(String value, MaskTarget target, MaskKey key) {
            return target.distinct(Words.pick(Words.LAST_NAMES, number(value, key)), value, key);
        }

        static long number(String name, MaskKey key) {
            return key.recurringNumber("last", name.toLowerCase(Locale.ROOT));
        }
    }

    /** An invented first and last name, made of the same parts as {@link FirstName} and {@link LastName} make alone. */
    record FullName() implements PersonMask {
        @Override
        public String apply(String value, MaskTarget target, MaskKey key) {
            String name = value.strip();
            int space = name.lastIndexOf(' ');
            String last = Words.pick(Words.LAST_NAMES, LastName.number(name.substring(space + 1), key));
            return target.distinct(
                    space < 0 ? last : first(name.substring(0, space).strip(), key) + " " + last, value, key);
        }

        private static String first(String name, MaskKey key) {
            return Words.pick(Words.FIRST_NAMES, FirstName.number(name, key));
        }
    }

    /** A number that no telephone has: {@code +999} and twelve digits, fewer where the column is short. */
    record Phone() implements PersonMask {

        /** Not assigned to any country. Source: ITU-T E.164, list of assigned country codes. */
        private static final String UNASSIGNED = "+999";

        private static final int DIGITS = 12;
        private static final int UNIQUE_DIGITS = 18;

        @Override
        public String apply(String value, MaskTarget target, MaskKey key) {
            long number = key.number("phone", value);
            return target.unique()
                    ? UNASSIGNED + lastDigits(number, UNIQUE_DIGITS)
                    : target.fit(UNASSIGNED + lastDigits(number, DIGITS));
        }

        private static String lastDigits(long number, int count) {
            char[] digits = new char[count];
            long rest = number;
            for (int i = count - 1; i >= 0; i--) {
                digits[i] = (char) ('0' + rest % 10);
                rest /= 10;
            }
            return new String(digits);
        }

        @Override
        public Optional<String> problem(MaskTarget target) {
            return target.textProblem(UNASSIGNED.length() + UNIQUE_DIGITS);
        }
    }

    /**
     * What a site writes for a password that nobody knows, so that its owner may still ask for a new one: a site sends no mail to
     * those who cannot log in at all ({@code !} before the hash), and these still cannot. No password leads to the hash: it is not
     * derived from one. Its salt begins with {@value #MARK}, so that a search for real ones can tell it from them. A column that is
     * too short for it gets what cannot be logged in with.
     */
    record Password() implements PersonMask {

        /** How the salt of a hash begins that this mask has made. */
        public static final String MARK = "masked";

        /**
         * {@code algorithm$iterations$salt$hash}, with a salt as long as hashers want it ({@code PBKDF2PasswordHasher},
         * {@code BasePasswordHasher.salt_entropy}), so that none makes the hash anew.
         */
        private static final String USABLE = "pbkdf2_sha256$1000000$" + MARK + "%s$%s";

        private static final int SALT = 22 - MARK.length();

        /** As long as sites write it ({@code UNUSABLE_PASSWORD_SUFFIX_LENGTH}). */
        private static final int UNUSABLE = 40;

        @Override
        public String apply(String value, MaskTarget target, MaskKey key) {
            if (!value.startsWith("!")) {
                String usable = USABLE.formatted(
                        key.token("salt", value, SALT),
                        Base64.getEncoder().encodeToString(key.digest("password", value)));
                if (usable.length() <= target.maxLength()) {
                    return usable;
                }
            }
            return target.fit("!" + key.token("password", value, UNUSABLE));
        }
    }

    /**
     * One known password for all who have one; those who cannot log in ({@code !} before the hash, as sites write it)
     * still cannot.
     *
     * @param hash the hash of that password, as the site writes it
     */
    record KnownPassword(String hash) implements PersonMask {
        @Override
        public String apply(String value, MaskTarget target, MaskKey key) {
            return value.startsWith("!") ? new Password().apply(value, target, key) : hash;
        }

        @Override
        public Optional<String> problem(MaskTarget target) {
            if (target.unique()) {
                return Optional.of("makes values equal, and the column is unique");
            }
            return target.shape() == Shape.BYTES
                    ? Optional.of("works on text only")
                    : target.textProblem(0).or(() -> target.lengthProblem(hash.length()));
        }
    }
}
