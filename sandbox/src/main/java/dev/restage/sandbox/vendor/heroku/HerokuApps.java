package dev.restage.sandbox.vendor.heroku;

import dev.restage.sandbox.internal.Json;
import dev.restage.sandbox.vendor.internal.Refusal;
import dev.restage.sandbox.vendor.internal.VendorReply;
import dev.restage.sandbox.vendor.internal.VendorRequest;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The apps of the Heroku stand-in, and how it refuses. */
final class HerokuApps {

    private final Map<String, HostedApp> byName = new ConcurrentHashMap<>();

    void add(HostedApp app) {
        byName.put(app.name(), app);
    }

    List<HostedApp> all() {
        return byName.values().stream()
                .sorted(Comparator.comparing(HostedApp::name))
                .toList();
    }

    /** {@return the app whose name or id the request's path has at {@code {app}}} */
    HostedApp of(VendorRequest request) {
        return find(request.parameter("app")).orElseThrow(() -> missing("app"));
    }

    Optional<HostedApp> find(String nameOrId) {
        return all().stream()
                .filter(app -> app.name().equals(nameOrId) || app.id().equals(nameOrId))
                .findFirst();
    }

    static Refusal missing(String resource) {
        return new Refusal(VendorReply.json(
                404,
                Json.of(
                        "id",
                        "not_found",
                        "message",
                        "Couldn't find that " + resource.replace("add_on", "add-on") + ".",
                        "resource",
                        resource)));
    }

    static Refusal refused(int status, String id, String message) {
        return new Refusal(VendorReply.json(status, Json.of("id", id, "message", message)));
    }
}
