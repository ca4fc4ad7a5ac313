package dev.restage.masking.value;

import dev.restage.masking.text.Phones;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What masks make of the names of members of JSON, and of the keys of an hstore. Programs go by names, so all stay but
 * those that are somebody's: names with an e-mail address in them, and numbers of nine digits or more. They become an
 * address and a number again, different ones different ones. Under a mask for telephone numbers or for digits, seven digits
 * are enough, and a name becomes what it would become as a value, so that the two still meet.
 */
final class MemberName {

    /** Fewer digits are a day or an id of a row more often than a telephone number. */
    private static final int FEWEST_DIGITS = 9;

    /** An address among other parts of a name, such as {@code user:ada@engine.example}. */
    private static final Pattern ADDRESS =
            Pattern.compile("[^\\s@,:;<>\"()|/\\\\]+@(?:[\\p{L}\\d-]+\\.)+\\p{L}[\\p{L}\\d-]+");

    private static final Pattern DAY = Pattern.compile("(?:19|20)\\d\\d([./-]?)[01]\\d\\1[0-3]\\d");

    private static final PersonMask.Email EMAIL = Mask.email(TextMask.FreeText.DOMAIN);
    private static final ValueMask.Digits DIGITS = new ValueMask.Digits();

    private MemberName() {}

    /** The name as the mask for what has it, and all below, wants it. */
    static String masked(String name, Mask mask, MaskKey key) {
        if (mask instanceof WholeMask.Keep) {
            return name;
        }
        if (name.indexOf('@') > 0) {
            return address(name, mask, key);
        }
        if (mask instanceof PersonMask.Phone || mask instanceof ValueMask.Digits) {
            boolean somebodys = isNumber(name, ".-/+() \u00a0", Phones.FEWEST_DIGITS)
                    && !DAY.matcher(name).matches();
            return !somebodys
                    ? name
                    : mask instanceof PersonMask.Phone phone
                            ? phone.apply(name, MaskTarget.TEXT, key)
                            : number(name, key);
        }
        return isNumber(name, "+-() \u00a0", FEWEST_DIGITS) ? number(name, key) : name;
    }

    private static String address(String name, Mask mask, MaskKey key) {
        Matcher address = ADDRESS.matcher(name);
        if (!address.find()) {
            return name;
        }
        PersonMask.Email email = email(mask);
        if (name.chars().anyMatch(Character::isWhitespace)) {
            // what stands beside the address is a person's name, then
            return email.apply(key.token(name) + '@', MaskTarget.TEXT, key);
        }
        return address.replaceAll(match -> Matcher.quoteReplacement(email.apply(match.group(), MaskTarget.TEXT, key)));
    }

    private static PersonMask.Email email(Mask mask) {
        if (mask instanceof TextMask.UnlessPublic unless) {
            return email(unless.otherwise());
        }
        if (mask instanceof PersonMask.Username username) {
            return username.email();
        }
        return mask instanceof PersonMask.Email email ? email : EMAIL;
    }

    private static boolean isNumber(String name, String signs, int fewest) {
        int digits = 0;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (isDigit(c)) {
                digits++;
            } else if (signs.indexOf(c) < 0) {
                return false;
            }
        }
        return digits >= fewest;
    }

    /** What is put between the digits stays. */
    private static String number(String name, MaskKey key) {
        StringBuilder digits = new StringBuilder(name.length());
        name.chars().filter(c -> isDigit((char) c)).forEach(c -> digits.append((char) c));
        String masked = DIGITS.apply(digits.toString(), MaskTarget.TEXT, key);
        StringBuilder out = new StringBuilder(name);
        for (int i = 0, next = 0; i < out.length(); i++) {
            if (isDigit(out.charAt(i))) {
                out.setCharAt(i, masked.charAt(next++));
            }
        }
        return out.toString();
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
