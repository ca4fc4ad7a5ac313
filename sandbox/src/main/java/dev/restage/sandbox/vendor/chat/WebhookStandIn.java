package dev.restage.sandbox.vendor.chat;

import dev.restage.sandbox.internal.Json;
import dev.restage.sandbox.vendor.Faults;
import dev.restage.sandbox.vendor.RecordedRequest;
import dev.restage.sandbox.vendor.internal.StandInServer;
import dev.restage.sandbox.vendor.internal.VendorReply;
import dev.restage.sandbox.vendor.internal.VendorRequest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;

/** A chat webhook that answers as Slack's incoming webhooks do: {@code ok} or one word that says what is wrong, as plain text. */
public final class WebhookStandIn implements AutoCloseable {

    private static final int MOST_ATTACHMENTS = 100;
    private static final int MOST_BLOCKS = 50;

    private final StandInServer server;
    private final Set<String> hooks = ConcurrentHashMap.newKeySet();
    private final List<ChatMessage> messages = new CopyOnWriteArrayList<>();

    /** Starts it on a free port, without any webhook. */
    public WebhookStandIn() {
        server = new StandInServer("webhook", new SlackManners());
        server.route("POST /services/{team}/{bot}/{secret}", this::post);
    }

    /**
     * Makes a webhook; posting to any other address is answered with {@code no_service}.
     *
     * @param name a word that tells it from others
     * @return the address to post to
     */
    public URI hook(String name) {
        String path = "/services/T0SANDBOX/B0" + Integer.toHexString(name.hashCode()) + "/" + name;
        hooks.add(path);
        return server.url().resolve(path);
    }

    /** {@return the accepted messages, oldest first} */
    public List<ChatMessage> messages() {
        return List.copyOf(messages);
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

    private VendorReply post(VendorRequest request) {
        String path = request.sent().path();
        if (!hooks.contains(path)) {
            return word(404, "no_service");
        }
        String json = payload(request);
        JsonNode payload = Json.parse(json);
        if (!payload.isObject()) {
            return word(400, "invalid_payload");
        }
        String text = payload.path("text").asString("");
        JsonNode blocks = payload.path("blocks");
        JsonNode attachments = payload.path("attachments");
        if (!blocks.isMissingNode() && !blocks.isArray()) {
            return word(400, "invalid_blocks_format");
        }
        if (blocks.size() > MOST_BLOCKS || blocks.valueStream().anyMatch(block -> !block.has("type"))) {
            return word(400, "invalid_blocks");
        }
        if (attachments.size() > MOST_ATTACHMENTS) {
            return word(400, "too_many_attachments");
        }
        if (text.isBlank() && blocks.isEmpty() && attachments.isEmpty()) {
            return word(400, "no_text");
        }
        messages.add(new ChatMessage(path, text, json, Instant.now()));
        return word(200, "ok");
    }

    private static String payload(VendorRequest request) {
        boolean form = request.header("content-type").orElse("").startsWith("application/x-www-form-urlencoded");
        String body = request.sent().body();
        return form ? VendorRequest.form(body).getOrDefault("payload", "") : body;
    }

    private static VendorReply word(int status, String word) {
        return VendorReply.text(status, "text/plain; charset=utf-8", word);
    }

    private static final class SlackManners implements StandInServer.Manners {

        @Override
        public boolean admits(VendorRequest request) {
            return true;
        }

        @Override
        public VendorReply unauthorized(VendorRequest request) {
            return word(403, "invalid_token");
        }

        @Override
        public VendorReply notFound(VendorRequest request) {
            return word(404, "no_service");
        }

        @Override
        public VendorReply throttled(Duration retryAfter) {
            return word(429, "rate_limited");
        }

        @Override
        public VendorReply dressed(VendorReply reply) {
            return reply;
        }
    }
}
