package dev.restage.step.app;

import dev.restage.plan.Access;
import dev.restage.plan.Change;
import dev.restage.plan.Decision;
import dev.restage.plan.Step;
import dev.restage.plan.StepContext;
import dev.restage.plan.WayBack;
import dev.restage.provider.Address;
import dev.restage.provider.PlanException;
import dev.restage.provider.app.CachePurger;
import dev.restage.provider.app.PurgeScope;
import java.util.OptionalLong;

/**
 * Removes entries from a cache.
 *
 * @param cache the cache
 * @param scope what is to go
 */
public record PurgeCache(Address cache, PurgeScope scope) implements Step {

    @Override
    public Access access() {
        return Access.NONE.writing(cache);
    }

    @Override
    public Decision decide(StepContext context) {
        CachePurger purger = context.use(cache, CachePurger.class);
        if (!purger.supports().contains(scope.kind())) {
            throw new PlanException("%s cannot purge by %s, only by %s: choose one of these"
                    .formatted(cache, scope.kind(), purger.supports()));
        }
        OptionalLong entries = purger.count(scope);
        return Decision.of(new Change(
                        cache,
                        entries.isPresent()
                                ? "lose %d entries (%s)".formatted(entries.getAsLong(), scope)
                                : "be purged (%s)".formatted(scope))
                .counting(Change.Effect.LOST, entries.orElse(0), "entries"));
    }

    @Override
    public void execute(StepContext context, Decision decision) {
        OptionalLong gone = context.use(cache, CachePurger.class).purge(scope, context.progress());
        context.fact("scope", scope.toString());
        context.fact("purged", gone.isPresent() ? Long.toString(gone.getAsLong()) : "accepted");
    }

    /** What is cached of the new data must not be shown over the old. */
    @Override
    public WayBack wayBack(StepContext context, Decision decision) {
        return WayBack.afterwards(
                new Change(cache, "be purged (%s)".formatted(scope)),
                acting -> acting.use(cache, CachePurger.class).purge(scope, acting.progress()));
    }
}
