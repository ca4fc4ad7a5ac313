package dev.restage.engine;

import dev.restage.provider.Register;
import java.util.Optional;

/** Holds nothing and takes nothing. */
final class NoRegister implements Register {

    @Override
    public Optional<String> read() {
        return Optional.empty();
    }

    @Override
    public boolean putIfAbsent(String text) {
        return false;
    }

    @Override
    public boolean replace(String expected, String text) {
        return false;
    }

    @Override
    public boolean remove(String expected) {
        return false;
    }
}
