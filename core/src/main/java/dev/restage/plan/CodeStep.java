package dev.restage.plan;

import dev.restage.provider.Address;
import dev.restage.provider.PlanException;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A step whose body is code. A plan file keeps its name and access only; after reading one, put the code back with
 * {@link ResetPlan.Builder#replace}.
 *
 * @param name what it does, as the end of the sentence "the code will ..."
 * @param access which resources it uses
 * @param body what it does; null if the step was read from a plan file
 */
public record CodeStep(String name, Access access, @Nullable Consumer<StepContext> body) implements Step {

    /**
     * Declares resources that the code only reads.
     *
     * @param addresses the resources
     * @return the step with them
     */
    public CodeStep reading(Address... addresses) {
        return new CodeStep(name, access.alsoReading(addresses), body);
    }

    /**
     * Declares resources of the target that the code changes.
     *
     * @param addresses the resources
     * @return the step with them
     */
    public CodeStep writing(Address... addresses) {
        return new CodeStep(name, access.writing(addresses), body);
    }

    /**
     * Declares notifiers to which the code sends messages.
     *
     * @param notifiers the notifiers
     * @return the step with them
     */
    public CodeStep telling(Address... notifiers) {
        return new CodeStep(name, access.telling(notifiers), body);
    }

    @Override
    public Decision decide(StepContext context) {
        code();
        return new Decision(
                access.writes().stream()
                        .sorted()
                        .map(target -> new Change(target, "be changed by code: " + name))
                        .toList(),
                access.writes().isEmpty() ? List.of("runs code: " + name) : List.of(),
                new TreeMap<>());
    }

    @Override
    public void execute(StepContext context, Decision decision) {
        code().accept(context);
    }

    private Consumer<StepContext> code() {
        Consumer<StepContext> code = body;
        if (code == null) {
            throw new PlanException("the step \"" + name + "\" is code, which a plan file cannot hold:"
                    + " put it back with plan.toBuilder().replace(…, Step.of(…)) before you run the plan");
        }
        return code;
    }
}
