package dev.restage.trial;

import dev.restage.provider.Identity;
import dev.restage.provider.Secret;
import dev.restage.provider.app.AppState;
import dev.restage.provider.app.CommandResult;
import dev.restage.provider.app.PaaS;
import dev.restage.provider.code.CommitId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** An app in memory. */
public final class FakeApp implements PaaS {

    /** What runs; as many as were asked for, at once. */
    public final Map<String, Integer> formation = new ConcurrentSkipListMap<>(Map.of("web", 1));

    /** How commands end; those that are not named print nothing and end well. */
    public final Map<String, CommandResult> commands = new HashMap<>();

    public final Map<String, Secret> settings = new ConcurrentSkipListMap<>();

    public volatile boolean maintenance;

    /** Whether the switch does what it says. */
    public volatile boolean obeys = true;

    public volatile @Nullable CommitId deployed;

    /** Asked before each look at the app. */
    public volatile Runnable beforeLook = () -> {};

    private final Changes changes;

    FakeApp(Changes changes) {
        this.changes = changes;
    }

    @Override
    public Identity identity() {
        return Identity.of("fake app", "app");
    }

    @Override
    public AppState state() {
        beforeLook.run();
        return new AppState("app", maintenance, formation, formation, deployed, null);
    }

    @Override
    public Map<String, Secret> config() {
        return Map.copyOf(settings);
    }

    @Override
    public void configure(Map<String, Secret> changed) {
        changes.make("configure " + changed.keySet(), () -> settings.putAll(changed));
    }

    @Override
    public void unset(Set<String> gone) {
        changes.make("unset " + gone, () -> settings.keySet().removeAll(gone));
    }

    @Override
    public void maintenance(Switch mode) {
        changes.make("maintenance " + mode, () -> maintenance = obeys && mode == Switch.ON);
    }

    @Override
    public void scale(Map<String, Integer> wanted) {
        changes.make("scale " + new TreeMap<>(wanted), () -> formation.putAll(wanted));
    }

    @Override
    public void restart() {
        changes.make("restart", () -> {});
    }

    @Override
    public void resetRepository() {
        changes.make("reset repository", () -> {});
    }

    @Override
    public CommandResult run(String command, Duration limit) {
        changes.make("run %s within %s".formatted(command, limit), () -> {});
        return commands.getOrDefault(command, new CommandResult(0, ""));
    }
}
