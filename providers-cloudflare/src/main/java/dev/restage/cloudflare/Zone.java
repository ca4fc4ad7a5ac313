package dev.restage.cloudflare;

import dev.restage.provider.Address;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A zone, or one host in it.
 *
 * @param id the zone's id, 32 hexadecimal digits
 * @param host the only host that may be purged; empty for the whole zone
 */
record Zone(String id, String host) {

    private static final Pattern FORM = Pattern.compile("zone/([0-9a-f]{32})(?:/([^/]+))?");

    static Zone of(Address address) {
        Matcher form = FORM.matcher(address.rest());
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "write cloudflare:zone/<zone id, 32 hexadecimal digits>, and /<host> if only that host is meant");
        }
        return new Zone(
                form.group(1), Optional.ofNullable(form.group(2)).orElse("").toLowerCase(Locale.ROOT));
    }

    boolean wholeZone() {
        return host.isEmpty();
    }

    /** {@return whether something of a host may be purged} */
    boolean covers(String other) {
        return wholeZone() || host.equals(other.toLowerCase(Locale.ROOT));
    }
}
