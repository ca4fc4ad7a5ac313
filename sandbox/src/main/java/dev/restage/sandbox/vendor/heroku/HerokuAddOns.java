package dev.restage.sandbox.vendor.heroku;

import dev.restage.sandbox.internal.Json;
import dev.restage.sandbox.vendor.internal.Ids;
import dev.restage.sandbox.vendor.internal.StandInServer;
import dev.restage.sandbox.vendor.internal.VendorReply;
import dev.restage.sandbox.vendor.internal.VendorRequest;
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

    /**
     * An add-on, the app that pays for it, and one attachment of it.
     *
     * @param app the app that it is attached to
     * @param configVar the config var that the attachment sets there
     */
    record Owned(AddOn addOn, HostedApp owner, HostedApp app, String configVar) {

        static Owned of(AddOn addOn, HostedApp owner) {
            return new Owned(addOn, owner, owner, addOn.configVar());
        }

        /** {@return the config var without {@code _URL}, as {@code DATABASE}} */
        String attachment() {
            return configVar.substring(0, configVar.length() - "_URL".length());
        }

        String attachmentId() {
            return Ids.uuid("attachment %s %s".formatted(addOn.name(), app.name()));
        }

        boolean isNamed(String wanted) {
            return addOn.isNamed(wanted)
                    || List.of(configVar, attachment(), attachmentId()).contains(wanted);
        }

        Map<String, @Nullable Object> json() {
            return addOn.json(owner);
        }

        Map<String, @Nullable Object> attachmentJson(VendorRequest request) {
            String inclusion = request.header("accept-inclusion").orElse("");
            String created = HerokuJson.time(owner.createdAt());
            Map<String, @Nullable Object> json = Json.of(
                    "id",
                    attachmentId(),
                    "name",
                    attachment(),
                    "namespace",
                    null,
                    "app",
                    HerokuJson.reference(app),
                    "addon",
                    addOn.referenceJson(owner, inclusion.contains("addon:plan")),
                    "web_url",
                    null,
                    "log_input_url",
                    null,
                    "created_at",
                    created,
                    "updated_at",
                    created);
            if (inclusion.contains("config_vars")) {
                json.put("config_vars", List.of(configVar));
            }
            return json;
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
        HerokuPlatform.route(server, "GET /addons/{addon}/addon-attachments", request -> {
            AddOn wanted = find(request.parameter("addon")).addOn();
            return VendorReply.json(
                    200,
                    all().filter(owned -> owned.addOn().id().equals(wanted.id()))
                            .map(owned -> owned.attachmentJson(request))
                            .toList());
        });
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
                .filter(owned -> owned.isNamed(body.path(member).asString("")))
                .filter(owned -> service.isEmpty() || owned.addOn().service().equals(service));
    }

    private Stream<Owned> all() {
        return apps.all().stream().flatMap(HerokuAddOns::of);
    }

    private static Stream<Owned> of(HostedApp app) {
        return Stream.concat(app.addOns().stream().map(addOn -> Owned.of(addOn, app)), app.attached().stream());
    }
}
