package dev.restage.sandbox.vendor.internal;

import dev.restage.sandbox.internal.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a stand-in answers. */
public final class VendorReply {

    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;
    private final int sent;

    public VendorReply(int status, Map<String, String> headers, byte[] body) {
        this(status, headers, body, body.length);
    }

    private VendorReply(int status, Map<String, String> headers, byte[] body, int sent) {
        this.status = status;
        this.headers = Map.copyOf(headers);
        this.body = body;
        this.sent = sent;
    }

    public static VendorReply json(int status, Object body) {
        return new VendorReply(status, Map.of("Content-Type", "application/json; charset=utf-8"), Json.bytes(body));
    }

    public static VendorReply text(int status, String type, String body) {
        return new VendorReply(status, Map.of("Content-Type", type), body.getBytes(StandardCharsets.UTF_8));
    }

    public static VendorReply empty(int status) {
        return new VendorReply(status, Map.of(), new byte[0]);
    }

    public VendorReply with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new VendorReply(status, more, body, sent);
    }

    /** {@return the reply, of which the connection lets only the first bytes through} */
    VendorReply cutAfter(int bytes) {
        return new VendorReply(status, headers, body, Math.min(bytes, body.length));
    }

    int sent() {
        return sent;
    }

    public int status() {
        return status;
    }

    public Map<String, String> headers() {
        return headers;
    }

    public byte[] body() {
        return body;
    }
}
