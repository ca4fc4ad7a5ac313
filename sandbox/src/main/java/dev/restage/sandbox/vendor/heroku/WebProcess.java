package dev.restage.sandbox.vendor.heroku;

import dev.restage.sandbox.vendor.internal.StandInServer;
import dev.restage.sandbox.vendor.internal.VendorReply;
import dev.restage.sandbox.vendor.internal.VendorRequest;
import dev.restage.sandbox.vendor.internal.app.DatabaseUrl;
import dev.restage.sandbox.vendor.internal.app.SitePages;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/** The web dynos of one app behind Heroku's router, on a port of their own. */
final class WebProcess implements AutoCloseable {

    private static final String MAINTENANCE =
            "<!DOCTYPE html><html><head><title>Offline for Maintenance</title></head><body>"
                    + "<iframe src=\"//www.herokucdn.com/error-pages/maintenance-mode.html\"></iframe></body></html>";
    private static final String NO_DYNO = "<!DOCTYPE html><html><head><title>Application Error</title></head><body>"
            + "<iframe src=\"//www.herokucdn.com/error-pages/no-web-processes.html\"></iframe></body></html>";

    private final StandInServer server;
    private final Supplier<HostedApp> app;

    /** Takes the app late, because the app has to know the port of this. */
    WebProcess(String name, Supplier<HostedApp> app) {
        this.app = app;
        server = new StandInServer("web-" + name, new DjangoManners())
                .route("GET {path...}", this::answer)
                .route("HEAD {path...}", this::answer);
    }

    String url() {
        return server.url().toString();
    }

    @Override
    public void close() {
        server.close();
    }

    private VendorReply answer(VendorRequest request) throws IOException {
        HostedApp hosted = app.get();
        if (hosted.maintenance()) {
            return SitePages.html(503, MAINTENANCE);
        }
        if (!hosted.serves()) {
            return SitePages.html(503, NO_DYNO);
        }
        Map<String, String> settings = hosted.configVars();
        if (settings.getOrDefault("BASIC_AUTH_ENABLED", "").equalsIgnoreCase("true") && !loggedIn(request, settings)) {
            return VendorReply.text(401, "text/plain", "Unauthorized").with("WWW-Authenticate", "Basic realm=\"\"");
        }
        VendorReply reply = page(request, settings);
        return settings.getOrDefault("SEO_NOINDEX", "").equalsIgnoreCase("true")
                ? reply.with("X-Robots-Tag", "noindex")
                : reply;
    }

    private static VendorReply page(VendorRequest request, Map<String, String> settings) {
        String host = request.header("host").orElse("");
        try (Connection database = DatabaseUrl.of(settings.getOrDefault("DATABASE_URL", "postgres://127.0.0.1:1/none"))
                .connect()) {
            return SitePages.answer(database, settings, host, request.parameter("path"));
        } catch (SQLException | IOException broken) {
            return SitePages.html(500, "<h1>Server Error (500)</h1>");
        }
    }

    private static boolean loggedIn(VendorRequest request, Map<String, String> settings) {
        String header = request.header("authorization").orElse("");
        String wanted =
                settings.getOrDefault("BASIC_AUTH_LOGIN", "") + ":" + settings.getOrDefault("BASIC_AUTH_PASSWORD", "");
        return header.startsWith("Basic ")
                && VendorRequest.decodeBase64(header.substring("Basic ".length()))
                        .equals(wanted);
    }

    private static final class DjangoManners implements StandInServer.Manners {

        @Override
        public boolean admits(VendorRequest request) {
            return true;
        }

        @Override
        public VendorReply unauthorized(VendorRequest request) {
            return SitePages.html(403, "<h1>403 Forbidden</h1>");
        }

        @Override
        public VendorReply notFound(VendorRequest request) {
            return SitePages.html(405, "<h1>Method Not Allowed</h1>");
        }

        @Override
        public VendorReply throttled(Duration retryAfter) {
            return SitePages.html(429, "<h1>Too Many Requests</h1>");
        }

        @Override
        public VendorReply dressed(VendorReply reply) {
            return reply.with("Via", "1.1 vegur");
        }
    }
}
