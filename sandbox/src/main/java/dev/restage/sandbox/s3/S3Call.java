package dev.restage.sandbox.s3;

import dev.restage.sandbox.s3.internal.http.S3Request;
import java.util.Map;

/**
 * A request, as faults and hooks see it.
 *
 * @param operation what is asked
 * @param bucket the bucket in the address, which for a copy is the target's; empty if there is none
 * @param key the key in the address; empty if there is none
 * @param query the decoded parameters, such as {@code prefix}
 * @param headers the headers, by lower-case name
 */
public record S3Call(
        S3Operation operation, String bucket, String key, Map<String, String> query, Map<String, String> headers) {

    static S3Call of(S3Request request) {
        return new S3Call(S3Operation.of(request), request.bucket(), request.key(), request.query(), request.headers());
    }
}
