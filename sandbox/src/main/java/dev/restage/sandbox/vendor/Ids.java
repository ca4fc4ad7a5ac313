package dev.restage.sandbox.vendor;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Identifiers made from names, so that the same sandbox has the same ones in every run. */
final class Ids {

    private Ids() {}

    static String uuid(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }

    static String hex(String name) {
        return uuid(name).replace("-", "");
    }

    /** {@return a positive number of at most 9 digits} */
    static int number(String name) {
        return Math.floorMod(UUID.fromString(uuid(name)).getLeastSignificantBits(), 999_999_999) + 1;
    }
}
