package dev.restage.sandbox.vendor.heroku;

import dev.restage.sandbox.internal.Json;
import dev.restage.sandbox.vendor.internal.Ids;
import dev.restage.sandbox.vendor.internal.StandInServer;
import dev.restage.sandbox.vendor.internal.VendorReply;
import dev.restage.sandbox.vendor.internal.VendorRequest;
import dev.restage.sandbox.vendor.internal.app.DatabaseUrl;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The Data API: databases, their transfers, and key-value stores. What it says of a database it asks the real one. */
final class HerokuData {

    private static final String DATABASE = "/client/v11/databases/{db}";
    private static final String TRANSFER = "/client/v11/apps/{app}/transfers/{transfer}";

    private final HerokuApps apps;
    private final HerokuAddOns addOns;
    private final Transfers transfers;

    HerokuData(HerokuApps apps, HerokuAddOns addOns, Transfers transfers) {
        this.apps = apps;
        this.addOns = addOns;
        this.transfers = transfers;
    }

    void on(StandInServer server) {
        server.route("GET " + DATABASE, this::info);
        server.route("GET " + DATABASE + "/wait_status", this::waitStatus);
        server.route(
                "POST " + DATABASE + "/backups",
                request -> VendorReply.json(
                        201, transfers.capture(database(request), server.url()).json()));
        server.route("POST " + DATABASE + "/restores", this::restore);
        server.route("POST " + DATABASE + "/transfers", this::copy);
        server.route("GET " + DATABASE + "/transfer-schedules", request -> VendorReply.json(200, List.of()));
        server.route("PUT " + DATABASE + "/reset", this::reset);
        server.route("POST " + DATABASE + "/connection_reset", this::connectionReset);
        server.route("GET /client/v11/apps/{app}/transfers", this::list);
        server.route("GET " + TRANSFER, this::transfer);
        server.route("DELETE " + TRANSFER, this::delete);
        server.route("POST " + TRANSFER + "/actions/cancel", this::cancel);
        server.route("POST " + TRANSFER + "/actions/public-url", this::publicUrl);
        server.open("GET " + Transfers.STORE + "{backup}", new BackupDownload(transfers, server.url()));
        server.route("GET /postgres/v0/databases/{db}/credentials", this::credentials);
        server.route("GET /redis/v0/databases/{db}", this::redis);
        server.route("GET /redis/v0/databases/{db}/wait", this::waitStatus);
    }

    private VendorReply info(VendorRequest request) {
        HerokuAddOns.Owned owned = database(request);
        DatabaseUrl url = DatabaseUrl.of(owned.addOn().url());
        long bytes = 0;
        List<Map<String, @Nullable Object>> info = new ArrayList<>();
        info.add(figure("Plan", owned.addOn().plan()));
        try (Connection connection = url.connect()) {
            bytes = number(connection, "SELECT pg_database_size(current_database())");
            String tables =
                    "SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace";
            info.add(figure("Status", "Available"));
            info.add(figure(
                    "Connections",
                    number(connection, "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
                            + "/20"));
            info.add(figure("PG Version", connection.getMetaData().getDatabaseProductVersion()));
            info.add(figure("Data Size", "%.1f MB / 10 GB (In compliance)".formatted(bytes / 1_048_576.0)));
            info.add(figure("Tables", number(connection, tables) + "/4000 (In compliance)"));
        } catch (SQLException unreachable) {
            info.add(figure("Status", "Unavailable"));
        }
        info.add(figure("Fork/Follow", "Unsupported"));
        info.add(figure("Rollback", "Unsupported"));
        info.add(figure("Continuous Protection", "Off"));
        return VendorReply.json(
                200,
                Json.of(
                        "addon_id", owned.addOn().id(),
                        "name", owned.addOn().name(),
                        "plan", owned.addOn().plan(),
                        "created_at", owned.owner().createdAt().toString(),
                        "database_user", url.user(),
                        "database_name", url.name(),
                        "resource_url", owned.addOn().url(),
                        "waiting?", false,
                        "num_bytes", bytes,
                        "info", info));
    }

    private VendorReply waitStatus(VendorRequest request) {
        return VendorReply.json(200, Json.of("message", "available", "waiting?", false, "error?", false));
    }

    private VendorReply restore(VendorRequest request) {
        String backup = request.json().path("backup_url").asString("");
        if (backup.isEmpty()) {
            throw HerokuApps.refused(422, "invalid_params", "backup_url is required");
        }
        return VendorReply.json(
                201, transfers.restore(database(request), backup).json());
    }

    private VendorReply copy(VendorRequest request) {
        JsonNode body = request.json();
        Transfer.End from = new Transfer.End(
                body.path("from_name").asString("DATABASE"),
                "pg_dump",
                body.path("from_url").asString(""));
        Transfer.End to = new Transfer.End(
                body.path("to_name").asString("DATABASE"),
                "pg_restore",
                body.path("to_url").asString(""));
        if (!DatabaseUrl.is(from.url())
                || !DatabaseUrl.is(to.url())
                || from.url().equals(to.url())) {
            throw HerokuApps.refused(422, "invalid_params", "from_url and to_url must be two databases");
        }
        return VendorReply.json(201, transfers.copy(database(request), from, to).json());
    }

    private VendorReply reset(VendorRequest request) {
        String url = database(request).addOn().url();
        List<String> extensions = new ArrayList<>();
        request.json().path("extensions").valueStream().forEach(name -> extensions.add(name.asString("")));
        transfers.renew(url);
        try (Connection connection = DatabaseUrl.of(url).connect();
                Statement statement = connection.createStatement()) {
            for (String extension : extensions) {
                String[] parts = extension.split("\\.", 2);
                String name = parts[parts.length - 1];
                statement.execute("CREATE EXTENSION IF NOT EXISTS \"" + name.replace("\"", "\"\"") + "\"");
            }
        } catch (SQLException failed) {
            throw HerokuApps.refused(422, "invalid_params", "could not reset the database: " + failed.getMessage());
        }
        return VendorReply.json(200, Map.of("message", "Database reset"));
    }

    private VendorReply connectionReset(VendorRequest request) {
        try (Connection connection =
                        DatabaseUrl.of(database(request).addOn().url()).connect();
                Statement statement = connection.createStatement()) {
            kill(statement);
        } catch (SQLException failed) {
            throw HerokuApps.refused(422, "invalid_params", "could not reset connections: " + failed.getMessage());
        }
        return VendorReply.json(200, Map.of("message", "Connections reset"));
    }

    private static void kill(Statement statement) throws SQLException {
        statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
    }

    private VendorReply list(VendorRequest request) {
        return VendorReply.json(
                200, transfers.of(apps.of(request)).stream().map(Transfer::json).toList());
    }

    private VendorReply transfer(VendorRequest request) {
        boolean verbose = request.query("verbose").orElse("").equals("true");
        Transfer transfer = find(request);
        return VendorReply.json(200, verbose ? transfer.verboseJson() : transfer.json());
    }

    private VendorReply delete(VendorRequest request) {
        Transfer transfer = find(request);
        transfers.delete(transfer);
        return VendorReply.json(200, transfer.json());
    }

    private VendorReply cancel(VendorRequest request) {
        Transfer transfer = find(request);
        if (!transfer.cancel()) {
            throw HerokuApps.refused(422, "invalid_params", "The transfer has finished already.");
        }
        return VendorReply.json(201, Json.of("canceled_at", transfer.json().get("canceled_at")));
    }

    private VendorReply publicUrl(VendorRequest request) {
        Instant expiry = Instant.now().plus(Duration.ofHours(1));
        return VendorReply.json(
                200,
                Json.of(
                        "expires_at",
                        Transfer.time(expiry),
                        "url",
                        find(request).toUrl()));
    }

    private VendorReply credentials(VendorRequest request) {
        AddOn addOn = database(request).addOn();
        DatabaseUrl url = DatabaseUrl.of(addOn.url());
        Map<String, @Nullable Object> login =
                Json.of("user", url.user(), "password", url.password(), "state", "active");
        return VendorReply.json(
                200,
                List.of(Json.of(
                        "uuid", Ids.uuid("credential " + addOn.name()),
                        "name", "default",
                        "state", "active",
                        "database", url.name(),
                        "host", String.valueOf(url.url().getHost()),
                        "port", url.port(),
                        "credentials", List.of(login))));
    }

    private VendorReply redis(VendorRequest request) {
        HerokuAddOns.Owned owned =
                addOns.find(request.parameter("db"), "heroku-redis").orElseThrow(() -> HerokuApps.missing("add_on"));
        return VendorReply.json(
                200,
                Json.of(
                        "addon_id", owned.addOn().id(),
                        "name", owned.addOn().name(),
                        "plan", owned.addOn().plan(),
                        "created_at", owned.owner().createdAt().toString(),
                        "formation", Json.of("id", Ids.uuid(owned.addOn().name()), "primary", null),
                        "metaas_source", "heroku-redis",
                        "port", URI.create(owned.addOn().url()).getPort(),
                        "resource_url", owned.addOn().url(),
                        "info",
                                List.of(
                                        figure("Plan", owned.addOn().plan()),
                                        figure("Status", "available"),
                                        figure("Version", "7.2")),
                        "version", "7.2",
                        "prefer_native_tls", false));
    }

    private HerokuAddOns.Owned database(VendorRequest request) {
        return addOns.find(request.parameter("db"), "heroku-postgresql")
                .orElseThrow(() -> HerokuApps.missing("add_on"));
    }

    private Transfer find(VendorRequest request) {
        return transfers
                .find(apps.of(request), request.parameter("transfer"))
                .orElseThrow(() -> HerokuApps.missing("transfer"));
    }

    private static Map<String, @Nullable Object> figure(String name, String value) {
        return Json.of("name", name, "values", List.of(value));
    }

    private static long number(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }
}
