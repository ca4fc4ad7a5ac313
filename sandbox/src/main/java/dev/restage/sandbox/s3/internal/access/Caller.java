package dev.restage.sandbox.s3.internal.access;

import dev.restage.sandbox.s3.internal.http.S3Request;
import java.util.Map;
import java.util.Optional;

/**
 * A request that has passed the door.
 *
 * @param principal who asks
 * @param region the region that the request was signed for
 * @param request what is asked, its body without framing
 * @param trailers headers that came behind the body
 */
public record Caller(Principal principal, String region, S3Request request, Map<String, String> trailers) {

    public Caller saying(S3Request other) {
        return new Caller(principal, region, other, trailers);
    }

    /** {@return a header, wherever it came} */
    public Optional<String> header(String name) {
        return request.header(name).or(() -> Optional.ofNullable(trailers.get(name)));
    }

    public Optional<String> parameter(String name) {
        return request.parameter(name);
    }

    public String key() {
        return request.key();
    }

    public Optional<String> versionId() {
        return request.parameter("versionId");
    }
}
