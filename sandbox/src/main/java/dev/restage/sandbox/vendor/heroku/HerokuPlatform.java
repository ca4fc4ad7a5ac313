package dev.restage.sandbox.vendor.heroku;

import dev.restage.sandbox.internal.Json;
import dev.restage.sandbox.vendor.internal.Ids;
import dev.restage.sandbox.vendor.internal.StandInServer;
import dev.restage.sandbox.vendor.internal.VendorReply;
import dev.restage.sandbox.vendor.internal.VendorRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The Platform API: apps, config vars, releases, slugs, builds, formation, dynos, couplings, the account, and the git host. */
final class HerokuPlatform {

    private final HerokuApps apps;
    private final OneOffDynos oneOffs;

    HerokuPlatform(HerokuApps apps, OneOffDynos oneOffs) {
        this.apps = apps;
        this.oneOffs = oneOffs;
    }

    void on(StandInServer server) {
        route(server, "GET /account", request -> VendorReply.json(200, HerokuJson.account()));
        route(server, "GET /account/rate-limits", request -> VendorReply.json(200, Map.of("remaining", 4500)));
        route(server, "GET /apps", request -> Ranges.page(request, "id", list(apps.all(), HerokuJson::app)));
        route(server, "GET /apps/{app}", request -> VendorReply.json(200, HerokuJson.app(apps.of(request))));
        route(server, "PATCH /apps/{app}", this::patchApp);
        route(
                server,
                "GET /apps/{app}/config-vars",
                request -> VendorReply.json(200, apps.of(request).configVars()));
        route(server, "PATCH /apps/{app}/config-vars", this::patchConfigVars);
        route(server, "GET /apps/{app}/releases", this::releases);
        route(server, "POST /apps/{app}/releases", this::newRelease);
        route(
                server,
                "GET /apps/{app}/releases/{release}",
                request -> VendorReply.json(200, HerokuJson.release(apps.of(request), release(request))));
        route(
                server,
                "GET /apps/{app}/releases/{release}/config-vars",
                request -> VendorReply.json(200, release(request).configVars()));
        route(server, "GET /apps/{app}/slugs/{slug}", request -> VendorReply.json(200, HerokuJson.slug(slug(request))));
        route(server, "GET /apps/{app}/builds", this::builds);
        route(server, "DELETE /apps/{app}/build-cache", request -> VendorReply.json(202, Json.of()));
        route(server, "GET /apps/{app}/formation", this::formation);
        route(server, "PATCH /apps/{app}/formation", this::scale);
        route(server, "PATCH /apps/{app}/formation/{type}", this::scaleOne);
        route(server, "GET /apps/{app}/dynos", this::dynos);
        route(server, "GET /apps/{app}/dynos/{dyno}", this::dyno);
        route(server, "POST /apps/{app}/dynos", this::newDyno);
        route(server, "DELETE /apps/{app}/dynos", this::restart);
        route(server, "DELETE /apps/{app}/formations/{type}", this::restart);
        route(server, "DELETE /apps/{app}/dynos/{dyno}", this::restartOne);
        route(server, "POST /apps/{app}/dynos/{dyno}/actions/stop", this::restartOne);
        route(server, "GET /apps/{app}/pipeline-couplings", this::coupling);
        route(server, "GET /apps/{app}/collaborators", request -> VendorReply.json(200, List.of()));
        route(server, "GET /apps/{app}/domains", this::domains);
        server.route("DELETE /{app}.git", this::resetRepository);
    }

    /** Adds a route that wants Heroku's media type, as the Platform API does and the data and git hosts do not. */
    static void route(StandInServer server, String methodAndPath, StandInServer.Route route) {
        server.route(methodAndPath, request -> {
            if (!request.header("accept").orElse("").contains("application/vnd.heroku+json")) {
                throw HerokuApps.refused(
                        406, "not_acceptable", "The `Accept` header must be `application/vnd.heroku+json; version=3`.");
            }
            return route.answer(request);
        });
    }

    private VendorReply patchApp(VendorRequest request) {
        HostedApp app = apps.of(request);
        JsonNode maintenance = object(request).path("maintenance");
        if (!maintenance.isMissingNode()) {
            if (!maintenance.isBoolean()) {
                throw HerokuApps.refused(422, "invalid_params", "Maintenance must be a boolean.");
            }
            app.maintenance(maintenance.asBoolean());
        }
        return VendorReply.json(200, HerokuJson.app(app));
    }

    private VendorReply patchConfigVars(VendorRequest request) {
        HostedApp app = apps.of(request);
        Set<String> attached = app.addOns().stream().map(AddOn::configVar).collect(Collectors.toSet());
        Map<String, @Nullable String> changes = new LinkedHashMap<>();
        object(request).propertyStream().forEach(change -> {
            if (attached.contains(change.getKey())) {
                throw HerokuApps.refused(
                        422, "invalid_params", "Cannot overwrite attachment values " + change.getKey() + ".");
            }
            JsonNode value = change.getValue();
            if (!value.isNull() && !value.isValueNode()) {
                throw HerokuApps.refused(422, "invalid_params", "Config vars must be strings.");
            }
            changes.put(change.getKey(), value.isNull() ? null : value.asString());
        });
        app.change(changes);
        return VendorReply.json(200, app.configVars());
    }

    private VendorReply releases(VendorRequest request) {
        HostedApp app = apps.of(request);
        return Ranges.page(request, "version", list(app.releases(), release -> HerokuJson.release(app, release)));
    }

    private VendorReply newRelease(VendorRequest request) {
        HostedApp app = apps.of(request);
        JsonNode body = object(request);
        String slug = body.path("slug").asString("");
        if (!slug.isEmpty()) {
            HostedApp.Release source = apps.all().stream()
                    .flatMap(any -> any.releases().stream())
                    .filter(release -> release.hasSlug() && release.slugId().equals(slug))
                    .findFirst()
                    .orElseThrow(() -> HerokuApps.missing("slug"));
            String description = body.path("description").asString("Deploy " + shortened(source.commit()));
            return created(app, app.release(description, source.commit()));
        }
        String wanted = body.path("release").asString("");
        HostedApp.Release earlier = app.releases().stream()
                .filter(release -> release.id().equals(wanted))
                .findFirst()
                .orElseThrow(() -> HerokuApps.missing("release"));
        if (!earlier.hasSlug()) {
            throw HerokuApps.refused(422, "invalid_params", "Cannot rollback to this release: it has no slug.");
        }
        return created(app, app.rollBackTo(earlier));
    }

    private static VendorReply created(HostedApp app, HostedApp.Release release) {
        return VendorReply.json(201, HerokuJson.release(app, release));
    }

    static String shortened(String commit) {
        return commit.substring(0, Math.min(8, commit.length()));
    }

    private HostedApp.Release release(VendorRequest request) {
        String wanted = request.parameter("release");
        return apps.of(request).releases().stream()
                .filter(release -> release.id().equals(wanted)
                        || String.valueOf(release.version()).equals(wanted))
                .findFirst()
                .orElseThrow(() -> HerokuApps.missing("release"));
    }

    private HostedApp.Release slug(VendorRequest request) {
        String wanted = request.parameter("slug");
        return apps.of(request).releases().stream()
                .filter(release -> release.hasSlug() && release.slugId().equals(wanted))
                .findFirst()
                .orElseThrow(() -> HerokuApps.missing("slug"));
    }

    private VendorReply builds(VendorRequest request) {
        HostedApp app = apps.of(request);
        List<HostedApp.Release> deploys = app.releases().stream()
                .filter(release -> release.description().startsWith("Deploy"))
                .toList();
        return Ranges.page(request, "id", list(deploys, release -> HerokuJson.build(app, release)));
    }

    private VendorReply formation(VendorRequest request) {
        HostedApp app = apps.of(request);
        return VendorReply.json(200, formationOf(app));
    }

    private static List<Map<String, @Nullable Object>> formationOf(HostedApp app) {
        return list(app.formation().entrySet(), type -> HerokuJson.formation(app, type.getKey(), type.getValue()));
    }

    private VendorReply scale(VendorRequest request) {
        HostedApp app = apps.of(request);
        JsonNode updates = object(request).path("updates");
        // All or nothing, as one wrong type in the middle must not leave half of a change.
        Map<String, Integer> quantities = new LinkedHashMap<>();
        updates.valueStream().forEach(update -> {
            String type = update.path("type").asString("");
            quantities.put(type, quantity(app, type, update.path("quantity")));
        });
        quantities.forEach(app::scale);
        return VendorReply.json(200, formationOf(app));
    }

    private VendorReply scaleOne(VendorRequest request) {
        HostedApp app = apps.of(request);
        String type = request.parameter("type");
        app.scale(type, quantity(app, type, object(request).path("quantity")));
        return VendorReply.json(
                200, HerokuJson.formation(app, type, app.formation().getOrDefault(type, 0)));
    }

    /** {@return the quantity to be: an integer, or the CLI's strings {@code "2"}, {@code "+1"}, {@code "-1"}} */
    private static int quantity(HostedApp app, String type, JsonNode wanted) {
        Integer now = app.formation().get(type);
        if (now == null) {
            throw HerokuApps.refused(404, "not_found", "Couldn't find that process type (" + type + ").");
        }
        if (wanted.isMissingNode()) {
            return now;
        }
        String text = wanted.asString("");
        if (!text.matches("[+-]?\\d{1,3}")) {
            throw HerokuApps.refused(422, "invalid_params", "Invalid quantity.");
        }
        int number = Integer.parseInt(text);
        boolean relative = wanted.isString() && !Character.isDigit(text.charAt(0));
        return Math.max(0, relative ? now + number : number);
    }

    private VendorReply dynos(VendorRequest request) {
        HostedApp app = apps.of(request);
        return VendorReply.json(200, list(app.dynos(), dyno -> HerokuJson.dyno(app, dyno, null)));
    }

    private VendorReply dyno(VendorRequest request) {
        HostedApp app = apps.of(request);
        HostedApp.Dyno dyno = app.dyno(request.parameter("dyno")).orElseThrow(() -> HerokuApps.missing("dyno"));
        return VendorReply.json(200, HerokuJson.dyno(app, dyno, null));
    }

    private VendorReply newDyno(VendorRequest request) {
        HostedApp app = apps.of(request);
        JsonNode body = object(request);
        if (body.path("command").asString("").isBlank()) {
            throw HerokuApps.refused(422, "invalid_params", "Command can't be blank.");
        }
        if (!app.current().hasSlug()) {
            throw HerokuApps.refused(409, "conflict", "release not found yet");
        }
        OneOffDynos.Started started = oneOffs.start(app, body);
        String attachUrl = started.attachUrl().map(URI::toString).orElse(null);
        return VendorReply.json(201, HerokuJson.dyno(app, started.dyno(), attachUrl));
    }

    private VendorReply restart(VendorRequest request) {
        apps.of(request).restart();
        return VendorReply.json(202, Json.of());
    }

    private VendorReply restartOne(VendorRequest request) {
        HostedApp app = apps.of(request);
        HostedApp.Dyno dyno = app.dyno(request.parameter("dyno")).orElseThrow(() -> HerokuApps.missing("dyno"));
        if (!oneOffs.stop(dyno)) {
            app.restart();
        }
        return VendorReply.json(202, Json.of());
    }

    private VendorReply coupling(VendorRequest request) {
        HostedApp app = apps.of(request);
        if (app.spec().stage().isEmpty()) {
            throw HerokuApps.missing("pipeline_coupling");
        }
        return VendorReply.json(200, HerokuJson.coupling(app));
    }

    private VendorReply domains(VendorRequest request) {
        HostedApp app = apps.of(request);
        Map<String, @Nullable Object> domain = Json.of(
                "id",
                Ids.uuid("domain " + app.name()),
                "hostname",
                app.name() + ".herokuapp.com",
                "kind",
                "heroku",
                "cname",
                null,
                "status",
                "none",
                "acm_status",
                null,
                "acm_status_reason",
                null,
                "sni_endpoint",
                null,
                "app",
                HerokuJson.reference(app),
                "created_at",
                HerokuJson.time(app.createdAt()),
                "updated_at",
                HerokuJson.time(app.createdAt()));
        return VendorReply.json(200, List.of(domain));
    }

    private VendorReply resetRepository(VendorRequest request) {
        apps.of(request).emptyRepository();
        return VendorReply.text(200, "text/plain", "ok");
    }

    private static JsonNode object(VendorRequest request) {
        JsonNode body = request.json();
        if (!body.isObject()) {
            throw HerokuApps.refused(400, "bad_request", "Unable to parse the JSON body.");
        }
        return body;
    }

    private static <T> List<Map<String, @Nullable Object>> list(
            Iterable<T> items, Function<T, Map<String, @Nullable Object>> shape) {
        List<Map<String, @Nullable Object>> shapes = new ArrayList<>();
        items.forEach(item -> shapes.add(shape.apply(item)));
        return shapes;
    }
}
