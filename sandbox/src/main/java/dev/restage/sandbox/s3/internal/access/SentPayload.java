package dev.restage.sandbox.s3.internal.access;

import dev.restage.sandbox.s3.internal.http.Content;
import dev.restage.sandbox.s3.internal.http.Hashes;
import dev.restage.sandbox.s3.internal.http.S3Error;
import dev.restage.sandbox.s3.internal.http.S3Request;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The content of a request without the framing that the AWS SDKs put around it, and the headers that came behind it.
 *
 * @param content the bytes that the client means
 * @param trailers headers by lower-case name
 */
record SentPayload(Content content, Map<String, String> trailers) {

    private static final String EMPTY_HASH = Hashes.sha256(new byte[0]);

    /** Unwraps the body, and checks its hash or the signature of every chunk. */
    static SentPayload of(S3Request request, Signature signature, String secret, String kind) {
        if (kind.startsWith("STREAMING-")) {
            SentPayload payload = new Chunks(request.body().bytes(), signature, secret, kind).read();
            String length = request.header("x-amz-decoded-content-length").orElse("");
            if (!length.equals(String.valueOf(payload.content().size()))) {
                throw new S3Error(
                        400,
                        "IncompleteBody",
                        "You did not provide the number of bytes specified by the x-amz-decoded-content-length header");
            }
            return payload;
        }
        if (!kind.equals("UNSIGNED-PAYLOAD")
                && !kind.equals(Hashes.sha256(request.body().bytes()))) {
            throw new S3Error(
                    400,
                    "XAmzContentSHA256Mismatch",
                    "The provided 'x-amz-content-sha256' header does not match what was computed.");
        }
        return new SentPayload(request.body(), Map.of());
    }

    /** Chunks as {@code size[;chunk-signature=…]CRLF data CRLF}, the last one empty, then trailing headers. */
    private static final class Chunks {

        private final byte[] body;
        private final Signature signature;
        private final String secret;
        private final boolean signed;
        private final boolean trailing;
        private String previous;
        private int at;

        Chunks(byte[] body, Signature signature, String secret, String kind) {
            this.body = body;
            this.signature = signature;
            this.secret = secret;
            this.signed = kind.startsWith("STREAMING-AWS4-HMAC-SHA256-PAYLOAD");
            this.trailing = kind.endsWith("-TRAILER");
            this.previous = signature.value();
            if (!signed && !kind.equals("STREAMING-UNSIGNED-PAYLOAD-TRAILER")) {
                throw S3Error.argument(
                        "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD or a valid sha256 value.",
                        "x-amz-content-sha256",
                        kind);
            }
        }

        SentPayload read() {
            ByteArrayOutputStream content = new ByteArrayOutputStream(body.length);
            for (int length = chunk(content); length > 0; ) {
                length = chunk(content);
            }
            return new SentPayload(new Content(content.toByteArray()), trailing ? trailers() : Map.of());
        }

        private int chunk(ByteArrayOutputStream content) {
            String line = line();
            int semicolon = line.indexOf(';');
            int length;
            try {
                length = Integer.parseInt(semicolon < 0 ? line : line.substring(0, semicolon), 16);
            } catch (NumberFormatException e) {
                throw incomplete();
            }
            if (length < 0 || at + length > body.length) {
                throw incomplete();
            }
            if (signed) {
                String hash = Hashes.hex(Hashes.digest("SHA-256", body, at, length));
                String sent = line.substring(line.indexOf('=') + 1);
                check(sent, "AWS4-HMAC-SHA256-PAYLOAD", EMPTY_HASH + "\n" + hash);
            }
            content.write(body, at, length);
            at += length;
            if (length > 0 && !line().isEmpty()) {
                throw incomplete();
            }
            return length;
        }

        private Map<String, String> trailers() {
            Map<String, String> trailers = new LinkedHashMap<>();
            StringBuilder canonical = new StringBuilder();
            while (at < body.length) {
                String line = line();
                int colon = line.indexOf(':');
                if (colon < 0) {
                    continue;
                }
                String name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
                String value = line.substring(colon + 1).strip();
                if (name.equals("x-amz-trailer-signature")) {
                    if (signed) {
                        check(
                                value,
                                "AWS4-HMAC-SHA256-TRAILER",
                                Hashes.sha256(canonical.toString().getBytes(StandardCharsets.UTF_8)));
                    }
                } else {
                    trailers.put(name, value);
                    canonical.append(name).append(':').append(value).append('\n');
                }
            }
            return trailers;
        }

        private void check(String sent, String kind, String hashes) {
            String right = signature.sign(
                    secret, String.join("\n", kind, signature.time(), signature.scope(), previous, hashes));
            if (!right.equals(sent)) {
                throw Signature.mismatch();
            }
            previous = right;
        }

        private String line() {
            int end = at;
            while (end < body.length && body[end] != '\r') {
                end++;
            }
            if (end + 1 >= body.length) {
                throw incomplete();
            }
            String line = new String(body, at, end - at, StandardCharsets.US_ASCII);
            at = end + 2;
            return line;
        }

        private static S3Error incomplete() {
            return new S3Error(400, "IncompleteBody", "The request body terminated unexpectedly");
        }
    }
}
