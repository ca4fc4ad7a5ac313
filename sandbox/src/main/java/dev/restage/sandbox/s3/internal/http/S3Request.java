package dev.restage.sandbox.s3.internal.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request as it came in.
 *
 * @param method the HTTP method
 * @param path the decoded path
 * @param bucket the first segment of the path; empty if there is none
 * @param key the rest of the path, as it is; empty if there is none
 * @param query the decoded parameters of the query
 * @param headers the headers by lower-case name, several of one name joined by commas
 * @param body the body as it was sent, framing included
 */
public record S3Request(
        String method,
        String path,
        String bucket,
        String key,
        Map<String, String> query,
        Map<String, String> headers,
        Content body) {

    public static S3Request of(
            String method, String rawPath, @Nullable String rawQuery, Map<String, String> headers, Content body) {
        String path = decoded(rawPath, false);
        int slash = path.indexOf('/', 1);
        String bucket = slash < 0 ? path.substring(1) : path.substring(1, slash);
        String key = slash < 0 ? "" : path.substring(slash + 1);
        return new S3Request(method, path, bucket, key, query(rawQuery), headers, body);
    }

    public S3Request withBody(Content content) {
        return new S3Request(method, path, bucket, key, query, headers, content);
    }

    /** {@return the same without some headers and parameters} */
    public S3Request without(Set<String> names) {
        Map<String, String> fewerParameters = new LinkedHashMap<>(query);
        Map<String, String> fewerHeaders = new LinkedHashMap<>(headers);
        fewerParameters.keySet().removeAll(names);
        fewerHeaders.keySet().removeAll(names);
        return new S3Request(method, path, bucket, key, fewerParameters, fewerHeaders, body);
    }

    public boolean asks(String parameter) {
        return query.containsKey(parameter);
    }

    public Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name));
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    public static String decoded(String raw, boolean plusIsSpace) {
        String decoded = UrlText.decode(raw, plusIsSpace);
        if (decoded == null) {
            throw new S3Error(400, "InvalidURI", "Couldn't parse the specified URI.");
        }
        return decoded;
    }

    private static Map<String, String> query(@Nullable String raw) {
        if (raw == null || raw.isEmpty()) {
            return Map.of();
        }
        Map<String, String> query = new LinkedHashMap<>();
        int from = 0;
        while (from < raw.length()) {
            int end = raw.indexOf('&', from) < 0 ? raw.length() : raw.indexOf('&', from);
            String pair = raw.substring(from, end);
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            if (!pair.isEmpty()) {
                query.put(Objects.requireNonNull(decoded(name, true)), decoded(value, true));
            }
            from = end + 1;
        }
        return query;
    }
}
