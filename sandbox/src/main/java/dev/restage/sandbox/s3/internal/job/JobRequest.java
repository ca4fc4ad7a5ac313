package dev.restage.sandbox.s3.internal.job;

import dev.restage.sandbox.s3.internal.http.S3Error;
import dev.restage.sandbox.s3.internal.http.Xml;
import dev.restage.sandbox.s3.internal.object.Conditions;
import dev.restage.sandbox.s3.internal.object.StoredObject;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * What CreateJob asks for.
 *
 * @param token the client's token, by which a repeated request is known
 * @param target the bucket that is copied to
 * @param prefix what is put before the keys
 * @param headers of each copy
 * @param manifest where the tasks are listed; null if they are generated
 * @param generator which objects are the tasks; null if they are listed
 */
public record JobRequest(
        String token,
        boolean confirmationRequired,
        String description,
        int priority,
        String role,
        String target,
        String prefix,
        Map<String, String> headers,
        @Nullable Manifest manifest,
        @Nullable Generator generator,
        Report report) {

    private static final String ARN = "arn:aws:s3:::";

    /** A CSV object. */
    record Manifest(String bucket, String key, String etag, List<String> fields) {}

    /** Objects of a bucket that pass a filter, and where to write their list; an empty bucket for nowhere. */
    record Generator(
            String bucket,
            List<String> prefixes,
            List<String> suffixes,
            List<String> substrings,
            List<String> storageClasses,
            long larger,
            long smaller,
            @Nullable Instant createdAfter,
            @Nullable Instant createdBefore,
            String outputBucket,
            String outputPrefix) {

        boolean takes(StoredObject object) {
            String key = object.key();
            return (prefixes.isEmpty() || prefixes.stream().anyMatch(key::startsWith))
                    && (suffixes.isEmpty() || suffixes.stream().anyMatch(key::endsWith))
                    && (substrings.isEmpty() || substrings.stream().anyMatch(key::contains))
                    && (storageClasses.isEmpty()
                            || storageClasses.contains(object.attributes().storageClass()))
                    && object.size() > larger
                    && object.size() < smaller
                    && (createdAfter == null || object.modifiedAt().isAfter(createdAfter))
                    && (createdBefore == null || object.modifiedAt().isBefore(createdBefore));
        }
    }

    /** Where the report goes. */
    record Report(boolean enabled, String bucket, String prefix, boolean failedOnly) {}

    public static JobRequest read(byte[] document) {
        Element root = Xml.read(document);
        String token = Xml.required(root, "ClientRequestToken");
        if (token.isEmpty() || token.length() > 64) {
            throw S3Error.invalid("ClientRequestToken must have from 1 to 64 characters");
        }
        Element copy = Xml.child(root, "Operation")
                .flatMap(operation -> Xml.child(operation, "S3PutObjectCopy"))
                .orElseThrow(() -> S3Error.notImplemented("an operation other than S3PutObjectCopy"));
        Optional<Element> manifest = Xml.child(root, "Manifest");
        Optional<Element> generator =
                Xml.child(root, "ManifestGenerator").flatMap(element -> Xml.child(element, "S3JobManifestGenerator"));
        if (manifest.isPresent() == generator.isPresent()) {
            throw S3Error.invalid("Exactly one of Manifest and ManifestGenerator must be specified");
        }
        return new JobRequest(
                token,
                isTrue(root, "ConfirmationRequired"),
                text(root, "Description"),
                Xml.childNumber(root, "Priority")
                        .orElseThrow(S3Error::malformed)
                        .intValue(),
                Xml.required(root, "RoleArn"),
                bucket(text(copy, "TargetResource")),
                text(copy, "TargetKeyPrefix"),
                copyHeaders(copy),
                manifest.map(JobRequest::manifest).orElse(null),
                generator.map(JobRequest::generator).orElse(null),
                report(Xml.child(root, "Report").orElseThrow(S3Error::malformed)));
    }

    private static Map<String, String> copyHeaders(Element copy) {
        Map<String, String> headers = new TreeMap<>();
        header(copy, "CannedAccessControlList", headers, "x-amz-acl");
        header(copy, "MetadataDirective", headers, "x-amz-metadata-directive");
        header(copy, "StorageClass", headers, "x-amz-storage-class");
        header(copy, "ChecksumAlgorithm", headers, "x-amz-checksum-algorithm");
        header(copy, "SSEAwsKmsKeyId", headers, "x-amz-server-side-encryption-aws-kms-key-id");
        if (headers.containsKey("x-amz-server-side-encryption-aws-kms-key-id")) {
            headers.put("x-amz-server-side-encryption", "aws:kms");
        }
        if (isTrue(copy, "RequesterPays")) {
            headers.put("x-amz-request-payer", "requester");
        }
        return headers;
    }

    private static void header(Element copy, String element, Map<String, String> headers, String name) {
        Xml.childText(copy, element).ifPresent(value -> headers.put(name, value));
    }

    private static Manifest manifest(Element element) {
        Element spec = Xml.child(element, "Spec").orElseThrow(S3Error::malformed);
        Element location = Xml.child(element, "Location").orElseThrow(S3Error::malformed);
        if (!Xml.required(spec, "Format").equals("S3BatchOperations_CSV_20180820")) {
            throw S3Error.notImplemented("a manifest other than S3BatchOperations_CSV_20180820");
        }
        String object = bucket(Xml.required(location, "ObjectArn"));
        int slash = object.indexOf('/');
        if (slash < 1) {
            throw S3Error.invalid("The manifest's ObjectArn names no object");
        }
        return new Manifest(
                object.substring(0, slash),
                object.substring(slash + 1),
                Conditions.unquoted(Xml.required(location, "ETag")),
                members(spec, "Fields"));
    }

    private static Generator generator(Element element) {
        Element nothing = element.getOwnerDocument().createElement("Nothing");
        Element filter = Xml.child(element, "Filter").orElse(nothing);
        Element names = Xml.child(filter, "KeyNameConstraint").orElse(nothing);
        Element output = Xml.child(element, "ManifestOutputLocation").orElse(nothing);
        return new Generator(
                bucket(Xml.required(element, "SourceBucket")),
                members(names, "MatchAnyPrefix"),
                members(names, "MatchAnySuffix"),
                members(names, "MatchAnySubstring"),
                members(filter, "MatchAnyStorageClass"),
                Xml.childNumber(filter, "ObjectSizeGreaterThanBytes").orElse(-1L),
                Xml.childNumber(filter, "ObjectSizeLessThanBytes").orElse(Long.MAX_VALUE),
                time(filter, "CreatedAfter"),
                time(filter, "CreatedBefore"),
                isTrue(element, "EnableManifestOutput") ? bucket(Xml.required(output, "Bucket")) : "",
                text(output, "ManifestPrefix"));
    }

    private static @Nullable Instant time(Element filter, String name) {
        try {
            return Xml.childText(filter, name).map(Instant::parse).orElse(null);
        } catch (DateTimeParseException e) {
            throw S3Error.malformed();
        }
    }

    private static Report report(Element element) {
        boolean enabled = isTrue(element, "Enabled");
        return new Report(
                enabled,
                enabled ? bucket(Xml.required(element, "Bucket")) : "",
                text(element, "Prefix"),
                text(element, "ReportScope").equals("FailedTasksOnly"));
    }

    private static List<String> members(Element parent, String list) {
        List<String> texts = new ArrayList<>();
        Xml.child(parent, list).ifPresent(element -> {
            for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
                if (node instanceof Element member) {
                    texts.add(member.getTextContent());
                }
            }
        });
        return texts;
    }

    private static String bucket(String arn) {
        if (!arn.startsWith(ARN)) {
            throw S3Error.invalid("not the ARN of a bucket or object: " + arn);
        }
        return arn.substring(ARN.length());
    }

    private static String text(Element parent, String name) {
        return Xml.childText(parent, name).orElse("");
    }

    private static boolean isTrue(Element parent, String name) {
        return text(parent, name).equals("true");
    }
}
