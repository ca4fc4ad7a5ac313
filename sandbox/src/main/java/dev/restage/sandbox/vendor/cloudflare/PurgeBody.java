package dev.restage.sandbox.vendor.cloudflare;

import dev.restage.sandbox.vendor.internal.Refusal;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * The body of a purge, read as the documentation of 29 September 2026 describes it: exactly one kind, at most 100 items, no
 * scheme in a prefix.
 */
final class PurgeBody {

    private static final Set<String> LISTS = Set.of("files", "tags", "hosts", "prefixes");
    private static final int MOST_ITEMS = 100;
    private static final int LONGEST_TAG = 1024;

    private PurgeBody() {}

    static Purge read(String zone, String zoneName, JsonNode body) {
        List<String> members = body.propertyStream().map(Map.Entry::getKey).toList();
        boolean known = members.stream().allMatch(name -> LISTS.contains(name) || name.equals("purge_everything"));
        if (members.isEmpty() || !known) {
            throw refused(
                    1012,
                    "Request must contain one of \"purge_everything\", \"files\", \"tags\", \"hosts\", \"prefixes\"");
        }
        if (members.size() > 1) {
            throw refused(1092, "Request must contain exactly one kind of purge");
        }
        String kind = members.get(0);
        JsonNode value = body.get(kind);
        if (kind.equals("purge_everything")) {
            if (!value.isBoolean() || !value.asBoolean()) {
                throw refused(1013, "\"purge_everything\" must be true");
            }
            return new Purge(zone, kind, List.of(), Instant.now());
        }
        if (!value.isArray() || value.isEmpty()) {
            throw refused(1014, "\"%s\" must be an array".formatted(kind));
        }
        if (value.size() > MOST_ITEMS) {
            throw refused(codeOfTooMany(kind), "Too many %s in request: at most %d".formatted(kind, MOST_ITEMS));
        }
        List<String> values =
                value.valueStream().map(item -> item(kind, item, zoneName)).toList();
        return new Purge(zone, kind, values, Instant.now());
    }

    private static String item(String kind, JsonNode item, String zoneName) {
        JsonNode text = kind.equals("files") && item.isObject() ? item.path("url") : item;
        if (!text.isString()) {
            throw refused(1014, "\"%s\" must be an array of strings".formatted(kind));
        }
        String value = text.asString();
        switch (kind) {
            case "files" -> checkInZone(hostOf(value), zoneName);
            case "hosts" -> {
                if (!value.matches("[A-Za-z0-9.-]+")) {
                    throw refused(1115, "Invalid host: " + value);
                }
                checkInZone(value, zoneName);
            }
            case "prefixes" -> {
                if (value.contains("://") || value.contains("?") || value.contains("#")) {
                    throw refused(1115, "A prefix has no scheme, no query and no fragment: " + value);
                }
                checkInZone(value.replaceFirst("/.*", ""), zoneName);
            }
            default -> {
                if (value.length() > LONGEST_TAG || value.contains(" ")) {
                    throw refused(1100, "Invalid cache-tag");
                }
            }
        }
        return value;
    }

    private static String hostOf(String url) {
        try {
            String host = URI.create(url).getHost();
            return host == null ? "" : host;
        } catch (IllegalArgumentException notAnUrl) {
            return "";
        }
    }

    private static void checkInZone(String host, String zone) {
        String lower = host.toLowerCase(Locale.ROOT);
        if (!lower.equals(zone) && !lower.endsWith("." + zone)) {
            throw refused(1082, "You can only purge files for this zone");
        }
    }

    private static int codeOfTooMany(String kind) {
        return switch (kind) {
            case "files" -> 1094;
            case "tags" -> 1101;
            default -> 1111;
        };
    }

    private static Refusal refused(int code, String message) {
        return CloudflareStandIn.refused(400, code, message);
    }
}
