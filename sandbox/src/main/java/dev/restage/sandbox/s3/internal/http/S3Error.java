package dev.restage.sandbox.s3.internal.http;

import java.util.LinkedHashMap;
import java.util.Map;

/** Ends an operation with an answer of S3's error kind. */
public final class S3Error extends RuntimeException {

    private final int status;
    private final String code;
    private final transient Map<String, String> details = new LinkedHashMap<>();
    private final transient Map<String, String> headers = new LinkedHashMap<>();

    public S3Error(int status, String code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
    }

    /** Adds an element to the document. */
    public S3Error detail(String name, String value) {
        details.put(name, value);
        return this;
    }

    public S3Error header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    public String text() {
        return String.valueOf(getMessage());
    }

    public S3Response response(String resource, String requestId) {
        Xml xml = Xml.document("Error").text("Code", code).text("Message", text());
        details.forEach(xml::text);
        xml.text("Resource", resource).text("RequestId", requestId);
        S3Response response = S3Response.xml(status, xml.close("Error"));
        headers.forEach(response::header);
        return response;
    }

    public static S3Error noSuchBucket(String bucket) {
        return new S3Error(404, "NoSuchBucket", "The specified bucket does not exist").detail("BucketName", bucket);
    }

    public static S3Error noSuchKey(String key) {
        return new S3Error(404, "NoSuchKey", "The specified key does not exist.").detail("Key", key);
    }

    public static S3Error noSuchUpload(String id) {
        return new S3Error(
                        404,
                        "NoSuchUpload",
                        "The specified multipart upload does not exist. The upload ID might be invalid, or the multipart"
                                + " upload might have been aborted or completed.")
                .detail("UploadId", id);
    }

    public static S3Error denied(String message) {
        return new S3Error(403, "AccessDenied", message);
    }

    public static S3Error malformed() {
        return new S3Error(
                400,
                "MalformedXML",
                "The XML you provided was not well-formed or did not validate against our published schema");
    }

    public static S3Error argument(String message, String name, String value) {
        return new S3Error(400, "InvalidArgument", message)
                .detail("ArgumentName", name)
                .detail("ArgumentValue", value);
    }

    public static S3Error invalid(String message) {
        return new S3Error(400, "InvalidRequest", message);
    }

    public static S3Error precondition(String condition) {
        return new S3Error(412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold")
                .detail("Condition", condition);
    }

    public static S3Error notImplemented(String what) {
        return new S3Error(
                501, "NotImplemented", "A header you provided implies functionality that is not implemented: " + what);
    }
}
