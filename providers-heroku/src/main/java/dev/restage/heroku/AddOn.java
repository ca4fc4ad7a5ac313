package dev.restage.heroku;

import dev.restage.http.Json;
import dev.restage.http.RestRequest;
import dev.restage.http.RestResponse;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.Resource;
import dev.restage.provider.RestageException.Effect;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The database add-on behind a config var. It can belong to another app, which then has its backups.
 *
 * @param id how the Data API knows it
 * @param billingApp the app that it belongs to
 * @param plan the plan, such as {@code essential-1}
 * @param names what transfers call it: the name of each attachment to the app that it belongs to, of which it can have several;
 *     another app's names for it are those of other databases there
 */
record AddOn(String id, String billingApp, String plan, Set<String> names) {

    private static final String SERVICE = "heroku-postgresql:";

    /** Transfers leave this beginning of an attachment's name out. */
    private static final String PREFIX = "HEROKU_POSTGRESQL_";

    static AddOn behind(HerokuApi api, String app, String configVar) {
        return find(api, app, configVar)
                .orElseThrow(() -> new ProviderException(
                        Kind.NOT_FOUND,
                        "%s of the app %s names no Heroku Postgres database; %s".formatted(configVar, app, see(app)),
                        Effect.NONE,
                        null));
    }

    /** The add-on, if there is one: a config var may hold the URL of a database that is not Heroku's. */
    static Optional<AddOn> find(HerokuApi api, String app, String configVar) {
        RestResponse resolved = api.attachments(RestRequest.post("actions/addon-attachments/resolve")
                .json(Map.of("app", app, "addon_attachment", configVar))
                .repeatable()
                .accepting(404));
        List<Json> found = resolved.ok() ? databases(resolved.json()) : List.of();
        if (found.isEmpty()) {
            found = withTheSameValue(api, app, configVar);
        }
        // The default credential, if the same add-on is attached with others too.
        List<Json> plain =
                found.stream().filter(one -> one.at("namespace").isMissing()).toList();
        List<Json> candidates = plain.isEmpty() ? found : plain;
        Set<String> ids =
                candidates.stream().map(one -> one.at("addon").required("id")).collect(Collectors.toSet());
        if (ids.size() > 1) {
            throw new ProviderException(
                    Kind.NOT_FOUND,
                    "%s of the app %s names %d Heroku Postgres databases; %s"
                            .formatted(configVar, app, ids.size(), see(app)),
                    Effect.NONE,
                    null);
        }
        return candidates.stream().findFirst().map(one -> of(api, one.at("addon")));
    }

    private static AddOn of(HerokuApi api, Json addOn) {
        String id = addOn.required("id");
        String billingApp = addOn.at("app").required("name");
        Set<String> names = api.list("addons/{}/addon-attachments", id)
                .filter(attachment -> attachment.at("app").required("name").equals(billingApp))
                .map(attachment -> attachment.required("name").replaceFirst("^" + PREFIX, ""))
                .collect(Collectors.toSet());
        return new AddOn(id, billingApp, addOn.at("plan").required("name").substring(SERVICE.length()), names);
    }

    private static String see(String app) {
        return "see \"heroku addons -a %s\" and name the config var in the address".formatted(app);
    }

    private static List<Json> databases(Json attachments) {
        return attachments
                .list()
                .filter(one -> one.at("addon", "plan").required("name").startsWith(SERVICE))
                .toList();
    }

    /** A config var that someone copied by hand is no attachment; the attachment with the same URL is meant. */
    private static List<Json> withTheSameValue(HerokuApi api, String app, String configVar) {
        Json vars = api.get("apps/{}/config-vars", app);
        String url = vars.text(configVar);
        Json attached = api.attachments(RestRequest.get("apps/{}/addon-attachments", app))
                .json();
        return databases(attached).stream()
                .filter(one -> !url.isEmpty()
                        && one.at("config_vars")
                                .list()
                                .anyMatch(name -> vars.text(name.text()).equals(url)))
                .toList();
    }

    /** Itself. Databases of the newest tier have another interface, with which nothing here was ever tried. */
    AddOn withBackups(Resource resource) {
        if (plan.startsWith("advanced") || plan.startsWith("performance")) {
            throw new ProviderException(
                    Kind.UNSUPPORTED,
                    "%s has the plan %s, whose backups Restage does not know; copy it live instead"
                            .formatted(resource, plan),
                    Effect.NONE,
                    null);
        }
        return this;
    }

    /** Whether a transfer is to or from this one. An app can have several databases, whose transfers are in one list. */
    boolean isIn(Transfer transfer, String member) {
        return names.contains(transfer.json().required(member).replaceFirst("^" + PREFIX, ""));
    }
}
