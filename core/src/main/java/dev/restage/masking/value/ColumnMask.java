package dev.restage.masking.value;

import dev.restage.masking.value.WholeMask.Hstore;
import dev.restage.masking.value.WholeMask.Json;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What happens to the values of one column.
 *
 * @param mask the mask
 * @param target what the column takes; for a column that refers to another, what that one takes, so that both get the
 *     same values
 */
public record ColumnMask(Mask mask, MaskTarget target) {

    /**
     * Replaces a value: as a whole, or each of its elements.
     *
     * @param value the value as the server writes it
     * @param key makes the result the same in every table and run
     * @return the value to write instead; null for a missing one
     */
    public @Nullable String apply(String value, MaskKey key) {
        return apply(value, key, PublicTexts.NONE);
    }

    /**
     * Replaces a value: as a whole, or each of its elements.
     *
     * @param value the value as the server writes it
     * @param key makes the result the same in every table and run
     * @param known what kept columns hold, if {@link #asksPublicTexts}
     * @return the value to write instead; null for a missing one
     */
    public @Nullable String apply(String value, MaskKey key, PublicTexts known) {
        if (value.isEmpty()) {
            return value;
        }
        return mask instanceof Json json
                ? json.apply(value, target, key, known)
                : Elements.applied(mask, value, target, key);
    }

    /** {@return whether values are masked by what kept columns hold} */
    public boolean asksPublicTexts() {
        return mask instanceof Json json
                && json.at().stream().anyMatch(at -> at.mask() instanceof TextMask.UnlessPublic);
    }

    /** {@return whether values are copied as they are} */
    public boolean keeps() {
        return mask instanceof WholeMask.Keep;
    }

    /** {@return whether it masks parts that it names, and leaves others} */
    public boolean namesParts() {
        return mask instanceof Json json
                ? json.at().stream().noneMatch(at -> at.path().equals(JsonWalk.TOP))
                : mask instanceof Hstore hstore
                        && hstore.at().stream().noneMatch(at -> at.key().equals("*"));
    }

    /**
     * Hands over the parts of a value that no rule of a mask for JSON or hstore is for; nothing under any other mask.
     *
     * @param value the value as the server writes it
     * @param reader takes the path of a part, in which {@code *} stands for elements and for names that no program
     *     gives, and its text
     */
    public void leftParts(String value, BiConsumer<String, String> reader) {
        if (mask instanceof Json json) {
            JsonWalk.open(json.at(), value, reader);
        } else if (mask instanceof Hstore hstore) {
            hstore.open(value, reader);
        }
    }

    /** {@return why it cannot work, as the end of a sentence that begins with the mask; empty if it can} */
    public Optional<String> problem() {
        return mask instanceof WholeMask ? mask.problem(target) : elementProblem(target);
    }

    private Optional<String> elementProblem(MaskTarget target) {
        boolean many = switch (target.shape()) {
            case ARRAY, HSTORE, TSVECTOR, JSON -> true;
            default -> false;
        };
        if (!many) {
            return mask.problem(target);
        }
        return target.unique()
                ? Optional.of("cannot keep values different, and the column is unique")
                : elementProblem(target.elements());
    }
}
