package dev.restage.cloudflare;

import dev.restage.provider.Address;
import java.net.IDN;
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

    /** A name as Cloudflare compares it: without port, final dot and wildcard; others than Latin letters as xn--. */
    private static final Pattern HOST = Pattern.compile(
            "(?i)(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)+");

    private static final Pattern AROUND = Pattern.compile("^\\s*(https?://)?(\\*\\.)?|(:\\d*)?\\.?(:\\d*)?\\s*$");

    static Zone of(Address address) {
        Matcher form = FORM.matcher(address.rest());
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "write cloudflare:zone/<zone id, 32 hexadecimal digits>, and /<host> if only that host is meant");
        }
        String host = Optional.ofNullable(form.group(2)).orElse("");
        if (!host.isEmpty() && !isHost(host)) {
            throw new IllegalArgumentException(
                    "\"%s\" is no host that Cloudflare purges%s; write the name alone, as cloudflare:zone/%s/www.acme.example"
                            .formatted(host, meant(host), form.group(1)));
        }
        return new Zone(form.group(1), host.toLowerCase(Locale.ROOT));
    }

    /** {@return whether a text is the name of a host as Cloudflare knows it} */
    static boolean isHost(String text) {
        return HOST.matcher(text).matches();
    }

    /** {@return as the middle of a message, what is likely meant by a text that is no host} */
    static String meant(String text) {
        String bare = ascii(AROUND.matcher(text).replaceAll(""));
        return isHost(bare) ? ": did you mean \"%s\"?".formatted(bare) : "";
    }

    private static String ascii(String name) {
        try {
            return IDN.toASCII(name);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    boolean wholeZone() {
        return host.isEmpty();
    }

    /** {@return whether something of a host may be purged} */
    boolean covers(String other) {
        return wholeZone() || host.equals(other.toLowerCase(Locale.ROOT));
    }
}
