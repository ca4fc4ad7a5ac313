package dev.restage.sandbox.s3;

import dev.restage.sandbox.internal.Pause;
import dev.restage.sandbox.s3.internal.access.Access;
import dev.restage.sandbox.s3.internal.access.Caller;
import dev.restage.sandbox.s3.internal.http.S3Error;
import dev.restage.sandbox.s3.internal.http.S3Request;
import dev.restage.sandbox.s3.internal.http.S3Response;
import dev.restage.sandbox.s3.internal.object.Acl;
import dev.restage.sandbox.s3.internal.object.Bucket;
import dev.restage.sandbox.s3.internal.operation.Buckets;
import dev.restage.sandbox.s3.internal.operation.Deletions;
import dev.restage.sandbox.s3.internal.operation.Limits;
import dev.restage.sandbox.s3.internal.operation.Listings;
import dev.restage.sandbox.s3.internal.operation.Multipart;
import dev.restage.sandbox.s3.internal.operation.ObjectReads;
import dev.restage.sandbox.s3.internal.operation.ObjectSettings;
import dev.restage.sandbox.s3.internal.operation.ObjectWrites;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Takes a request through the door to its operation. */
final class S3Service {

    private final Buckets buckets = new Buckets();
    private final Access access = new Access();
    private final Limits limits = new Limits();
    private final S3Faults faults =
            new S3Faults((call, error) -> error.response("/" + call.bucket() + "/" + call.key(), "FAULT"));
    private final S3Requests requests = new S3Requests();
    private final AtomicLong requestId = new AtomicLong(0x5A5D_0000_0000_0000L);
    private final Listings listings = new Listings();
    private final ObjectReads reads = new ObjectReads();
    private final ObjectSettings settings = new ObjectSettings();
    private final ObjectWrites writes = new ObjectWrites(buckets, limits);
    private final Multipart multipart = new Multipart(buckets, limits);
    private final Deletions deletions = new Deletions(faults::refuseDeletion);
    private volatile Duration latency = Duration.ZERO;

    Buckets buckets() {
        return buckets;
    }

    Access access() {
        return access;
    }

    Limits limits() {
        return limits;
    }

    S3Faults faults() {
        return faults;
    }

    S3Requests requests() {
        return requests;
    }

    void latency(Duration added) {
        latency = added;
    }

    /** {@return the answer; empty if the connection is to be closed without one} */
    Optional<S3Response> answer(S3Request request) {
        S3Call call = S3Call.of(request);
        requests.count(call);
        Pause.of(latency);
        return faults.through(call, () -> dressed(request, call));
    }

    private S3Response dressed(S3Request request, S3Call call) {
        String id = Long.toHexString(requestId.incrementAndGet()).toUpperCase(Locale.ROOT);
        S3Response response;
        try {
            Caller caller = access.admit(request);
            response = routed(caller.saying(faults.understood(call, caller.request())), call.operation());
        } catch (S3Error error) {
            response = error.response(request.path(), id);
        }
        return response.header("x-amz-request-id", id)
                .header("x-amz-id-2", "sandbox")
                .header("Server", "AmazonS3");
    }

    private S3Response routed(Caller caller, S3Operation operation) {
        if (operation == S3Operation.LIST_BUCKETS) {
            caller.principal().check("s3:ListAllMyBuckets", "*", "");
            return buckets.list();
        }
        if (operation == S3Operation.CREATE_BUCKET) {
            return buckets.create(caller);
        }
        if (operation == S3Operation.UNKNOWN) {
            throw S3Error.notImplemented(caller.request().method() + " with "
                    + caller.request().query().keySet());
        }
        Bucket bucket = buckets.of(caller.request().bucket());
        buckets.admitRegion(caller, bucket);
        buckets.admit(caller, bucket, "x-amz-expected-bucket-owner");
        return caller.key().isEmpty() ? ofBucket(caller, bucket, operation) : ofObject(caller, bucket, operation);
    }

    private S3Response ofBucket(Caller caller, Bucket bucket, S3Operation operation) {
        return switch (operation) {
            case LIST_OBJECTS_V2 -> {
                caller.principal().check("s3:ListBucket", bucket.name(), "");
                yield listings.listV2(caller, bucket);
            }
            case LIST_OBJECTS -> {
                caller.principal().check("s3:ListBucket", bucket.name(), "");
                yield listings.list(caller, bucket);
            }
            case LIST_OBJECT_VERSIONS -> {
                caller.principal().check("s3:ListBucketVersions", bucket.name(), "");
                yield listings.listVersions(caller, bucket);
            }
            case LIST_MULTIPART_UPLOADS -> multipart.listUploads(caller, bucket);
            case DELETE_OBJECTS -> deletions.deleteMany(caller, bucket);
            case HEAD_BUCKET -> buckets.head(caller, bucket);
            case DELETE_BUCKET -> buckets.delete(caller, bucket);
            case PUT_BUCKET_VERSIONING -> buckets.putVersioning(caller, bucket);
            case GET_BUCKET_ENCRYPTION -> buckets.encryption(caller, bucket);
            case GET_BUCKET_LOCATION -> read(caller, bucket, "s3:GetBucketLocation", buckets.location(bucket));
            case GET_BUCKET_VERSIONING -> read(caller, bucket, "s3:GetBucketVersioning", buckets.versioning(bucket));
            case GET_BUCKET_REQUEST_PAYMENT ->
                read(caller, bucket, "s3:GetBucketRequestPayment", buckets.requestPayment(bucket));
            case GET_BUCKET_OWNERSHIP_CONTROLS ->
                read(caller, bucket, "s3:GetBucketOwnershipControls", buckets.ownership(bucket));
            case GET_OBJECT_LOCK_CONFIGURATION -> {
                caller.principal().check("s3:GetBucketObjectLockConfiguration", bucket.name(), "");
                yield buckets.objectLock(bucket);
            }
            case GET_BUCKET_ACL -> read(caller, bucket, "s3:GetBucketAcl", S3Response.xml(200, Acl.PRIVATE.document()));
            default -> throw S3Error.notImplemented(operation.name());
        };
    }

    private static S3Response read(Caller caller, Bucket bucket, String action, S3Response response) {
        caller.principal().check(action, bucket.name(), "");
        return response;
    }

    private S3Response ofObject(Caller caller, Bucket bucket, S3Operation operation) {
        return switch (operation) {
            case GET_OBJECT -> reads.get(caller, bucket);
            case HEAD_OBJECT -> reads.head(caller, bucket);
            case PUT_OBJECT -> writes.put(caller, bucket);
            case COPY_OBJECT -> writes.copy(caller, bucket);
            case DELETE_OBJECT -> deletions.deleteOne(caller, bucket);
            case CREATE_MULTIPART_UPLOAD -> multipart.create(caller, bucket);
            case UPLOAD_PART -> multipart.uploadPart(caller, bucket);
            case UPLOAD_PART_COPY -> multipart.copyPart(caller, bucket);
            case COMPLETE_MULTIPART_UPLOAD -> multipart.complete(caller, bucket);
            case ABORT_MULTIPART_UPLOAD -> multipart.abort(caller, bucket);
            case LIST_PARTS -> multipart.listParts(caller, bucket);
            case GET_OBJECT_TAGGING -> settings.getTags(caller, bucket);
            case PUT_OBJECT_TAGGING -> settings.putTags(caller, bucket);
            case DELETE_OBJECT_TAGGING -> settings.deleteTags(caller, bucket);
            case GET_OBJECT_ACL -> settings.getAcl(caller, bucket);
            case PUT_OBJECT_ACL -> settings.putAcl(caller, bucket);
            case GET_OBJECT_RETENTION -> settings.getRetention(caller, bucket);
            case PUT_OBJECT_RETENTION -> settings.putRetention(caller, bucket);
            case GET_OBJECT_LEGAL_HOLD -> settings.getHold(caller, bucket);
            case PUT_OBJECT_LEGAL_HOLD -> settings.putHold(caller, bucket);
            case RESTORE_OBJECT -> settings.restore(caller, bucket);
            default -> throw S3Error.notImplemented(operation.name());
        };
    }
}
