package dev.restage.run;

import dev.restage.provider.PlanException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/**
 * The names of runs, such as {@code 20261124-030000-500-7k3m9q2v5x8wz}: the time to the millisecond, so that they sort by it, and 65
 * random bits, so that no two are equal, however many tenants begin at once.
 */
public final class RunId {

    /** Ids become names of folders and of objects in a store: no dots, no slashes. */
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,99}");

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS").withZone(ZoneOffset.UTC);

    /** No letter that looks like a digit or like another letter. */
    private static final String LETTERS = "0123456789abcdefghjkmnpqrstvwxyz";

    private static final int RANDOM_LETTERS = 13;

    private static final SecureRandom RANDOM = new SecureRandom();

    private RunId() {}

    /**
     * {@return a new id}
     *
     * @param now when the run begins
     */
    public static String create(Instant now) {
        StringBuilder id = new StringBuilder(TIME.format(now)).append('-');
        for (int i = 0; i < RANDOM_LETTERS; i++) {
            id.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
        }
        return id.toString();
    }

    /**
     * {@return whether a text can be the id of a run}
     *
     * @param text the text
     */
    public static boolean isValid(String text) {
        return FORM.matcher(text).matches();
    }

    /**
     * Looks at an id that came from outside.
     *
     * @param text the text
     * @return the same
     * @throws PlanException if it can be no id of a run
     */
    public static String checked(String text) {
        if (!isValid(text)) {
            throw new PlanException("\"" + text.replaceAll("\\p{Cntrl}", "?")
                    + "\" is no id of a run, which has letters, digits and hyphens only: take one that runs() lists");
        }
        return text;
    }
}
