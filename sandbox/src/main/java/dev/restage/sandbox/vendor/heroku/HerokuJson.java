package dev.restage.sandbox.vendor.heroku;

import dev.restage.sandbox.internal.Json;
import dev.restage.sandbox.vendor.internal.Ids;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The shapes of the Platform API, as in Heroku's published hyper-schema of version 3. */
final class HerokuJson {

    static final String EMAIL = "ops@sandbox.example";

    private HerokuJson() {}

    static String time(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    static Map<String, @Nullable Object> reference(HostedApp app) {
        return Json.of("id", app.id(), "name", app.name());
    }

    static Map<String, @Nullable Object> user() {
        return Json.of("id", Ids.uuid(EMAIL), "email", EMAIL);
    }

    static Map<String, @Nullable Object> app(HostedApp app) {
        HostedApp.Release release = app.current();
        Map<String, @Nullable Object> stack = named("heroku-24");
        return Json.of(
                "id",
                app.id(),
                "name",
                app.name(),
                "maintenance",
                app.maintenance(),
                "acm",
                false,
                "archived_at",
                null,
                "buildpack_provided_description",
                "Python",
                "build_stack",
                stack,
                "stack",
                stack,
                "generation",
                named("cedar"),
                "region",
                named("eu"),
                "owner",
                user(),
                "team",
                null,
                "organization",
                null,
                "space",
                null,
                "internal_routing",
                null,
                "git_url",
                "https://git.heroku.com/" + app.name() + ".git",
                "web_url",
                app.webUrl() + "/",
                "repo_size",
                app.repositoryEmpty() ? 0 : 1_048_576,
                "slug_size",
                release.hasSlug() ? 2_097_152 : null,
                "created_at",
                time(app.createdAt()),
                "released_at",
                time(release.at()),
                "updated_at",
                time(release.at()));
    }

    static Map<String, @Nullable Object> release(HostedApp app, HostedApp.Release release) {
        return Json.of(
                "id", release.id(),
                "version", release.version(),
                "status", "succeeded",
                "current", release.version() == app.current().version(),
                "description", release.description(),
                "slug", release.hasSlug() ? Json.of("id", release.slugId()) : null,
                "user", user(),
                "addon_plan_names",
                        app.addOns().stream()
                                .map(addOn -> addOn.service() + ":" + addOn.plan())
                                .toList(),
                "artifacts", release.hasSlug() ? List.of(Json.of("type", "slug", "id", release.slugId())) : List.of(),
                "output_stream_url", null,
                "eligible_for_rollback", release.hasSlug(),
                "app", reference(app),
                "created_at", time(release.at()),
                "updated_at", time(release.at()));
    }

    static Map<String, @Nullable Object> slug(HostedApp.Release release) {
        return Json.of(
                "id", release.slugId(),
                "commit", release.commit(),
                "commit_description", null,
                "checksum", "SHA256:" + Ids.hex(release.commit()) + Ids.hex(release.slugId()),
                "blob", Json.of("method", "GET", "url", "https://slugs.sandbox.example/" + release.slugId()),
                "buildpack_provided_description", "Python",
                "process_types", Json.of("web", "gunicorn site.wsgi"),
                "size", 2_097_152,
                "stack", named("heroku-24"),
                "stack_name", "heroku-24",
                "created_at", time(release.at()),
                "updated_at", time(release.at()));
    }

    static Map<String, @Nullable Object> build(HostedApp app, HostedApp.Release release) {
        return Json.of(
                "id", Ids.uuid("build " + release.id()),
                "status", "succeeded",
                "source_blob",
                        Json.of(
                                "url",
                                "https://sources.sandbox.example/" + release.slugId(),
                                "version",
                                release.commit(),
                                "version_description",
                                null,
                                "checksum",
                                null),
                "slug", Json.of("id", release.slugId()),
                "release", Json.of("id", release.id()),
                "output_stream_url", "https://builds.sandbox.example/" + release.id(),
                "stack", "heroku-24",
                "buildpacks", null,
                "user", user(),
                "app", Json.of("id", app.id()),
                "created_at", time(release.at()),
                "updated_at", time(release.at()));
    }

    static Map<String, @Nullable Object> formation(HostedApp app, String type, int quantity) {
        String size = "Basic";
        return Json.of(
                "id", Ids.uuid(app.name() + " formation " + type),
                "type", type,
                "quantity", quantity,
                "size", size,
                "dyno_size", named(size),
                "command", type.equals("web") ? "gunicorn site.wsgi" : "python manage.py " + type,
                "app", reference(app),
                "created_at", time(app.createdAt()),
                "updated_at", time(app.createdAt()));
    }

    static Map<String, @Nullable Object> dyno(HostedApp app, HostedApp.Dyno dyno, @Nullable String attachUrl) {
        HostedApp.Release release = app.releases().get(dyno.release() - 1);
        return Json.of(
                "id", dyno.id(),
                "name", dyno.name(),
                "type", dyno.type(),
                "state", dyno.state(),
                "command", dyno.command(),
                "size", dyno.size(),
                "attach_url", attachUrl,
                "release", Json.of("id", release.id(), "version", release.version()),
                "app", reference(app),
                "created_at", time(dyno.at()),
                "updated_at", time(dyno.at()));
    }

    static Map<String, @Nullable Object> coupling(HostedApp app) {
        return Json.of(
                "id", Ids.uuid("coupling " + app.name()),
                "app", Json.of("id", app.id()),
                "pipeline", Json.of("id", Ids.uuid("pipeline")),
                "stage", app.spec().stage(),
                "created_at", time(app.createdAt()),
                "updated_at", time(app.createdAt()));
    }

    static Map<String, @Nullable Object> account() {
        return Json.of(
                "id",
                Ids.uuid(EMAIL),
                "email",
                EMAIL,
                "name",
                "Sandbox Operator",
                "verified",
                true,
                "beta",
                false,
                "allow_tracking",
                false,
                "federated",
                false,
                "two_factor_authentication",
                true,
                "suspended_at",
                null,
                "delinquent_at",
                null,
                "default_team",
                null,
                "last_login",
                null,
                "sms_number",
                null,
                "created_at",
                "2020-01-01T00:00:00Z",
                "updated_at",
                "2020-01-01T00:00:00Z");
    }

    private static Map<String, @Nullable Object> named(String name) {
        return Json.of("id", Ids.uuid(name), "name", name);
    }
}
