package dev.restage.sandbox.vendor.cloudflare;

import dev.restage.sandbox.internal.Json;
import dev.restage.sandbox.vendor.Faults;
import dev.restage.sandbox.vendor.RecordedRequest;
import dev.restage.sandbox.vendor.internal.Ids;
import dev.restage.sandbox.vendor.internal.Refusal;
import dev.restage.sandbox.vendor.internal.StandInServer;
import dev.restage.sandbox.vendor.internal.VendorReply;
import dev.restage.sandbox.vendor.internal.VendorRequest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Cloudflare's API for zones and cache purges. Purges are checked more strictly than by the vendor's own schema, which accepts
 * two kinds at once or none, and are remembered.
 */
public final class CloudflareStandIn implements AutoCloseable {

    private static final String BASE = "/client/v4";
    private static final String NO_ROUTE = "Could not route to %s, perhaps your object identifier is invalid?";

    private final StandInServer server;
    private final String token;
    private final List<Zone> zones = new CopyOnWriteArrayList<>();
    private final List<Purge> purges = new CopyOnWriteArrayList<>();

    /**
     * Starts it on a free port.
     *
     * @param token the API token that it accepts
     */
    public CloudflareStandIn(String token) {
        this.token = token;
        server = new StandInServer("cloudflare", new CloudflareManners())
                .route("GET " + BASE + "/zones", this::zones)
                .route("GET " + BASE + "/zones/{zone}", request -> success(json(zone(request))))
                .route("POST " + BASE + "/zones/{zone}/purge_cache", this::purge)
                .route("POST " + BASE + "/zones/{zone}/invalidate_cache", this::invalidate)
                .route("GET " + BASE + "/user/tokens/verify", request -> verified());
    }

    /**
     * Adds an active zone.
     *
     * @param name the domain
     * @return the id of the zone, 32 hexadecimal digits, the same for the same name
     */
    public String addZone(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        zones.add(new Zone(Ids.hex(lower), lower, Instant.now()));
        return Ids.hex(lower);
    }

    /** {@return the base address, {@code http://127.0.0.1:<port>/client/v4}} */
    public URI endpoint() {
        return server.url().resolve(BASE);
    }

    /** {@return the accepted purges, oldest first} */
    public List<Purge> purges() {
        return List.copyOf(purges);
    }

    /** {@return all requests so far, oldest first} */
    public List<RecordedRequest> requests() {
        return server.requests();
    }

    /** {@return the way to make it misbehave} */
    public Faults faults() {
        return server.faults();
    }

    @Override
    public void close() {
        server.close();
    }

    private VendorReply zones(VendorRequest request) {
        String name = request.query("name")
                .map(text -> text.replaceFirst("^equal:", ""))
                .orElse("");
        String status = request.query("status").orElse("active");
        int page = Math.max(1, request.number("page", 1));
        int perPage = Math.min(50, Math.max(5, request.number("per_page", 20)));
        List<Zone> matching = zones.stream()
                .filter(zone -> name.isEmpty() || zone.name().equalsIgnoreCase(name))
                .filter(zone -> status.equals("active"))
                .toList();
        List<Map<String, @Nullable Object>> shown = matching.stream()
                .skip((page - 1L) * perPage)
                .limit(perPage)
                .map(CloudflareStandIn::json)
                .toList();
        Map<String, @Nullable Object> envelope = envelope(true, List.of(), List.of(), shown);
        int total = matching.size();
        int pages = (total + perPage - 1) / perPage;
        envelope.put(
                "result_info",
                Json.of(
                        "page",
                        page,
                        "per_page",
                        perPage,
                        "total_pages",
                        pages,
                        "count",
                        shown.size(),
                        "total_count",
                        total));
        return VendorReply.json(200, envelope);
    }

    private VendorReply purge(VendorRequest request) {
        Zone zone = zone(request);
        Purge purge = PurgeBody.read(zone.id(), zone.name(), request.json());
        purges.add(purge);
        return success(Json.of("id", zone.id()));
    }

    private VendorReply invalidate(VendorRequest request) {
        Zone zone = zone(request);
        PurgeBody.read(zone.id(), zone.name(), request.json());
        return success(Json.of("id", zone.id()));
    }

    private static VendorReply verified() {
        Map<String, @Nullable Object> message =
                Json.of("code", 10000, "message", "This API Token is valid and active", "type", null);
        return VendorReply.json(
                200, envelope(true, List.of(), List.of(message), Json.of("id", Ids.hex("token"), "status", "active")));
    }

    private Zone zone(VendorRequest request) {
        String id = request.parameter("zone");
        if (!id.matches("[0-9a-f]{32}")) {
            throw refused(404, 7003, NO_ROUTE.formatted(request.sent().path()));
        }
        return zones.stream()
                .filter(zone -> zone.id().equals(id))
                .findFirst()
                .orElseThrow(() -> refused(403, 9109, "Unauthorized to access requested resource"));
    }

    static Refusal refused(int status, int code, String message) {
        return new Refusal(failure(status, code, message));
    }

    private static VendorReply failure(int status, int code, String message) {
        return VendorReply.json(
                status, envelope(false, List.of(Json.of("code", code, "message", message)), List.of(), null));
    }

    private static VendorReply success(Object result) {
        return VendorReply.json(200, envelope(true, List.of(), List.of(), result));
    }

    private static Map<String, @Nullable Object> envelope(
            boolean success, List<?> errors, List<?> messages, @Nullable Object result) {
        return Json.of("success", success, "errors", errors, "messages", messages, "result", result);
    }

    private static Map<String, @Nullable Object> json(Zone zone) {
        String created = zone.created().toString();
        return Json.of(
                "id",
                zone.id(),
                "name",
                zone.name(),
                "status",
                "active",
                "paused",
                false,
                "type",
                "full",
                "development_mode",
                0,
                "name_servers",
                List.of("ada.ns.cloudflare.com", "bob.ns.cloudflare.com"),
                "original_name_servers",
                List.of(),
                "original_registrar",
                null,
                "original_dnshost",
                null,
                "created_on",
                created,
                "modified_on",
                created,
                "activated_on",
                created,
                "meta",
                Json.of("step", 4, "page_rule_quota", 3, "phishing_detected", false),
                "owner",
                Json.of("id", Ids.hex("owner"), "type", "organization", "name", "Sandbox"),
                "account",
                Json.of("id", Ids.hex("account"), "name", "Sandbox"),
                "plan",
                Json.of("id", Ids.hex("free"), "name", "Free Website", "legacy_id", "free"));
    }

    private record Zone(String id, String name, Instant created) {}

    private final class CloudflareManners implements StandInServer.Manners {

        @Override
        public boolean admits(VendorRequest request) {
            return request.header("authorization").orElse("").equals("Bearer " + token);
        }

        @Override
        public VendorReply unauthorized(VendorRequest request) {
            if (request.header("authorization").orElse("").matches("Bearer \\S+")) {
                return failure(403, 10000, "Authentication error");
            }
            Map<String, @Nullable Object> error = Json.of(
                    "code",
                    6003,
                    "message",
                    "Invalid request headers",
                    "error_chain",
                    List.of(Json.of("code", 6111, "message", "Invalid format for Authorization header")));
            return VendorReply.json(400, envelope(false, List.of(error), List.of(), null));
        }

        @Override
        public VendorReply notFound(VendorRequest request) {
            return failure(404, 7003, NO_ROUTE.formatted(request.sent().path()));
        }

        @Override
        public VendorReply throttled(Duration retryAfter) {
            return failure(429, 971, "Please wait and consider throttling your request speed");
        }

        @Override
        public VendorReply dressed(VendorReply reply) {
            return reply.with("Ratelimit", "\"default\";r=1199;t=300")
                    .with("Ratelimit-Policy", "\"default\";q=1200;w=300");
        }
    }
}
