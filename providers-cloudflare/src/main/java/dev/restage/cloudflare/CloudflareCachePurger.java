package dev.restage.cloudflare;

import dev.restage.http.Json;
import dev.restage.http.RestClient;
import dev.restage.http.RestRequest;
import dev.restage.http.RestResponse;
import dev.restage.provider.Identity;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.RestageException.Effect;
import dev.restage.provider.app.CachePurger;
import dev.restage.provider.app.PurgeScope;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Purges one Cloudflare zone, or one host in it: staging is often a host of production's zone, and purging the whole
 * zone would empty production's cache. Authentication, retries and error kinds are {@link RestClient}'s.
 */
final class CloudflareCachePurger implements CachePurger {

    /**
     * The most URLs in one call. Source: Cloudflare docs, "Purge cache", limits: 100 on Free to Business, read 2026-09;
     * older pages and a field report of 2025 say 30, which every plan takes.
     */
    static final int URLS_PER_CALL = 30;

    /** The most hosts or prefixes in one call, all plans. Source: Cloudflare docs, "Purge cache", limits, read 2026-09. */
    static final int ITEMS_PER_CALL = 100;

    /** A cache key has no port that its scheme has anyway. Source: Cloudflare docs, "Purge cache", read 2026-09. */
    private static final Map<String, String> USUAL_PORTS = Map.of("http", ":80", "https", ":443");

    /** The credential has not the form of one. Source: Cloudflare's replies as users report them. */
    private static final Set<Long> MALFORMED = Set.of(6003L, 6103L, 6111L);

    private final RestClient rest;
    private final Zone zone;

    CloudflareCachePurger(RestClient rest, Zone zone) {
        this.rest = rest;
        this.zone = zone;
    }

    /**
     * The hosts whose cache it is, so that it is known whether it is that of another environment's site too. Only Cloudflare
     * knows which those of a whole zone are, and tells it to tokens that may read zones.
     */
    @Override
    public Identity identity() {
        return zone.wholeZone() ? Identity.domain(name()) : Identity.host(zone.host());
    }

    private String name() {
        try {
            return nameIn(rest.send(RestRequest.get("zones/{}", zone.id())));
        } catch (ProviderException e) {
            throw new ProviderException(e.kind(), unknown(String.valueOf(e.getMessage())), Effect.NONE, e);
        }
    }

    /** An answer about another zone, or a name that is none, tells nothing of this one. */
    private String nameIn(RestResponse answer) {
        Json result = answer.object().at("result");
        String name = result.required("name");
        if (!answer.object().requiredFlag("success")
                || !result.required("id").equals(zone.id())
                || !Zone.isHost(name)) {
            throw answer.notUnderstood("does not name the zone that was asked for");
        }
        return name;
    }

    private String unknown(String why) {
        return "which hosts the zone %s serves cannot be told (%s), so it may be production's too: give the token the permission Zone, Zone, Read, or name the only host to be purged, as cloudflare:zone/%s/<host>"
                .formatted(zone.id(), why, zone.id());
    }

    @Override
    public Set<PurgeScope.Kind> supports() {
        return EnumSet.allOf(PurgeScope.Kind.class);
    }

    /** Cloudflare does not tell what it has cached, but whether it would be purged. */
    @Override
    public OptionalLong count(PurgeScope scope) {
        refuseOutside(scope);
        refuseIfDenied();
        return OptionalLong.empty();
    }

    /**
     * A token that may not purge is refused before the body is read, so a purge of nothing finds it without a purge. Source:
     * Cloudflare's errors 10000 and 1012 as users report them, read 2026-11; nothing else tells what a token may do.
     */
    private void refuseIfDenied() {
        RestRequest request = RestRequest.post("zones/{}/purge_cache", zone.id())
                .json(Map.of("files", List.of()))
                .repeatable()
                .accepting(400);
        RestResponse response = rest.send(request);
        if (response.object().requiredFlag("success")) {
            return;
        }
        Set<Long> codes = response.json()
                .at("errors")
                .list()
                .map(error -> error.requiredNumber("code"))
                .collect(Collectors.toSet());
        if (codes.isEmpty()) {
            throw response.notUnderstood("does not say what is wrong");
        }
        if (!Collections.disjoint(codes, MALFORMED)) {
            throw rest.failure(request, response, Kind.DENIED);
        }
    }

    @Override
    public OptionalLong purge(PurgeScope scope, Progress progress) {
        refuseOutside(scope);
        switch (scope.kind()) {
            case EVERYTHING -> {
                if (zone.wholeZone()) {
                    call(Map.of("purge_everything", true));
                } else {
                    call(Map.of("hosts", List.of(zone.host())));
                }
            }
            case HOST -> inChunks("hosts", scope.values(), ITEMS_PER_CALL);
            case URL -> inChunks("files", scope.values(), URLS_PER_CALL);
            case PREFIX ->
                inChunks(
                        "prefixes",
                        scope.values().stream()
                                .map(CloudflareCachePurger::withoutScheme)
                                .toList(),
                        ITEMS_PER_CALL);
        }
        return OptionalLong.empty();
    }

    private void inChunks(String kind, List<String> values, int most) {
        for (int from = 0; from < values.size(); from += most) {
            call(Map.of(kind, values.subList(from, Math.min(from + most, values.size()))));
        }
    }

    private void call(Map<String, Object> body) {
        RestRequest request =
                RestRequest.post("zones/{}/purge_cache", zone.id()).json(body).repeatable();
        RestResponse response = rest.send(request);
        if (!response.object().requiredFlag("success")) {
            throw rest.failure(request, response, Kind.FAILED);
        }
    }

    private void refuseOutside(PurgeScope scope) {
        for (String value : scope.values()) {
            String host = switch (scope.kind()) {
                case HOST -> value;
                case URL -> hostOf(value);
                case PREFIX -> withoutScheme(value).replaceFirst("/.*", "");
                case EVERYTHING -> zone.host();
            };
            if (scope.kind() != PurgeScope.Kind.EVERYTHING && !Zone.isHost(host)) {
                throw refused("\"%s\" names no host as Cloudflare knows it%s".formatted(value, Zone.meant(host)));
            }
            if (!zone.covers(host)) {
                throw refused(
                        "%s is outside of the host %s, to which the address limits purges of the zone %s: name another address"
                                .formatted(value, zone.host(), zone.id()));
            }
        }
    }

    private static ProviderException refused(String why) {
        return new ProviderException(Kind.UNSUPPORTED, why, Effect.NONE, null);
    }

    private static String hostOf(String url) {
        try {
            URI parsed = new URI(url);
            String authority = String.valueOf(parsed.getRawAuthority());
            String usual = USUAL_PORTS.get(String.valueOf(parsed.getScheme()));
            if (usual != null && !authority.endsWith(usual)) {
                return authority.replaceFirst(":\\d+$", "");
            }
        } catch (URISyntaxException e) {
            throw refused(
                    "Cloudflare cannot match the URL \"%s\" (%s): write it as visitors' browsers send it, with %%20 for a blank"
                            .formatted(url, e.getReason()));
        }
        throw refused(
                "Cloudflare cannot match \"%s\": write a whole URL, https://host/path, without a port that is the usual one"
                        .formatted(url));
    }

    /** A prefix is {@code host/path}, without a scheme. Source: Cloudflare docs, "Purge by prefix", read 2026-09. */
    private static String withoutScheme(String prefix) {
        return prefix.replaceFirst("^https?://", "");
    }
}
