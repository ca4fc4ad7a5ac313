package dev.restage.sandbox.s3.internal.object;

import dev.restage.sandbox.s3.internal.access.Caller;
import dev.restage.sandbox.s3.internal.http.S3Error;
import java.util.Optional;

/** Under which condition a write may replace what is there: {@code If-Match} and {@code If-None-Match}. */
public record WriteCondition(Optional<String> match, Optional<String> noneMatch) {

    static final WriteCondition NONE = new WriteCondition(Optional.empty(), Optional.empty());

    public static WriteCondition asked(Caller caller) {
        return new WriteCondition(caller.header("if-match").map(Conditions::unquoted), caller.header("if-none-match"));
    }

    void check(Optional<StoredObject> current) {
        if (noneMatch.isPresent()) {
            if (!noneMatch.get().equals("*")) {
                throw S3Error.notImplemented("If-None-Match");
            }
            if (current.isPresent()) {
                throw S3Error.precondition("If-None-Match");
            }
        }
        if (match.isPresent()) {
            String etag = current.map(StoredObject::etag).orElseThrow(() -> S3Error.noSuchKey(""));
            if (!etag.equals(match.get())) {
                throw S3Error.precondition("If-Match");
            }
        }
    }
}
