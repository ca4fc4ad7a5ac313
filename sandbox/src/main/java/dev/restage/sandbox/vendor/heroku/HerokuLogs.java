package dev.restage.sandbox.vendor.heroku;

import dev.restage.sandbox.internal.Json;
import dev.restage.sandbox.vendor.internal.StandInServer;
import dev.restage.sandbox.vendor.internal.VendorReply;
import dev.restage.sandbox.vendor.internal.VendorRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Log sessions: a secret address that shows an app's last log lines, as text or as an event stream. Nothing is tailed. */
final class HerokuLogs {

    private static final int USUAL_LINES = 100;

    private final HerokuApps apps;
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();

    HerokuLogs(HerokuApps apps) {
        this.apps = apps;
    }

    private record Session(HostedApp app, int lines, String source, String dyno) {

        List<String> read() {
            List<String> matching = app.log().stream()
                    .filter(line -> source.isEmpty() || line.source().equals(source))
                    .filter(line -> dyno.isEmpty() || line.dyno().equals(dyno))
                    .map(HostedApp.LogLine::toString)
                    .toList();
            return matching.subList(Math.max(0, matching.size() - lines), matching.size());
        }
    }

    void on(StandInServer server) {
        HerokuPlatform.route(server, "POST /apps/{app}/log-sessions", request -> {
            HostedApp app = apps.of(request);
            JsonNode body = request.json();
            String id = UUID.randomUUID().toString();
            String dyno = body.path("dyno_name").asString(body.path("dyno").asString(""));
            int lines = body.path("lines").asInt(USUAL_LINES);
            sessions.put(id, new Session(app, lines, body.path("source").asString(""), dyno));
            String now = HerokuJson.time(Instant.now());
            Map<String, @Nullable Object> json = Json.of(
                    "id", id, "logplex_url", server.url() + "/_logs/" + id, "created_at", now, "updated_at", now);
            return VendorReply.json(201, json);
        });
        server.open("GET /_logs/{session}", this::read);
    }

    private VendorReply read(VendorRequest request) {
        Session session = sessions.get(request.parameter("session"));
        if (session == null) {
            return VendorReply.text(404, "text/plain", "no such session");
        }
        boolean events = request.header("accept").orElse("").contains("text/event-stream");
        String body = session.read().stream()
                .map(line -> events ? "data: " + line + "\n\n" : line + "\n")
                .collect(Collectors.joining());
        return VendorReply.text(200, events ? "text/event-stream" : "text/plain; charset=utf-8", body);
    }
}
