package dev.restage.sandbox.s3.internal.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** The HTTP under S3. As many threads as there are requests at a time, so that added latency does not queue them. */
public final class S3Http implements AutoCloseable {

    static {
        // Read once by the JDK. Without the first each small answer waits 40 ms for an acknowledgement; the others keep
        // the connections of a client's whole pool open between two bursts.
        defaultTo("sun.net.httpserver.nodelay", "true");
        defaultTo("sun.net.httpserver.maxIdleConnections", "2000");
        defaultTo("sun.net.httpserver.idleInterval", "300");
    }

    private static final System.Logger LOG = System.getLogger(S3Http.class.getName());

    private final HttpServer http;
    private final ExecutorService threads;
    private final Function<S3Request, Optional<S3Response>> service;

    public S3Http(int port, Function<S3Request, Optional<S3Response>> service) {
        this.service = service;
        this.threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "sandbox-s3");
            thread.setDaemon(true);
            return thread;
        });
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1024);
        } catch (IOException taken) {
            threads.shutdownNow();
            throw new UncheckedIOException("port %d of 127.0.0.1 is not free".formatted(port), taken);
        }
        http.setExecutor(threads);
        http.createContext("/", this::serve);
        http.start();
    }

    public int port() {
        return http.getAddress().getPort();
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            Optional<S3Response> response = answer(exchange);
            if (response.isPresent()) {
                send(exchange, response.get());
            }
        } catch (RuntimeException defect) {
            LOG.log(System.Logger.Level.WARNING, "the S3 server failed at " + exchange.getRequestURI(), defect);
            throw defect;
        }
    }

    private Optional<S3Response> answer(HttpExchange exchange) throws IOException {
        Content body = new Content(body(exchange));
        try {
            return service.apply(S3Request.of(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getRawPath(),
                    exchange.getRequestURI().getRawQuery(),
                    headers(exchange),
                    body));
        } catch (S3Error unreadable) {
            return Optional.of(unreadable.response(exchange.getRequestURI().getRawPath(), "0"));
        }
    }

    private static byte[] body(HttpExchange exchange) throws IOException {
        InputStream in = exchange.getRequestBody();
        String length = exchange.getRequestHeaders().getFirst("Content-Length");
        return length == null ? in.readAllBytes() : in.readNBytes(Integer.parseInt(length));
    }

    private static Map<String, String> headers(HttpExchange exchange) {
        Map<String, String> headers = new HashMap<>();
        for (Map.Entry<String, List<String>> header :
                exchange.getRequestHeaders().entrySet()) {
            List<String> values = header.getValue();
            headers.put(
                    header.getKey().toLowerCase(Locale.ROOT),
                    values.size() == 1 ? values.get(0) : String.join(",", values));
        }
        return headers;
    }

    private static void send(HttpExchange exchange, S3Response response) throws IOException {
        response.headers().forEach(exchange.getResponseHeaders()::set);
        boolean bodiless = response.length() == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(response.status(), bodiless ? -1 : response.length());
        if (!bodiless) {
            exchange.getResponseBody().write(response.body(), response.from(), response.sent());
            if (response.sent() < response.length()) {
                exchange.getResponseBody().flush();
            }
        }
    }

    private static void defaultTo(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
