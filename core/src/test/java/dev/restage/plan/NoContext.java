package dev.restage.plan;

import dev.restage.provider.Address;
import dev.restage.provider.Progress;
import dev.restage.provider.Resource;
import dev.restage.provider.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** A context without resources, for steps that need none: it keeps facts. */
final class NoContext implements StepContext {

    private final Map<String, String> facts = new HashMap<>();
    private final Map<String, String> kept = new HashMap<>();

    @Override
    public <R extends Resource> R use(Address address, Class<R> role) {
        throw new AssertionError("nothing is used: " + address);
    }

    @Override
    public void fact(String name, String value) {
        facts.put(name, value);
    }

    @Override
    public void count(String name, long more) {
        facts.merge(name, Long.toString(more), Facts::sum);
    }

    @Override
    public String keep(String name, Supplier<String> value) {
        return kept.computeIfAbsent(name, any -> value.get());
    }

    @Override
    public Optional<String> kept(String name) {
        return Optional.ofNullable(kept.get(name));
    }

    @Override
    public Optional<String> fact(String name) {
        return Optional.ofNullable(facts.get(name));
    }

    @Override
    public Facts facts() {
        return new Facts(Map.of("step", facts));
    }

    @Override
    public void warn(String message) {
        throw new AssertionError(message);
    }

    @Override
    public Progress progress() {
        return Progress.NONE;
    }

    @Override
    public Secret secret(String variable, String purpose) {
        throw new AssertionError(variable);
    }

    @Override
    public void await(String what, Duration limit, BooleanSupplier condition) {
        throw new AssertionError(what);
    }

    @Override
    public Path memory() {
        return Path.of("memory");
    }

    @Override
    public String runId() {
        return "none";
    }

    @Override
    public Instant startedAt() {
        return Instant.EPOCH;
    }
}
