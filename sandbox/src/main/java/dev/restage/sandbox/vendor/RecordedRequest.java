package dev.restage.sandbox.vendor;

import java.time.Instant;
import java.util.Map;

/**
 * A request that a stand-in received.
 *
 * @param method the HTTP method
 * @param path the path as sent, percent-encoding included
 * @param query the query string as sent; empty if there was none
 * @param headers the headers with names in lower case; several values are joined by a comma
 * @param body the body as UTF-8 text
 * @param at when it arrived
 */
public record RecordedRequest(
        String method, String path, String query, Map<String, String> headers, String body, Instant at) {

    /**
     * Copies the headers.
     *
     * @param method the HTTP method
     * @param path the path as sent, percent-encoding included
     * @param query the query string as sent; empty if there was none
     * @param headers the headers with names in lower case; several values are joined by a comma
     * @param body the body as UTF-8 text
     * @param at when it arrived
     */
    public RecordedRequest {
        headers = Map.copyOf(headers);
    }

    /** {@return method and path, as in {@code GET /apps/my-app}} */
    public String line() {
        return method + " " + path;
    }
}
