package dev.restage.sandbox.vendor.internal;

import dev.restage.sandbox.vendor.RecordedRequest;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Requests that nobody sent. */
public final class Requests {

    private Requests() {}

    /** {@return a GET with a query and headers: name, value, name, value; names in lower case} */
    public static VendorRequest get(String path, String query, String... headers) {
        return of("GET", path, query, "", headers);
    }

    /** {@return a POST of a body with headers} */
    public static VendorRequest post(String path, String body, String... headers) {
        return of("POST", path, "", body, headers);
    }

    private static VendorRequest of(String method, String path, String query, String body, String... headers) {
        Map<String, String> named = new LinkedHashMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            named.put(headers[i], headers[i + 1]);
        }
        return new VendorRequest(new RecordedRequest(method, path, query, named, body, Instant.EPOCH), Map.of());
    }
}
