package dev.restage.masking.value;

/** Compares names with patterns in which {@code *} stands for any text. */
public final class NamePattern {

    private NamePattern() {}

    /**
     * {@return whether a name is as a pattern says}
     *
     * @param pattern the pattern
     * @param name the name
     */
    public static boolean fits(String pattern, String name) {
        int star = pattern.indexOf('*');
        if (star < 0) {
            return pattern.equals(name);
        }
        if (!name.startsWith(pattern.substring(0, star))) {
            return false;
        }
        String rest = pattern.substring(star + 1);
        for (int from = star; from <= name.length(); from++) {
            if (fits(rest, name.substring(from))) {
                return true;
            }
        }
        return false;
    }
}
