package dev.restage.sandbox.vendor.heroku;

import dev.restage.sandbox.internal.Json;
import dev.restage.sandbox.server.PushListener;
import dev.restage.sandbox.vendor.Faults;
import dev.restage.sandbox.vendor.RecordedRequest;
import dev.restage.sandbox.vendor.internal.SourceTree;
import dev.restage.sandbox.vendor.internal.StandInServer;
import dev.restage.sandbox.vendor.internal.VendorReply;
import dev.restage.sandbox.vendor.internal.VendorRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Heroku: the Platform and Data API and the git host on one port, told apart by path; one-off dynos over the rendezvous protocol; and
 * for each app a web process with a port of its own, which answers 503 in maintenance and else renders the app's real database.
 */
public final class HerokuStandIn implements AutoCloseable, PushListener {

    private static final long BUILD_MILLIS = 200;

    private final String token;
    private final HerokuApps apps = new HerokuApps();
    private final Map<String, HostedApp> hosted = new ConcurrentHashMap<>();
    private final List<WebProcess> webProcesses = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService scheduler =
            Executors.newScheduledThreadPool(2, work -> StandInServer.daemon("sandbox-heroku-work", work));
    private final OneOffDynos oneOffs = new OneOffDynos();
    private final Transfers transfers;
    private final StandInServer server;

    /**
     * Starts it on free ports, without any app.
     *
     * @param token the API token that it accepts
     * @param backups makes and restores the backups behind the Data API's transfers
     */
    public HerokuStandIn(String token, BackupEngine backups) {
        this.token = token;
        server = new StandInServer("heroku", new HerokuManners());
        HerokuAddOns addOns = new HerokuAddOns(apps);
        new HerokuPlatform(apps, oneOffs).on(server);
        addOns.on(server);
        new HerokuLogs(apps).on(server);
        transfers = new Transfers(backups, scheduler);
        new HerokuData(apps, addOns, transfers).on(server);
    }

    /**
     * Hosts an app and deploys the head of its branch, if there is one.
     *
     * @param spec the app
     * @return the address of its web process
     */
    public URI addApp(HerokuApp spec) {
        WebProcess web = new WebProcess(spec.name(), () -> app(spec.name()));
        webProcesses.add(web);
        HostedApp app = new HostedApp(spec, web.url());
        hosted.put(spec.name(), app);
        apps.add(app);
        try {
            SourceTree.head(spec.repository(), spec.branch()).ifPresent(head -> deploy(spec.name(), head));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + spec.repository(), unreadable);
        }
        return URI.create(web.url());
    }

    /**
     * Deploys a commit at once.
     *
     * @param app the name of the app
     * @param commit the commit, 40 hexadecimal digits, in the app's repository
     */
    public void deploy(String app, String commit) {
        app(app).release("Deploy " + HerokuPlatform.shortened(commit), commit);
    }

    @Override
    public void onPush(String repository, String ref, String commit) {
        if (commit.matches("0+")) {
            return;
        }
        apps.all().stream()
                .filter(app -> app.spec().repository().endsWith(Path.of(repository + ".git")))
                .filter(app -> ref.equals("refs/heads/" + app.spec().branch()))
                .forEach(app -> {
                    var unused =
                            scheduler.schedule(() -> deploy(app.name(), commit), BUILD_MILLIS, TimeUnit.MILLISECONDS);
                });
    }

    /**
     * Attaches a database of one app to another app.
     *
     * @param owner the name of the app that the database belongs to
     * @param ownVar the config var that names the database there
     * @param app the name of the app that it is attached to
     * @param configVar the config var that the other app gets, ending in {@code _URL}
     */
    public void attach(String owner, String ownVar, String app, String configVar) {
        app(app).attach(database(owner, ownVar), app(owner), configVar);
    }

    /**
     * Takes a backup of the database that {@code DATABASE_URL} of an app names, as a schedule does, and waits until it has ended.
     *
     * @param app the name of the app that the database belongs to
     * @return the name of the backup: {@code a001}
     */
    public String backUp(String app) {
        Transfer transfer =
                transfers.scheduled(HerokuAddOns.Owned.of(database(app, "DATABASE_URL"), app(app)), server.url());
        return transfer.name();
    }

    /**
     * Begins a transfer of an app that goes on until it is told to end, as a scheduled backup of a large database does.
     *
     * @param app the name of the app
     * @return what ends it
     */
    public Runnable occupy(String app) {
        Transfer transfer = transfers.endless(HerokuAddOns.Owned.of(database(app, "DATABASE_URL"), app(app)));
        return transfer::finish;
    }

    private AddOn database(String app, String configVar) {
        return app(app).addOns().stream()
                .filter(addOn -> addOn.isDatabase() && addOn.configVar().equals(configVar))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the app " + app + " has no " + configVar));
    }

    /** {@return the base address of both APIs and of the git host, {@code http://127.0.0.1:<port>}} */
    public URI endpoint() {
        return server.url();
    }

    /**
     * {@return the address of an app's web process}
     *
     * @param app the name of the app
     */
    public URI webUrl(String app) {
        return URI.create(app(app).webUrl());
    }

    /**
     * {@return the config vars that an app has now}
     *
     * @param app the name of the app
     */
    public Map<String, String> configVars(String app) {
        return app(app).configVars();
    }

    /**
     * {@return the commit that an app runs; empty if it was never deployed}
     *
     * @param app the name of the app
     */
    public String deployedCommit(String app) {
        return app(app).current().commit();
    }

    /** {@return the certificate that signs the rendezvous host's, as PEM text: clients have to trust it} */
    public String caCertificatePem() {
        return oneOffs.caCertificatePem();
    }

    /** {@return all requests so far, oldest first, those to web processes left out} */
    public List<RecordedRequest> requests() {
        return server.requests();
    }

    /** {@return the way to make it misbehave} */
    public Faults faults() {
        return server.faults();
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
        webProcesses.forEach(WebProcess::close);
        oneOffs.close();
        server.close();
    }

    private HostedApp app(String name) {
        HostedApp app = hosted.get(name);
        if (app == null) {
            throw new IllegalArgumentException("no app " + name + " on the sandbox, only " + hosted.keySet());
        }
        return app;
    }

    private final class HerokuManners implements StandInServer.Manners {

        @Override
        public boolean admits(VendorRequest request) {
            return request.token().orElse("").equals(token);
        }

        @Override
        public VendorReply unauthorized(VendorRequest request) {
            return error(401, "unauthorized", "Invalid credentials provided.");
        }

        @Override
        public VendorReply notFound(VendorRequest request) {
            return error(404, "not_found", "The requested API endpoint was not found.");
        }

        @Override
        public VendorReply throttled(Duration retryAfter) {
            return error(429, "rate_limit", "Your account reached the API rate limit. Please wait a few minutes.");
        }

        @Override
        public VendorReply dressed(VendorReply reply) {
            return reply.with("Request-Id", UUID.randomUUID().toString())
                    .with("RateLimit-Remaining", "4498")
                    .with("RateLimit-Multiplier", "1")
                    .with("Oauth-Scope", "global");
        }

        private VendorReply error(int status, String id, String message) {
            return VendorReply.json(status, Json.of("id", id, "message", message));
        }
    }
}
