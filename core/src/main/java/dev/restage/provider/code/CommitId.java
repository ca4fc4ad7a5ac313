package dev.restage.provider.code;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * A commit.
 *
 * @param value 40 hexadecimal digits
 */
public record CommitId(@JsonValue String value) {

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{40}");

    /**
     * Checks the form.
     *
     * @param value 40 hexadecimal digits
     */
    public CommitId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("not a full commit id: " + value);
        }
    }

    /** {@return the first ten digits, as people write it} */
    public String shortened() {
        return value.substring(0, 10);
    }

    @Override
    public String toString() {
        return value;
    }
}
