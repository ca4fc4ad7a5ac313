package dev.restage.sandbox.s3.internal.access;

import dev.restage.sandbox.s3.internal.http.Content;
import dev.restage.sandbox.s3.internal.http.S3Request;
import dev.restage.sandbox.s3.model.Grant;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Callers that have passed the door, without a network before it. */
public final class Callers {

    private static final Grant EVERYTHING = Grant.of("*", "*");

    private Callers() {}

    /** {@return somebody who may do everything, sending headers: name, value, name, value} */
    public static Caller sending(String... headers) {
        return of(List.of(EVERYTHING), request("PUT", "a", Map.of(), pairs(headers), ""));
    }

    /** {@return somebody who may do everything, asking with parameters: name, value, name, value} */
    public static Caller asking(String key, String... parameters) {
        return of(List.of(EVERYTHING), request("GET", key, pairs(parameters), Map.of(), ""));
    }

    /** {@return somebody who may do everything, sending a document} */
    public static Caller posting(String document, String... headers) {
        return of(List.of(EVERYTHING), request("POST", "a", Map.of(), pairs(headers), document));
    }

    /** {@return somebody who may do what is granted, sending headers} */
    public static Caller allowed(List<Grant> grants, String... headers) {
        return of(grants, request("PUT", "a", Map.of(), pairs(headers), ""));
    }

    private static Caller of(List<Grant> grants, S3Request request) {
        return new Caller(new Principal("tester", grants), "us-east-1", request, Map.of());
    }

    private static S3Request request(
            String method, String key, Map<String, String> query, Map<String, String> headers, String body) {
        Content content = new Content(body.getBytes(StandardCharsets.UTF_8));
        return new S3Request(method, "/acme/" + key, "acme", key, query, new TreeMap<>(headers), content);
    }

    private static Map<String, String> pairs(String... namesAndValues) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            pairs.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return pairs;
    }
}
