package dev.restage.sandbox.s3;

import dev.restage.sandbox.s3.internal.http.S3Request;
import java.util.Set;

/** The operations of S3 that the server has, named as Amazon names them. */
public enum S3Operation {
    /** Lists the buckets. */
    LIST_BUCKETS("GET", Level.SERVICE, "*"),
    /** Asks where a bucket is. */
    GET_BUCKET_LOCATION("GET", Level.BUCKET, "location"),
    /** Asks whether a bucket keeps versions. */
    GET_BUCKET_VERSIONING("GET", Level.BUCKET, "versioning"),
    /** Turns versions on or off. */
    PUT_BUCKET_VERSIONING("PUT", Level.BUCKET, "versioning"),
    /** Asks how a bucket encrypts. */
    GET_BUCKET_ENCRYPTION("GET", Level.BUCKET, "encryption"),
    /** Asks who pays. */
    GET_BUCKET_REQUEST_PAYMENT("GET", Level.BUCKET, "requestPayment"),
    /** Asks whether a bucket takes ACLs. */
    GET_BUCKET_OWNERSHIP_CONTROLS("GET", Level.BUCKET, "ownershipControls"),
    /** Asks how a bucket locks. */
    GET_OBJECT_LOCK_CONFIGURATION("GET", Level.BUCKET, "object-lock"),
    /** Asks for the ACL of a bucket. */
    GET_BUCKET_ACL("GET", Level.BUCKET, "acl"),
    /** Lists versions and delete markers. */
    LIST_OBJECT_VERSIONS("GET", Level.BUCKET, "versions"),
    /** Lists uploads that are going on. */
    LIST_MULTIPART_UPLOADS("GET", Level.BUCKET, "uploads"),
    /** Lists objects. */
    LIST_OBJECTS_V2("GET", Level.BUCKET, "list-type"),
    /** Lists objects, as it was before 2016. */
    LIST_OBJECTS("GET", Level.BUCKET, ""),
    /** Asks whether there is a bucket. */
    HEAD_BUCKET("HEAD", Level.BUCKET, "*"),
    /** Makes a bucket. */
    CREATE_BUCKET("PUT", Level.BUCKET, ""),
    /** Removes an empty bucket. */
    DELETE_BUCKET("DELETE", Level.BUCKET, ""),
    /** Deletes up to 1000 objects. */
    DELETE_OBJECTS("POST", Level.BUCKET, "delete"),
    /** Reads tags. */
    GET_OBJECT_TAGGING("GET", Level.OBJECT, "tagging"),
    /** Writes tags. */
    PUT_OBJECT_TAGGING("PUT", Level.OBJECT, "tagging"),
    /** Removes tags. */
    DELETE_OBJECT_TAGGING("DELETE", Level.OBJECT, "tagging"),
    /** Reads an ACL. */
    GET_OBJECT_ACL("GET", Level.OBJECT, "acl"),
    /** Writes an ACL. */
    PUT_OBJECT_ACL("PUT", Level.OBJECT, "acl"),
    /** Reads until when a version is locked. */
    GET_OBJECT_RETENTION("GET", Level.OBJECT, "retention"),
    /** Locks a version until a time. */
    PUT_OBJECT_RETENTION("PUT", Level.OBJECT, "retention"),
    /** Reads whether a version is on hold. */
    GET_OBJECT_LEGAL_HOLD("GET", Level.OBJECT, "legal-hold"),
    /** Puts a version on hold, or ends that. */
    PUT_OBJECT_LEGAL_HOLD("PUT", Level.OBJECT, "legal-hold"),
    /** Lists the parts of an upload. */
    LIST_PARTS("GET", Level.OBJECT, "uploadId"),
    /** Begins an upload. */
    CREATE_MULTIPART_UPLOAD("POST", Level.OBJECT, "uploads"),
    /** Copies a part from an object. */
    UPLOAD_PART_COPY("PUT", Level.OBJECT, "uploadId", true),
    /** Writes a part. */
    UPLOAD_PART("PUT", Level.OBJECT, "uploadId"),
    /** Makes an object of the parts. */
    COMPLETE_MULTIPART_UPLOAD("POST", Level.OBJECT, "uploadId"),
    /** Forgets an upload. */
    ABORT_MULTIPART_UPLOAD("DELETE", Level.OBJECT, "uploadId"),
    /** Makes an archived object readable. */
    RESTORE_OBJECT("POST", Level.OBJECT, "restore"),
    /** Reads an object. */
    GET_OBJECT("GET", Level.OBJECT, ""),
    /** Reads what is known of an object. */
    HEAD_OBJECT("HEAD", Level.OBJECT, "*"),
    /** Copies an object. */
    COPY_OBJECT("PUT", Level.OBJECT, "", true),
    /** Writes an object. */
    PUT_OBJECT("PUT", Level.OBJECT, ""),
    /** Deletes an object. */
    DELETE_OBJECT("DELETE", Level.OBJECT, ""),
    /** Makes a job of Batch Operations. */
    CREATE_JOB("", Level.ANY, "*"),
    /** Asks how a job is going. */
    DESCRIBE_JOB("", Level.ANY, "*"),
    /** Lists jobs. */
    LIST_JOBS("", Level.ANY, "*"),
    /** Confirms or cancels a job. */
    UPDATE_JOB_STATUS("", Level.ANY, "*"),
    /** Anything else, which is answered with 501. */
    UNKNOWN("", Level.ANY, "*");

    private enum Level {
        SERVICE,
        BUCKET,
        OBJECT,
        ANY
    }

    /** Sub-resources that the server has not, so that a request for one is not taken for one without. */
    private static final Set<String> OTHERS = Set.of(
            "accelerate",
            "analytics",
            "attributes",
            "cors",
            "intelligent-tiering",
            "inventory",
            "lifecycle",
            "logging",
            "metrics",
            "notification",
            "policy",
            "policyStatus",
            "publicAccessBlock",
            "replication",
            "select",
            "tagging",
            "torrent",
            "website",
            "ownershipControls",
            "encryption",
            "requestPayment",
            "object-lock",
            "acl",
            "delete",
            "versioning",
            "versions",
            "location",
            "retention",
            "legal-hold",
            "restore",
            "uploads",
            "session");

    private final String method;
    private final Level level;
    private final String parameter;
    private final boolean copies;

    S3Operation(String method, Level level, String parameter) {
        this(method, level, parameter, false);
    }

    /**
     * Says which requests are this.
     *
     * @param parameter the parameter that the request has; empty if it has none of a sub-resource, {@code *} for whatever
     * @param copies whether the request names the source of a copy
     */
    S3Operation(String method, Level level, String parameter, boolean copies) {
        this.method = method;
        this.level = level;
        this.parameter = parameter;
        this.copies = copies;
    }

    static S3Operation of(S3Request request) {
        Level level =
                request.bucket().isEmpty() ? Level.SERVICE : request.key().isEmpty() ? Level.BUCKET : Level.OBJECT;
        for (S3Operation operation : values()) {
            if (operation.level == level && operation.matches(request)) {
                return operation;
            }
        }
        return UNKNOWN;
    }

    private boolean matches(S3Request request) {
        if (!method.equals(request.method()) || (copies && !request.headers().containsKey("x-amz-copy-source"))) {
            return false;
        }
        return switch (parameter) {
            case "*" -> true;
            case "" -> request.query().keySet().stream().noneMatch(OTHERS::contains);
            default -> request.asks(parameter);
        };
    }
}
