package dev.restage.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.restage.provider.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a step would change.
 *
 * @param target the resource that changes
 * @param what what happens to it, as the end of the sentence "the resource will ...", with real figures
 * @param figures how much of it, to be added up over all steps
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Change(Address target, String what, List<Figure> figures) {

    /** What happens to something that is counted. */
    public enum Effect {
        /** It is gone. */
        LOST,
        /** Something else is in its place. */
        REPLACED,
        /** It was not there. */
        NEW
    }

    /**
     * How much of something a change touches.
     *
     * @param effect what happens to it
     * @param number how many
     * @param unit of what, in the plural: {@code rows}, {@code objects}, {@code bytes}
     */
    public record Figure(Effect effect, long number, String unit) {}

    /**
     * Copies the list, which a preview may leave out.
     *
     * @param target the resource that changes
     * @param what what happens to it
     * @param figures how much of it
     */
    public Change(Address target, String what, @Nullable List<Figure> figures) {
        this.target = target;
        this.what = what;
        this.figures = List.copyOf(Objects.requireNonNullElse(figures, List.<Figure>of()));
    }

    /**
     * Changes something that is not counted.
     *
     * @param target the resource that changes
     * @param what what happens to it, as the end of the sentence "the resource will ..."
     */
    public Change(Address target, String what) {
        this(target, what, List.of());
    }

    /**
     * {@return the same with a figure, unless it is zero}
     *
     * @param effect what happens to it
     * @param number how many
     * @param unit of what, in the plural
     */
    public Change counting(Effect effect, long number, String unit) {
        if (number == 0) {
            return this;
        }
        List<Figure> all = new ArrayList<>(figures);
        all.add(new Figure(effect, number, unit));
        return new Change(target, what, all);
    }

    @Override
    public String toString() {
        return target + " will " + what;
    }
}
