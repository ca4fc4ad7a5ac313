package dev.restage.sandbox.vendor;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a stand-in answers. */
final class VendorReply {

    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;

    VendorReply(int status, Map<String, String> headers, byte[] body) {
        this.status = status;
        this.headers = Map.copyOf(headers);
        this.body = body;
    }

    static VendorReply json(int status, Object body) {
        return new VendorReply(status, Map.of("Content-Type", "application/json; charset=utf-8"), Json.bytes(body));
    }

    static VendorReply text(int status, String type, String body) {
        return new VendorReply(status, Map.of("Content-Type", type), body.getBytes(StandardCharsets.UTF_8));
    }

    static VendorReply empty(int status) {
        return new VendorReply(status, Map.of(), new byte[0]);
    }

    VendorReply with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new VendorReply(status, more, body);
    }

    int status() {
        return status;
    }

    Map<String, String> headers() {
        return headers;
    }

    byte[] body() {
        return body;
    }
}
