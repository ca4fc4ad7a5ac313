package dev.restage.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One call of a REST interface, before it is made. Immutable: each method that adds something gives a new request.
 *
 * <p>A path is relative to the client's base URL and written as it travels; {@code {}} stands for a part that is
 * percent-encoded: {@code RestRequest.get("repos/{}/{}/branches/{}", owner, name, "feature/x")}. An absolute URL is
 * taken as it is, and gets the credential only if it has the origin of the base URL.
 */
public final class RestRequest {

    /** A body as it travels. */
    record Body(String text, String mediaType) {}

    private final String method;
    private final String path;
    private final Map<String, String> headers;
    private final @Nullable Body body;
    private final boolean repeatable;
    private final Set<Integer> accepted;

    private RestRequest(
            String method,
            String path,
            Map<String, String> headers,
            @Nullable Body body,
            boolean repeatable,
            Set<Integer> accepted) {
        this.method = method;
        this.path = path;
        this.headers = Collections.unmodifiableMap(headers);
        this.body = body;
        this.repeatable = repeatable;
        this.accepted = Set.copyOf(accepted);
    }

    private static RestRequest of(String method, String path, boolean repeatable) {
        return new RestRequest(method, path, Map.of(), null, repeatable, Set.of());
    }

    /**
     * {@return a request to read; it is repeated after a brief failure}
     *
     * @param path the path, or an absolute URL
     * @param parts what replaces each {@code {}}
     */
    public static RestRequest get(String path, String... parts) {
        return of("GET", path(path, parts), true);
    }

    /**
     * {@return a request that may have another effect each time, so it is not repeated unless {@link #repeatable} says so}
     *
     * @param path the path, or an absolute URL
     * @param parts what replaces each {@code {}}
     */
    public static RestRequest post(String path, String... parts) {
        return of("POST", path(path, parts), false);
    }

    /**
     * {@return a request to replace; it is repeated after a brief failure}
     *
     * @param path the path, or an absolute URL
     * @param parts what replaces each {@code {}}
     */
    public static RestRequest put(String path, String... parts) {
        return of("PUT", path(path, parts), true);
    }

    /**
     * {@return a request to set members to absolute values; it is repeated after a brief failure}
     *
     * @param path the path, or an absolute URL
     * @param parts what replaces each {@code {}}
     */
    public static RestRequest patch(String path, String... parts) {
        return of("PATCH", path(path, parts), true);
    }

    /**
     * {@return a request to delete; it is repeated after a brief failure}
     *
     * @param path the path, or an absolute URL
     * @param parts what replaces each {@code {}}
     */
    public static RestRequest delete(String path, String... parts) {
        return of("DELETE", path(path, parts), true);
    }

    /**
     * Fills a path.
     *
     * @param template the path, with {@code {}} for each part to be encoded
     * @param parts what replaces each {@code {}}
     * @return the path as it travels
     */
    public static String path(String template, String... parts) {
        StringBuilder path = new StringBuilder();
        int from = 0;
        for (String part : parts) {
            int hole = template.indexOf("{}", from);
            if (hole < 0) {
                throw new IllegalArgumentException("more parts than {} in " + template);
            }
            path.append(template, from, hole).append(encoded(part));
            from = hole + 2;
        }
        if (template.indexOf("{}", from) >= 0) {
            throw new IllegalArgumentException("fewer parts than {} in " + template);
        }
        return path.append(template.substring(from)).toString();
    }

    private static String encoded(String part) {
        // A part "." or ".." would be resolved away, and the call would reach another resource.
        if (part.isEmpty() || part.equals(".") || part.equals("..")) {
            throw new IllegalArgumentException("not a part of a path: \"" + part + "\"");
        }
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /**
     * Adds a parameter to the query.
     *
     * @param name the parameter
     * @param value its value, not encoded
     * @return the request with it
     */
    public RestRequest query(String name, String value) {
        String pair = URLEncoder.encode(name, StandardCharsets.UTF_8) + "="
                + URLEncoder.encode(value, StandardCharsets.UTF_8);
        return with(path + (path.contains("?") ? "&" : "?") + pair);
    }

    /**
     * Sets a header.
     *
     * @param name the header
     * @param value its value
     * @return the request with it
     */
    public RestRequest header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new RestRequest(method, path, more, body, repeatable, accepted);
    }

    /**
     * Sets a body of JSON.
     *
     * @param value a record, map, list or {@link Json}
     * @return the request with it
     */
    public RestRequest json(Object value) {
        return text(Json.write(value), "application/json");
    }

    /**
     * Sets a body as a web form sends it.
     *
     * @param fields name to value
     * @return the request with it
     */
    public RestRequest form(Map<String, String> fields) {
        String pairs = fields.entrySet().stream()
                .map(field -> URLEncoder.encode(field.getKey(), StandardCharsets.UTF_8) + "="
                        + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return text(pairs, "application/x-www-form-urlencoded");
    }

    /**
     * Sets a body.
     *
     * @param text the body, sent as UTF-8
     * @param mediaType what it is, such as {@code text/plain}
     * @return the request with it
     */
    public RestRequest text(String text, String mediaType) {
        return new RestRequest(method, path, headers, new Body(text, mediaType), repeatable, accepted);
    }

    /** {@return the request, known to do no harm if it is made twice} */
    public RestRequest repeatable() {
        return new RestRequest(method, path, headers, body, true, accepted);
    }

    /**
     * Makes a status an answer instead of an exception: 304 of a conditional request, 404 where absence is a fact.
     *
     * @param status the HTTP status
     * @return the request
     */
    public RestRequest accepting(int status) {
        Set<Integer> more = new HashSet<>(accepted);
        more.add(status);
        return new RestRequest(method, path, headers, body, repeatable, more);
    }

    /**
     * Names the same request elsewhere, as a next page does.
     *
     * @param otherPath the path, or an absolute URL
     * @return the request
     */
    public RestRequest with(String otherPath) {
        return new RestRequest(method, otherPath, headers, body, repeatable, accepted);
    }

    /** {@return the HTTP method, such as {@code GET}} */
    public String method() {
        return method;
    }

    String path() {
        return path;
    }

    Map<String, String> headers() {
        return headers;
    }

    @Nullable Body body() {
        return body;
    }

    boolean isRepeatable() {
        return repeatable;
    }

    boolean accepts(int status) {
        return accepted.contains(status);
    }

    /** Shows the method and the path, without the query. */
    @Override
    public String toString() {
        return method + " " + Redaction.path(path);
    }
}
