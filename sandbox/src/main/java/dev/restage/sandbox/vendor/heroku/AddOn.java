package dev.restage.sandbox.vendor.heroku;

import dev.restage.sandbox.internal.Json;
import dev.restage.sandbox.vendor.internal.Ids;
import dev.restage.sandbox.vendor.internal.app.DatabaseUrl;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An add-on, made from a config var that holds the URL of a service; other apps can have it attached, too. */
record AddOn(String app, String service, String plan, String configVar, String url) {

    static List<AddOn> of(HerokuApp app) {
        List<AddOn> addOns = new ArrayList<>();
        app.configVars().forEach((name, value) -> {
            if (name.endsWith("_URL") && DatabaseUrl.is(value)) {
                addOns.add(new AddOn(app.name(), "heroku-postgresql", "essential-1", name, value));
            } else if (name.endsWith("_URL") && value.matches("rediss?://.*")) {
                addOns.add(new AddOn(app.name(), "heroku-redis", "mini", name, value));
            }
        });
        return List.copyOf(addOns);
    }

    boolean isDatabase() {
        return service.equals("heroku-postgresql");
    }

    String id() {
        return Ids.uuid("addon " + name());
    }

    String name() {
        String kind = isDatabase() ? "postgresql" : "redis";
        return "%s-%s-%s"
                .formatted(kind, app, attachment().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    /** {@return the config var without {@code _URL}, as {@code DATABASE}} */
    String attachment() {
        return configVar.substring(0, configVar.length() - "_URL".length());
    }

    boolean isNamed(String wanted) {
        return List.of(id(), name()).contains(wanted);
    }

    Map<String, @Nullable Object> json(HostedApp owner) {
        String created = HerokuJson.time(owner.createdAt());
        return Json.of(
                "id", id(),
                "name", name(),
                "app", HerokuJson.reference(owner),
                "addon_service", Json.of("id", Ids.uuid(service), "name", service),
                "plan", planJson(),
                "billing_entity", Json.of("id", owner.id(), "name", owner.name(), "type", "app"),
                "billed_price", null,
                "config_vars", List.of(configVar),
                "actions", List.of(),
                "state", "provisioned",
                "provider_id", id(),
                "provision_message", "",
                "web_url", null,
                "created_at", created,
                "updated_at", created);
    }

    Map<String, @Nullable Object> referenceJson(HostedApp owner, boolean withPlan) {
        Map<String, @Nullable Object> json = Json.of("id", id(), "name", name(), "app", HerokuJson.reference(owner));
        if (withPlan) {
            json.put("plan", planJson());
        }
        return json;
    }

    private Map<String, @Nullable Object> planJson() {
        return Json.of("id", Ids.uuid(service + plan), "name", service + ":" + plan);
    }
}
