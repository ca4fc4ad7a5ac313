package dev.restage;

import dev.restage.plan.Access;
import dev.restage.plan.Change;
import dev.restage.plan.Decision;
import dev.restage.plan.Holds;
import dev.restage.plan.Step;
import dev.restage.plan.StepContext;
import dev.restage.plan.WayBack;
import dev.restage.provider.Address;
import java.util.List;

/**
 * Writes a value into a cell: a custom step as a user would write one.
 *
 * @param target the cell
 * @param value the value
 * @param tags so that a step has a list too
 */
public record Put(Address target, String value, List<String> tags) implements Step {

    public Put(String target, String value) {
        this(Address.of(target), value, List.of());
    }

    @Override
    public Access access() {
        return Access.NONE.writing(target);
    }

    @Override
    public Decision decide(StepContext context) {
        String now = context.use(target, Cell.class).read();
        return Decision.of(new Change(target, "hold " + value)).pinning("value", now);
    }

    @Override
    public void execute(StepContext context, Decision decision) {
        Cell cell = context.use(target, Cell.class);
        context.keep("before", cell::read);
        cell.write(value);
    }

    @Override
    public Holds holds(StepContext context, Decision decision) {
        return Holds.when(context.use(target, Cell.class).read().equals(value));
    }

    @Override
    public WayBack wayBack(StepContext context, Decision decision) {
        String now = context.use(target, Cell.class).read();
        return context.kept("before")
                .filter(before -> !before.equals(now))
                .map(before -> WayBack.of(
                                new Change(target, "hold " + before + " again"),
                                acting -> acting.use(target, Cell.class).write(before))
                        .losing(now.equals(value) ? List.of() : List.of(now)))
                .orElse(WayBack.NOTHING);
    }
}
