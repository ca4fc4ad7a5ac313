package dev.restage.sandbox.s3.internal.operation;

import dev.restage.sandbox.s3.internal.access.Caller;
import dev.restage.sandbox.s3.internal.http.S3Error;
import dev.restage.sandbox.s3.internal.http.S3Response;
import dev.restage.sandbox.s3.internal.object.Attributes;
import dev.restage.sandbox.s3.internal.object.Bucket;
import dev.restage.sandbox.s3.internal.object.Conditions;
import dev.restage.sandbox.s3.internal.object.StoredObject;
import dev.restage.sandbox.s3.internal.object.Version;
import dev.restage.sandbox.s3.model.BucketSettings.Versioning;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** GetObject, HeadObject, and finding the source of a copy. */
public final class ObjectReads {

    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");
    private static final String ARCHIVED = "The operation is not valid for the object's storage class";

    /** Headers of the answer that a reader may ask to be different. */
    private static final Map<String, String> OVERRIDES = Map.of(
            "response-content-type", "content-type",
            "response-content-language", "content-language",
            "response-expires", "expires",
            "response-cache-control", "cache-control",
            "response-content-disposition", "content-disposition",
            "response-content-encoding", "content-encoding");

    public S3Response get(Caller caller, Bucket bucket) {
        StoredObject object = find(caller, bucket, caller.key(), caller.versionId(), "s3:GetObject");
        Optional<S3Response> unmodified = unmodified(caller, object);
        if (unmodified.isPresent()) {
            return unmodified.get();
        }
        object.attributes().encryption().checkRead(caller, "x-amz");
        if (!object.readable()) {
            throw archived(object, ARCHIVED);
        }
        byte[] bytes = object.body().content().bytes();
        Span span = Span.asked(caller, object);
        S3Response response = S3Response.bytes(span.partial() ? 206 : 200, bytes, span.from(), span.length());
        describe(caller, bucket, object, span, response);
        OVERRIDES.forEach(
                (parameter, header) -> caller.parameter(parameter).ifPresent(value -> response.header(header, value)));
        return response;
    }

    public S3Response head(Caller caller, Bucket bucket) {
        StoredObject object = find(caller, bucket, caller.key(), caller.versionId(), "s3:GetObject");
        Optional<S3Response> unmodified = unmodified(caller, object);
        if (unmodified.isPresent()) {
            return unmodified.get();
        }
        object.attributes().encryption().checkRead(caller, "x-amz");
        Span span = Span.asked(caller, object);
        S3Response response = S3Response.empty(span.partial() ? 206 : 200);
        describe(caller, bucket, object, span, response);
        return response.header("Content-Length", String.valueOf(span.length()));
    }

    /** {@return the headers that say what the current object of a key is} */
    public static Map<String, String> described(Caller caller, Bucket bucket) {
        StoredObject object = find(caller, bucket, caller.key(), Optional.empty(), "s3:GetObject");
        S3Response response = S3Response.empty(200);
        describe(caller, bucket, object, new Span(0, object.size(), false), response);
        return response.headers();
    }

    /** {@return the object that a request names, after the right to read it was checked} */
    static StoredObject find(Caller caller, Bucket bucket, String key, Optional<String> versionId, String action) {
        String needed = versionId.isPresent() ? action.replaceFirst("^s3:GetObject", "s3:GetObjectVersion") : action;
        caller.principal().check(needed, bucket.name(), key);
        Optional<Version> found = versionId.isPresent() ? bucket.version(key, versionId.get()) : bucket.newest(key);
        if (found.isPresent() && found.get() instanceof StoredObject object) {
            return object;
        }
        // Who may not list must not learn what there is.
        if (!caller.principal().may("s3:ListBucket", bucket.name())) {
            throw S3Error.denied("Access Denied");
        }
        throw missing(key, versionId, found);
    }

    private static S3Error missing(String key, Optional<String> versionId, Optional<Version> found) {
        if (found.isPresent() && versionId.isPresent()) {
            return new S3Error(405, "MethodNotAllowed", "The specified method is not allowed against this resource.")
                    .header("x-amz-delete-marker", "true");
        }
        if (versionId.isPresent()) {
            return new S3Error(404, "NoSuchVersion", "The specified version does not exist.")
                    .detail("Key", key)
                    .detail("VersionId", versionId.get());
        }
        S3Error gone = S3Error.noSuchKey(key);
        return found.isPresent()
                ? gone.header("x-amz-delete-marker", "true")
                        .header("x-amz-version-id", found.get().id())
                : gone;
    }

    static S3Error archived(StoredObject object, String message) {
        return new S3Error(403, "InvalidObjectState", message)
                .detail("StorageClass", object.attributes().storageClass());
    }

    private static Optional<S3Response> unmodified(Caller caller, StoredObject object) {
        Optional<String> broken = Conditions.asked(caller, "").broken(object);
        if (broken.isEmpty()) {
            return Optional.empty();
        }
        if (broken.get().equals("If-Match") || broken.get().equals("If-Unmodified-Since")) {
            throw S3Error.precondition(broken.get());
        }
        return Optional.of(S3Response.empty(304).header("ETag", '"' + object.etag() + '"'));
    }

    private static void describe(Caller caller, Bucket bucket, StoredObject object, Span span, S3Response response) {
        Attributes attributes = object.attributes();
        attributes.metadata().describe(response);
        attributes.encryption().describe(response);
        attributes.lock().describe(response);
        response.header("ETag", '"' + object.etag() + '"')
                .header("Last-Modified", Conditions.HTTP_DATE.format(object.modifiedAt()))
                .header("Accept-Ranges", "bytes");
        if (!attributes.storageClass().equals("STANDARD")) {
            response.header("x-amz-storage-class", attributes.storageClass());
        }
        if (!attributes.tags().isEmpty()) {
            response.header(
                    "x-amz-tagging-count",
                    String.valueOf(attributes.tags().values().size()));
        }
        if (bucket.settings().versioning() != Versioning.OFF) {
            response.header("x-amz-version-id", object.id());
        }
        Instant restoredUntil = object.restoredUntil();
        if (restoredUntil != null) {
            response.header(
                    "x-amz-restore",
                    "ongoing-request=\"false\", expiry-date=\"%s\""
                            .formatted(Conditions.HTTP_DATE.format(restoredUntil)));
        }
        if (span.partial()) {
            response.header(
                    "Content-Range",
                    "bytes %d-%d/%d".formatted(span.from(), span.from() + span.length() - 1, object.size()));
        }
        if (caller.parameter("partNumber").isPresent()
                && !object.body().partSizes().isEmpty()) {
            response.header(
                    "x-amz-mp-parts-count",
                    String.valueOf(object.body().partSizes().size()));
        }
        if (caller.header("x-amz-checksum-mode").orElse("").equals("ENABLED") && !span.partial()) {
            response.header(object.body().algorithm().header(), object.body().checksumValue())
                    .header("x-amz-checksum-type", object.body().checksumType());
        }
    }

    /** The bytes that are asked for. */
    record Span(int from, int length, boolean partial) {

        static Span asked(Caller caller, StoredObject object) {
            int size = object.size();
            Optional<String> number = caller.parameter("partNumber");
            if (number.isPresent()) {
                return part(Multipart.number(caller, "partNumber", 1), object);
            }
            return caller.header("range").map(range -> of(range, size)).orElse(new Span(0, size, false));
        }

        static Span of(String range, int size) {
            Matcher match = RANGE.matcher(range);
            if (!match.matches() || (match.group(1).isEmpty() && match.group(2).isEmpty())) {
                return new Span(0, size, false);
            }
            if (match.group(1).isEmpty()) {
                long tail = Math.min(size, Long.parseLong(match.group(2)));
                return checked(size - tail, tail, range, size);
            }
            long from = Long.parseLong(match.group(1));
            long last = match.group(2).isEmpty() ? size - 1 : Long.parseLong(match.group(2));
            return last < from && !match.group(2).isEmpty()
                    ? new Span(0, size, false)
                    : checked(from, Math.min(last, size - 1) - from + 1, range, size);
        }

        private static Span checked(long from, long length, String range, int size) {
            if (from >= size || length <= 0) {
                throw new S3Error(416, "InvalidRange", "The requested range is not satisfiable")
                        .detail("RangeRequested", range)
                        .detail("ActualObjectSize", String.valueOf(size));
            }
            return new Span((int) from, (int) length, true);
        }

        private static Span part(int number, StoredObject object) {
            int from = 0;
            int at = 1;
            for (int size : object.body().partSizes()) {
                if (at == number) {
                    return new Span(from, size, true);
                }
                from += size;
                at++;
            }
            if (object.body().partSizes().isEmpty() && number == 1) {
                return new Span(0, object.size(), object.size() > 0);
            }
            throw new S3Error(416, "InvalidPartNumber", "The requested partnumber is not satisfiable");
        }
    }
}
