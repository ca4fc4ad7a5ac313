package dev.restage.trial;

import dev.restage.provider.Identity;
import dev.restage.provider.Progress;
import dev.restage.provider.app.CachePurger;
import dev.restage.provider.app.PurgeScope;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** A cache in memory; keys are told from hosts and URLs by nobody. */
public final class FakeCache implements CachePurger {

    public final List<String> keys = new CopyOnWriteArrayList<>();
    public final Set<PurgeScope.Kind> kinds = EnumSet.of(PurgeScope.Kind.EVERYTHING, PurgeScope.Kind.PREFIX);

    /** Whether it can tell what it holds. */
    public volatile boolean counts = true;

    private final Changes changes;

    FakeCache(Changes changes) {
        this.changes = changes;
    }

    @Override
    public Identity identity() {
        return Identity.of("fake cache", "cache");
    }

    @Override
    public Set<PurgeScope.Kind> supports() {
        return kinds;
    }

    @Override
    public OptionalLong count(PurgeScope scope) {
        return counts ? OptionalLong.of(of(scope).size()) : OptionalLong.empty();
    }

    @Override
    public OptionalLong purge(PurgeScope scope, Progress progress) {
        OptionalLong gone = count(scope);
        changes.make("purge " + scope, () -> keys.removeAll(of(scope)));
        return gone;
    }

    private List<String> of(PurgeScope scope) {
        return keys.stream()
                .filter(key -> scope.kind() == PurgeScope.Kind.EVERYTHING
                        || scope.values().stream().anyMatch(key::startsWith))
                .toList();
    }
}
