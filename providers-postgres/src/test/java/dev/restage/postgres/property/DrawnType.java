package dev.restage.postgres.property;

import java.util.function.Supplier;

/**
 * A type and values of it.
 *
 * @param name as SQL writes it
 * @param value the next value as an SQL expression, never null
 * @param ordered whether B-tree indexes take it
 */
record DrawnType(String name, Supplier<String> value, boolean ordered) {

    static DrawnType ordered(String name, Supplier<String> value) {
        return new DrawnType(name, value, true);
    }

    static DrawnType unordered(String name, Supplier<String> value) {
        return new DrawnType(name, value, false);
    }

    /** Its value as a literal with a cast, fit for defaults and constants. */
    String constant() {
        return "(%s)::%s".formatted(value.get(), name);
    }
}
