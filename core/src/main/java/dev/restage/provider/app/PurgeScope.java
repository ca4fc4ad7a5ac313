package dev.restage.provider.app;

import java.util.List;

/**
 * What of a cache is to go.
 *
 * @param kind how the values select
 * @param values the hosts, URLs or prefixes; empty for {@code EVERYTHING}
 */
public record PurgeScope(Kind kind, List<String> values) {

    /** How entries are selected. */
    public enum Kind {
        /** All that the address names: a zone, or the keys of one prefix. */
        EVERYTHING,
        /** All below given host names. */
        HOST,
        /** Single URLs. */
        URL,
        /** All whose key or URL begins with given text. */
        PREFIX
    }

    /**
     * Checks that values are given exactly where they are needed.
     *
     * @param kind how the values select
     * @param values the hosts, URLs or prefixes; empty for {@code EVERYTHING}
     */
    public PurgeScope {
        values = List.copyOf(values);
        if (values.isEmpty() != (kind == Kind.EVERYTHING)) {
            throw new IllegalArgumentException("a purge of the kind " + kind + " with the values " + values);
        }
    }

    /** {@return all that the address names} */
    public static PurgeScope everything() {
        return new PurgeScope(Kind.EVERYTHING, List.of());
    }

    /**
     * {@return everything below one host}
     *
     * @param host the host name
     */
    public static PurgeScope host(String host) {
        return new PurgeScope(Kind.HOST, List.of(host));
    }

    /**
     * {@return single URLs}
     *
     * @param urls absolute URLs
     */
    public static PurgeScope urls(List<String> urls) {
        return new PurgeScope(Kind.URL, urls);
    }

    /**
     * {@return all entries whose key or URL begins with a text}
     *
     * @param prefix the beginning
     */
    public static PurgeScope prefix(String prefix) {
        return new PurgeScope(Kind.PREFIX, List.of(prefix));
    }

    @Override
    public String toString() {
        return kind == Kind.EVERYTHING
                ? "everything"
                : kind.name().toLowerCase(java.util.Locale.ROOT) + " " + String.join(", ", values);
    }
}
