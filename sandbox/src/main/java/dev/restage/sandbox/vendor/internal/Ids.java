package dev.restage.sandbox.vendor.internal;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Identifiers made from names, so that the same sandbox has the same ones in every run. */
public final class Ids {

    private Ids() {}

    public static String uuid(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }

    public static String hex(String name) {
        return uuid(name).replace("-", "");
    }

    /** {@return a positive number of at most 9 digits} */
    public static int number(String name) {
        return Math.floorMod(UUID.fromString(uuid(name)).getLeastSignificantBits(), 999_999_999) + 1;
    }
}
