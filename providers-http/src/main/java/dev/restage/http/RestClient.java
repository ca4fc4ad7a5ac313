package dev.restage.http;

import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.RestageException.Effect;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Calls one REST interface: authentication, retries, limits, redirects and error kinds. Every method throws
 * {@link ProviderException} for an answer that is no success; its message names the call and quotes the vendor, never
 * a secret. The credential goes to the origin of the base URL only. May be used by several threads; keeps no thread
 * that would hold the JVM.
 */
public final class RestClient implements AutoCloseable {

    private static final int MOST_REDIRECTS = 5;
    private static final int MOST_BYTES = 64 << 20;

    private final String name;
    private final HttpUrl base;
    private final Credential credential;
    private final Retry retry;
    private final OkHttpClient http;

    private RestClient(String name, HttpUrl base, Credential credential, Retry retry, OkHttpClient http) {
        this.name = name;
        this.base = base;
        this.credential = credential;
        this.retry = retry;
        this.http = http;
    }

    /**
     * Makes a client. Connects to nothing yet.
     *
     * @param name who answers, as messages call it: {@code cloudflare}
     * @param baseUrl what paths are relative to
     * @param credential what is shown to the base URL's machine
     * @param retry how often to try
     * @return the client
     */
    public static RestClient create(String name, URI baseUrl, Credential credential, Retry retry) {
        return create(name, baseUrl, credential, retry, HttpSettings.standard());
    }

    /**
     * Makes a client. Connects to nothing yet.
     *
     * @param name who answers, as messages call it: {@code cloudflare}
     * @param baseUrl what paths are relative to
     * @param credential what is shown to the base URL's machine
     * @param retry how often to try
     * @param settings how to find and trust machines
     * @return the client
     */
    public static RestClient create(
            String name, URI baseUrl, Credential credential, Retry retry, HttpSettings settings) {
        HttpUrl base = HttpUrl.parse(baseUrl.toString());
        if (base == null) {
            throw new IllegalArgumentException("the URL of " + name + " must begin with http:// or https://");
        }
        return new RestClient(name, base, credential, retry, settings.client());
    }

    /**
     * Reads.
     *
     * @param path the path, {@code {}} for each part to be encoded
     * @param parts what replaces each {@code {}}
     * @return the answer's body
     */
    public Json get(String path, String... parts) {
        return send(RestRequest.get(path, parts)).json();
    }

    /**
     * Posts JSON, once.
     *
     * @param path the path as it travels
     * @param body a record, map or list
     * @return the answer's body
     */
    public Json post(String path, Object body) {
        return send(RestRequest.post(path).json(body)).json();
    }

    /**
     * Changes members to given values.
     *
     * @param path the path as it travels
     * @param body a record, map or list
     * @return the answer's body
     */
    public Json patch(String path, Object body) {
        return send(RestRequest.patch(path).json(body)).json();
    }

    /**
     * Replaces.
     *
     * @param path the path as it travels
     * @param body a record, map or list
     * @return the answer's body
     */
    public Json put(String path, Object body) {
        return send(RestRequest.put(path).json(body)).json();
    }

    /**
     * Deletes.
     *
     * @param path the path, {@code {}} for each part to be encoded
     * @param parts what replaces each {@code {}}
     * @return the answer's body
     */
    public Json delete(String path, String... parts) {
        return send(RestRequest.delete(path, parts)).json();
    }

    /**
     * Makes a call.
     *
     * @param request the call
     * @return the answer: a success, or a status that the request accepts
     */
    public RestResponse send(RestRequest request) {
        return exchange(request, response -> read(request, response));
    }

    /**
     * Reads a long list, a page at a time, as the stream goes on.
     *
     * @param first the request of the first page
     * @param paging how the vendor continues it
     * @return the pages
     */
    public Stream<RestResponse> pages(RestRequest first, Paging paging) {
        record Page(RestRequest request, RestResponse response) {}
        return Stream.iterate(
                        Optional.of(new Page(first, send(first))),
                        Optional::isPresent,
                        page -> page.flatMap(here -> paging.next(here.request(), here.response()))
                                .filter(this::isOurs)
                                .map(next -> new Page(next, send(next))))
                .flatMap(Optional::stream)
                .map(Page::response);
    }

    /** A next page elsewhere is not followed: neither the credential nor the trust belongs there. */
    private boolean isOurs(RestRequest next) {
        if (!sameOrigin(url(next))) {
            throw new ProviderException(
                    Kind.FAILED,
                    "%s continues a list at another machine (%s): check the base URL".formatted(name, next),
                    Effect.NONE,
                    null);
        }
        return true;
    }

    /**
     * Fetches a file. Repeated only while nothing has been written.
     *
     * @param request what to fetch; an absolute URL of another origin gets no credential
     * @param target where the bytes go; not closed
     * @param progress told of bytes done
     * @return the number of bytes
     */
    public long download(RestRequest request, OutputStream target, Progress progress) {
        return exchange(request, response -> Download.copy(request, response, target, progress));
    }

    /**
     * Opens a file, to be read while it arrives.
     *
     * @param request what to fetch, asked for anew each time the file is opened or gone on with: an absolute URL of
     *     another origin gets no credential, and may be one that expires
     * @return the file; what breaks off is gone on with
     */
    public Download open(Supplier<RestRequest> request) {
        return new Download(headers -> {
            // Compressed on the way, it could not be gone on with at a byte of the file.
            RestRequest asked = request.get().header("Accept-Encoding", "identity");
            for (Map.Entry<String, String> header : headers.entrySet()) {
                asked = asked.header(header.getKey(), header.getValue());
            }
            return exchange(asked, response -> response);
        });
    }

    /**
     * Says why an accepted answer is a failure after all.
     *
     * @param request the call
     * @param response its answer
     * @return the exception that the call would have thrown for this answer
     */
    public ProviderException failure(RestRequest request, RestResponse response) {
        return failure(request, response, Failure.kindOf(response));
    }

    /**
     * Says why an accepted answer is a failure after all, of a kind that only this vendor's provider can know.
     *
     * @param request the call
     * @param response its answer
     * @param kind what it means
     * @return the exception
     */
    public ProviderException failure(RestRequest request, RestResponse response, Kind kind) {
        return Failure.answered(name, request, response, kind, credential);
    }

    /** Lets go of idle connections. The client can still be used. */
    @Override
    public void close() {
        http.connectionPool().evictAll();
    }

    /** What is made of an answer whose status is a success; has to see to it that the answer is closed. */
    @FunctionalInterface
    private interface Reader<T> {
        T read(Response response) throws IOException;
    }

    /** Either a result, or why there is none and whether another attempt can help. */
    private record Outcome<T>(
            Optional<T> result, Optional<ProviderException> failure, Optional<Duration> asked, boolean again) {}

    private <T> T exchange(RestRequest request, Reader<T> reader) {
        for (int attempt = 1; ; attempt++) {
            Outcome<T> outcome = attempt(request, reader);
            if (outcome.result().isPresent()) {
                return outcome.result().get();
            }
            ProviderException failure = outcome.failure().orElseThrow();
            Duration pause = outcome.asked()
                    .orElse(retry.pauseAfter(
                            attempt, ThreadLocalRandom.current().nextDouble()));
            if (!outcome.again() || attempt >= retry.attempts() || pause.compareTo(retry.longestPause()) > 0) {
                throw failure;
            }
            Polling.pause(pause, failure);
        }
    }

    private <T> Outcome<T> attempt(RestRequest request, Reader<T> reader) {
        try {
            Response response = follow(request);
            if (response.isSuccessful() || request.accepts(response.code())) {
                return new Outcome<>(Optional.of(reader.read(response)), Optional.empty(), Optional.empty(), false);
            }
            RestResponse refusal = read(request, response);
            Kind kind = Failure.kindOf(refusal);
            boolean again = kind == Kind.THROTTLED || (kind == Kind.UNAVAILABLE && request.isRepeatable());
            return new Outcome<>(
                    Optional.empty(),
                    Optional.of(failure(request, refusal, kind)),
                    Failure.askedPause(refusal, Instant.now()),
                    again);
        } catch (IOException e) {
            boolean neverSent = e instanceof ConnectException || e instanceof UnknownHostException;
            boolean again = (neverSent || request.isRepeatable())
                    && !Thread.currentThread().isInterrupted();
            return new Outcome<>(
                    Optional.empty(),
                    Optional.of(Failure.unreachable(name, request, url(request).host(), e)),
                    Optional.empty(),
                    again);
        }
    }

    /**
     * Redirects of reading calls are followed anywhere, without the credential elsewhere; writing calls only within the
     * origin and only where method and body stay, for anything else would be another call than the one asked for.
     */
    private Response follow(RestRequest request) throws IOException {
        HttpUrl url = url(request);
        Response response = http.newCall(toOkHttp(request, url)).execute();
        for (int count = 0; count < MOST_REDIRECTS && response.isRedirect(); count++) {
            HttpUrl next = url.resolve(response.header("Location", ""));
            boolean reading = request.method().equals("GET");
            boolean kept = response.code() == 307 || response.code() == 308;
            if (next == null || request.accepts(response.code()) || !(reading || (kept && sameOrigin(next)))) {
                return response;
            }
            response.close();
            url = next;
            response = http.newCall(toOkHttp(request, url)).execute();
        }
        return response;
    }

    private Request toOkHttp(RestRequest request, HttpUrl url) {
        Request.Builder builder = new Request.Builder().url(url).header("User-Agent", "restage");
        if (sameOrigin(url)) {
            builder.header("Accept", "application/json");
            credential.header().ifPresent(value -> builder.header("Authorization", value));
            request.headers().forEach(builder::header);
        } else if (!sameOrigin(url(request))) {
            // The caller named this machine, so its headers are meant for it; after a redirect they are not.
            request.headers().forEach(builder::header);
        }
        RestRequest.Body body = request.body();
        boolean needsBody = request.method().equals("POST")
                || request.method().equals("PUT")
                || request.method().equals("PATCH");
        RequestBody content = body != null
                ? RequestBody.create(body.text().getBytes(StandardCharsets.UTF_8), MediaType.get(body.mediaType()))
                : needsBody ? RequestBody.create(new byte[0], null) : null;
        return builder.method(request.method(), content).build();
    }

    private HttpUrl url(RestRequest request) {
        String path = request.path();
        HttpUrl absolute = path.contains("://") ? HttpUrl.parse(path) : null;
        if (absolute != null) {
            return absolute;
        }
        if (path.isEmpty()) {
            return base;
        }
        String prefix = base.newBuilder().query(null).fragment(null).build().toString();
        String start = prefix.endsWith("/") ? prefix : prefix + "/";
        return HttpUrl.get(start + (path.startsWith("/") ? path.substring(1) : path));
    }

    private boolean sameOrigin(HttpUrl url) {
        return url.scheme().equals(base.scheme()) && url.host().equals(base.host()) && url.port() == base.port();
    }

    private RestResponse read(RestRequest request, Response response) throws IOException {
        byte[] body;
        try (response) {
            body = response.body().byteStream().readNBytes(MOST_BYTES);
        }
        MediaType type = response.body().contentType();
        Charset charset = Objects.requireNonNullElse(type == null ? null : type.charset(null), StandardCharsets.UTF_8);
        return new RestResponse(name, request, response.code(), headers(response), new String(body, charset));
    }

    /** By their names in small letters; those that came more than once as one, as HTTP has it. */
    static Map<String, String> headers(Response response) {
        Map<String, String> headers = new HashMap<>();
        response.headers()
                .forEach(header -> headers.merge(
                        header.getFirst().toLowerCase(Locale.ROOT),
                        header.getSecond(),
                        (one, two) -> one + ", " + two));
        return headers;
    }

    @Override
    public String toString() {
        return name + " at " + base.host();
    }
}
