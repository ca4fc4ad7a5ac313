package dev.restage.sandbox.vendor.cloudflare;

import java.time.Instant;
import java.util.List;

/**
 * A purge that the Cloudflare stand-in accepted.
 *
 * @param zone the id of the zone
 * @param kind the member of the body: {@code hosts}, {@code files}, {@code prefixes}, {@code tags} or {@code purge_everything}
 * @param values what was purged; for {@code files} with headers only the URLs; empty for everything
 * @param at when
 */
public record Purge(String zone, String kind, List<String> values, Instant at) {

    /**
     * Copies the values.
     *
     * @param zone the id of the zone
     * @param kind the member of the body
     * @param values what was purged
     * @param at when
     */
    public Purge {
        values = List.copyOf(values);
    }
}
