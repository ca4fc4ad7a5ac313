package dev.restage;

import dev.restage.plan.Access;
import dev.restage.plan.Change;
import dev.restage.plan.Preview;
import dev.restage.plan.Step;
import dev.restage.plan.StepContext;
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
    public Preview preview(StepContext context) {
        String now = context.use(target, Cell.class).read();
        return Preview.of(new Change(target, "hold " + value)).basedOn("value", now);
    }

    @Override
    public void execute(StepContext context) {
        Cell cell = context.use(target, Cell.class);
        context.fact("before", cell::read);
        cell.write(value);
    }

    @Override
    public boolean holds(StepContext context) {
        return context.use(target, Cell.class).read().equals(value);
    }

    @Override
    public void undo(StepContext context) {
        context.fact("before").ifPresent(context.use(target, Cell.class)::write);
    }
}
