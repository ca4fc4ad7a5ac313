package dev.restage.engine;

import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.Register;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A register in memory, which can be out of reach, and lose answers to changes. */
class MemoryRegister implements Register {

    final AtomicReference<@Nullable String> text = new AtomicReference<>();
    final AtomicInteger calls = new AtomicInteger();
    volatile boolean down;
    volatile boolean losesAnswers;

    @Override
    public Optional<String> read() {
        reach();
        return Optional.ofNullable(text.get());
    }

    @Override
    public boolean putIfAbsent(String wanted) {
        return change(null, wanted);
    }

    @Override
    public boolean replace(String expected, String wanted) {
        return change(expected, wanted);
    }

    @Override
    public boolean remove(String expected) {
        return change(expected, null);
    }

    private boolean change(@Nullable String expected, @Nullable String wanted) {
        reach();
        boolean changed;
        synchronized (this) {
            changed = java.util.Objects.equals(text.get(), expected);
            if (changed) {
                text.set(wanted);
            }
        }
        if (losesAnswers) {
            throw new ProviderException(Kind.UNAVAILABLE, "the answer was lost", null);
        }
        return changed;
    }

    private void reach() {
        calls.incrementAndGet();
        if (down) {
            throw new ProviderException(Kind.UNAVAILABLE, "the register does not answer", null);
        }
    }
}
