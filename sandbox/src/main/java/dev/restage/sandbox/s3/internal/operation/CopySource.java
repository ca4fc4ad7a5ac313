package dev.restage.sandbox.s3.internal.operation;

import dev.restage.sandbox.s3.internal.access.Caller;
import dev.restage.sandbox.s3.internal.http.Content;
import dev.restage.sandbox.s3.internal.http.S3Error;
import dev.restage.sandbox.s3.internal.http.S3Request;
import dev.restage.sandbox.s3.internal.object.Bucket;
import dev.restage.sandbox.s3.internal.object.Conditions;
import dev.restage.sandbox.s3.internal.object.StoredObject;
import java.util.Arrays;
import java.util.Optional;

/** The object that {@code x-amz-copy-source} names, found and allowed to be read. */
record CopySource(Bucket bucket, StoredObject object) {

    private static final String PREFIX = "x-amz-copy-source-";

    static CopySource asked(Caller caller, Buckets buckets, long mostBytes) {
        String header = caller.header("x-amz-copy-source").orElse("");
        int question = header.indexOf("?versionId=");
        Optional<String> versionId =
                question < 0 ? Optional.empty() : Optional.of(header.substring(question + "?versionId=".length()));
        String path = S3Request.decoded(question < 0 ? header : header.substring(0, question), true);
        path = path.startsWith("/") ? path.substring(1) : path;
        int slash = path.indexOf('/');
        if (slash < 1 || slash == path.length() - 1) {
            throw S3Error.argument(
                    "Copy Source must mention the source bucket and key: sourcebucket/sourcekey",
                    "x-amz-copy-source",
                    header);
        }
        Bucket bucket = buckets.of(path.substring(0, slash));
        buckets.admit(caller, bucket, "x-amz-source-expected-bucket-owner");
        StoredObject object = ObjectReads.find(caller, bucket, path.substring(slash + 1), versionId, "s3:GetObject");
        Conditions.asked(caller, PREFIX).broken(object).ifPresent(broken -> {
            throw S3Error.precondition("x-amz-copy-source-" + broken);
        });
        object.attributes().encryption().checkRead(caller, "x-amz-copy-source");
        if (!object.readable()) {
            throw ObjectReads.archived(object, "Operation is not valid for the source object's storage class");
        }
        if (caller.header(PREFIX + "range").isEmpty() && object.size() > mostBytes) {
            throw S3Error.invalid(
                    "The specified copy source is larger than the maximum allowable size for a copy source: "
                            + mostBytes);
        }
        return new CopySource(bucket, object);
    }

    /** {@return the bytes, or the part of them that a header names} */
    Content content(Caller caller, long mostBytes) {
        Content whole = object.body().content();
        Optional<String> range = caller.header(PREFIX + "range");
        if (range.isEmpty()) {
            return whole;
        }
        ObjectReads.Span span = ObjectReads.Span.of(range.get(), whole.size());
        if (!range.get().equals("bytes=%d-%d".formatted(span.from(), span.from() + span.length() - 1))) {
            throw S3Error.argument(
                    "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the"
                            + " zero-based offsets of the first and last bytes to copy",
                    "x-amz-copy-source-range",
                    range.get());
        }
        if (span.length() > mostBytes) {
            throw S3Error.invalid(
                    "The specified copy source is larger than the maximum allowable size for a copy source: "
                            + mostBytes);
        }
        byte[] part = Arrays.copyOfRange(whole.bytes(), span.from(), span.from() + span.length());
        return new Content(part);
    }
}
