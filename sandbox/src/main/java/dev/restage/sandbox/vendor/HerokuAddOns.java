package dev.restage.sandbox.vendor;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The Platform API's add-ons and attachments: what stands behind {@code DATABASE_URL}. */
final class HerokuAddOns {

    private final HerokuApps apps;

    HerokuAddOns(HerokuApps apps) {
        this.apps = apps;
    }

    /** An add-on and the app that pays for it. */
    record Owned(AddOn addOn, HostedApp owner) {

        Map<String, @Nullable Object> json() {
            return addOn.json(owner);
        }

        Map<String, @Nullable Object> attachmentJson(VendorRequest request) {
            return addOn.attachmentJson(
                    owner, request.header("accept-inclusion").orElse(""));
        }
    }

    void on(StandInServer server) {
        HerokuPlatform.route(
                server,
                "GET /apps/{app}/addons",
                request -> VendorReply.json(
                        200, of(apps.of(request)).map(Owned::json).toList()));
        HerokuPlatform.route(
                server,
                "GET /addons/{addon}",
                request ->
                        VendorReply.json(200, find(request.parameter("addon")).json()));
        HerokuPlatform.route(
                server,
                "GET /apps/{app}/addon-attachments",
                request -> VendorReply.json(
                        200,
                        of(apps.of(request))
                                .map(owned -> owned.attachmentJson(request))
                                .toList()));
        HerokuPlatform.route(
                server,
                "GET /addons/{addon}/addon-attachments",
                request -> VendorReply.json(
                        200, List.of(find(request.parameter("addon")).attachmentJson(request))));
        HerokuPlatform.route(server, "POST /actions/addon-attachments/resolve", this::resolveAttachment);
        HerokuPlatform.route(server, "POST /actions/addons/resolve", this::resolve);
    }

    /** {@return the add-on with an id or a name, if it is of a service} */
    Optional<Owned> find(String idOrName, String service) {
        return all().filter(owned -> owned.addOn().service().equals(service))
                .filter(owned ->
                        List.of(owned.addOn().id(), owned.addOn().name()).contains(idOrName))
                .findFirst();
    }

    private Owned find(String idOrName) {
        return all().filter(owned ->
                        List.of(owned.addOn().id(), owned.addOn().name()).contains(idOrName))
                .findFirst()
                .orElseThrow(() -> HerokuApps.missing("add_on"));
    }

    private VendorReply resolveAttachment(VendorRequest request) {
        List<Map<String, @Nullable Object>> found = matching(request, "addon_attachment")
                .map(owned -> owned.attachmentJson(request))
                .toList();
        if (found.isEmpty()) {
            throw HerokuApps.missing("attachment");
        }
        return VendorReply.json(200, found);
    }

    private VendorReply resolve(VendorRequest request) {
        List<Map<String, @Nullable Object>> found =
                matching(request, "addon").map(Owned::json).toList();
        if (found.isEmpty()) {
            throw HerokuApps.missing("add_on");
        }
        return VendorReply.json(200, found);
    }

    private Stream<Owned> matching(VendorRequest request, String member) {
        JsonNode body = request.json();
        String service = body.path("addon_service").asString("");
        String app = body.path("app").asString("");
        Stream<Owned> candidates =
                app.isEmpty() ? all() : of(apps.find(app).orElseThrow(() -> HerokuApps.missing("app")));
        return candidates
                .filter(owned -> owned.addOn().isNamed(body.path(member).asString("")))
                .filter(owned -> service.isEmpty() || owned.addOn().service().equals(service));
    }

    private Stream<Owned> all() {
        return apps.all().stream().flatMap(HerokuAddOns::of);
    }

    private static Stream<Owned> of(HostedApp app) {
        return app.addOns().stream().map(addOn -> new Owned(addOn, app));
    }
}
