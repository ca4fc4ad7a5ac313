package dev.restage.sandbox.vendor.internal;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.restage.sandbox.vendor.Faults;
import dev.restage.sandbox.vendor.RecordedRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The HTTP server under every stand-in: routes, the token check, the record of requests, faults on demand. */
public final class StandInServer implements AutoCloseable {

    static {
        // Without it the JDK's server lets every small answer wait 40 ms for the client's acknowledgement. Read once by
        // the JDK.
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
    }

    private static final System.Logger LOG = System.getLogger(StandInServer.class.getName());

    private final HttpServer http;
    private final ExecutorService threads;
    private final List<Path> routes = new CopyOnWriteArrayList<>();
    private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();
    private final Manners manners;
    private final StandInFaults faults;

    public StandInServer(String name, Manners manners) {
        this.manners = manners;
        this.faults = new StandInFaults(manners::throttled);
        this.threads = Executors.newCachedThreadPool(work -> daemon("sandbox-" + name, work));
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException noPort) {
            threads.shutdownNow();
            throw new UncheckedIOException("no free port on 127.0.0.1 for " + name, noPort);
        }
        http.setExecutor(threads);
        http.createContext("/", this::serve);
        http.start();
    }

    public static Thread daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    /** How a vendor says the things that every route may have to say. */
    public interface Manners {

        /** {@return whether the request may pass} */
        boolean admits(VendorRequest request);

        VendorReply unauthorized(VendorRequest request);

        VendorReply notFound(VendorRequest request);

        VendorReply throttled(Duration retryAfter);

        /** {@return the reply with the headers that the vendor puts on all of them} */
        VendorReply dressed(VendorReply reply);
    }

    /** Answers the requests of one method and path. */
    public interface Route {
        VendorReply answer(VendorRequest request) throws IOException;
    }

    /** Adds a route; {@code {name}} stands for one segment of the path, {@code {name...}} for one or more. */
    public StandInServer route(String methodAndPath, Route route) {
        routes.add(Path.of(methodAndPath, manners::admits, route));
        return this;
    }

    /** Adds a route whose address is the secret, so that it asks for no token. */
    public StandInServer open(String methodAndPath, Route route) {
        routes.add(Path.of(methodAndPath, request -> true, route));
        return this;
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    public List<RecordedRequest> requests() {
        return List.copyOf(requests);
    }

    public Faults faults() {
        return faults;
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] content = exchange.getRequestBody().readAllBytes();
            RecordedRequest sent = recorded(exchange, content);
            requests.add(sent);
            Optional<VendorReply> reply = faults.through(sent.line(), () -> answer(sent));
            if (reply.isPresent()) {
                send(exchange, manners.dressed(reply.get()));
            }
        } catch (RuntimeException defect) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the stand-in failed at " + exchange.getRequestURI().getPath(),
                    defect);
            throw defect;
        }
    }

    private VendorReply answer(RecordedRequest sent) {
        VendorRequest plain = new VendorRequest(sent, Map.of());
        try {
            for (Path path : routes) {
                Matcher match = path.pattern().matcher(sent.line());
                if (match.matches()) {
                    VendorRequest request = new VendorRequest(sent, path.parametersOf(match));
                    return path.admits().test(request) ? path.route().answer(request) : manners.unauthorized(request);
                }
            }
            return manners.admits(plain) ? manners.notFound(plain) : manners.unauthorized(plain);
        } catch (Refusal refusal) {
            return refusal.reply();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static RecordedRequest recorded(HttpExchange exchange, byte[] content) {
        BinaryOperator<String> comma = (one, other) -> one + ", " + other;
        Map<String, String> headers = exchange.getRequestHeaders().entrySet().stream()
                .collect(Collectors.toMap(
                        header -> header.getKey().toLowerCase(Locale.ROOT),
                        header -> String.join(", ", header.getValue()),
                        comma));
        String query = exchange.getRequestURI().getRawQuery();
        return new RecordedRequest(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath(),
                query == null ? "" : query,
                headers,
                new String(content, StandardCharsets.UTF_8),
                Instant.now());
    }

    static void send(HttpExchange exchange, VendorReply reply) throws IOException {
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        boolean bodiless =
                reply.body().length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(reply.status(), bodiless ? -1 : reply.body().length);
        if (!bodiless) {
            exchange.getResponseBody().write(reply.body(), 0, reply.sent());
            exchange.getResponseBody().flush();
        }
    }

    private record Path(Pattern pattern, List<String> names, Predicate<VendorRequest> admits, Route route) {

        private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)(\\.\\.\\.)?}");

        static Path of(String methodAndPath, Predicate<VendorRequest> admits, Route route) {
            StringBuilder regex = new StringBuilder();
            Matcher parameter = PARAMETER.matcher(methodAndPath);
            int from = 0;
            while (parameter.find()) {
                regex.append(Pattern.quote(methodAndPath.substring(from, parameter.start())));
                regex.append(parameter.group(2) == null ? "([^/]+)" : "(.+)");
                from = parameter.end();
            }
            regex.append(Pattern.quote(methodAndPath.substring(from)));
            List<String> names = PARAMETER
                    .matcher(methodAndPath)
                    .results()
                    .map(found -> found.group(1))
                    .toList();
            return new Path(Pattern.compile(regex.toString()), names, admits, route);
        }

        Map<String, String> parametersOf(Matcher match) {
            Function<Integer, String> value =
                    index -> VendorRequest.decode(match.group(index).replace("+", "%2B"));
            Map<String, String> parameters = new LinkedHashMap<>();
            for (int i = 0; i < names.size(); i++) {
                parameters.put(names.get(i), value.apply(i + 1));
            }
            return parameters;
        }
    }
}
