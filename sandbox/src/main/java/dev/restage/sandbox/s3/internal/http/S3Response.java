package dev.restage.sandbox.s3.internal.http;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the server answers. */
public final class S3Response {

    private static final byte[] NOTHING = {};

    private final int status;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final byte[] body;
    private final int from;
    private final int length;
    private int sent;

    private S3Response(int status, byte[] body, int from, int length) {
        this.status = status;
        this.body = body;
        this.from = from;
        this.length = length;
        this.sent = length;
    }

    public static S3Response empty(int status) {
        return new S3Response(status, NOTHING, 0, 0);
    }

    public static S3Response xml(int status, Xml xml) {
        byte[] bytes = xml.bytes();
        return new S3Response(status, bytes, 0, bytes.length).header("Content-Type", "application/xml");
    }

    public static S3Response bytes(int status, byte[] body, int from, int length) {
        return new S3Response(status, body, from, length);
    }

    public S3Response header(String name, @Nullable String value) {
        if (value != null) {
            headers.put(name, value);
        }
        return this;
    }

    /** Lets only the first bytes of the body through before the connection breaks. */
    public S3Response cutAfter(int bytes) {
        sent = Math.min(bytes, length);
        return this;
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

    public int from() {
        return from;
    }

    public int length() {
        return length;
    }

    int sent() {
        return sent;
    }
}
