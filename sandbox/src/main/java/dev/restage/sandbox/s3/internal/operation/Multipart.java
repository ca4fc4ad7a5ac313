package dev.restage.sandbox.s3.internal.operation;

import dev.restage.provider.media.KeyOrder;
import dev.restage.sandbox.s3.internal.access.Caller;
import dev.restage.sandbox.s3.internal.access.SentChecksum;
import dev.restage.sandbox.s3.internal.http.ChecksumAlgorithm;
import dev.restage.sandbox.s3.internal.http.Content;
import dev.restage.sandbox.s3.internal.http.Hashes;
import dev.restage.sandbox.s3.internal.http.S3Error;
import dev.restage.sandbox.s3.internal.http.S3Response;
import dev.restage.sandbox.s3.internal.http.UrlText;
import dev.restage.sandbox.s3.internal.http.Xml;
import dev.restage.sandbox.s3.internal.object.Attributes;
import dev.restage.sandbox.s3.internal.object.Body;
import dev.restage.sandbox.s3.internal.object.Body.Part;
import dev.restage.sandbox.s3.internal.object.Body.UploadedChecksum;
import dev.restage.sandbox.s3.internal.object.Bucket;
import dev.restage.sandbox.s3.internal.object.Conditions;
import dev.restage.sandbox.s3.internal.object.StoredObject;
import dev.restage.sandbox.s3.internal.object.Upload;
import dev.restage.sandbox.s3.internal.object.WriteCondition;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** Uploads in parts. */
public final class Multipart {

    private static final int MOST_PARTS = 10_000;

    private static final Comparator<Upload> ORDER = Comparator.comparing(Upload::key, KeyOrder.UTF_8)
            .thenComparing(Upload::startedAt)
            .thenComparing(Upload::id);

    private final Buckets buckets;
    private final Limits limits;

    public Multipart(Buckets buckets, Limits limits) {
        this.buckets = buckets;
        this.limits = limits;
    }

    public S3Response create(Caller caller, Bucket bucket) {
        ObjectWrites.mayPut(caller, bucket);
        Attributes attributes = Attributes.asked(caller, bucket);
        ChecksumAlgorithm algorithm = SentChecksum.asked(caller, ChecksumAlgorithm.CRC64NVME);
        boolean whole = algorithm == ChecksumAlgorithm.CRC64NVME
                || caller.header("x-amz-checksum-type").orElse("").equals("FULL_OBJECT");
        byte[] random = new byte[24];
        ThreadLocalRandom.current().nextBytes(random);
        Upload upload = new Upload(
                Hashes.hex(random),
                caller.key(),
                attributes,
                new UploadedChecksum(algorithm, whole),
                Instant.now().truncatedTo(ChronoUnit.SECONDS));
        bucket.uploads().put(upload.id(), upload);
        Xml xml = Xml.document("InitiateMultipartUploadResult")
                .text("Bucket", bucket.name())
                .text("Key", caller.key())
                .text("UploadId", upload.id())
                .close("InitiateMultipartUploadResult");
        S3Response response = S3Response.xml(200, xml);
        attributes.encryption().describe(response);
        if (caller.header("x-amz-checksum-algorithm").isPresent()) {
            response.header("x-amz-checksum-algorithm", algorithm.name())
                    .header("x-amz-checksum-type", whole ? "FULL_OBJECT" : "COMPOSITE");
        }
        return response;
    }

    public S3Response uploadPart(Caller caller, Bucket bucket) {
        caller.principal().check("s3:PutObject", bucket.name(), caller.key());
        Upload upload = find(caller, bucket);
        Content content = caller.request().body();
        SentChecksum.check(caller, content.bytes());
        Part part = add(caller, upload, content);
        ChecksumAlgorithm algorithm = upload.checksum().algorithm();
        S3Response response = S3Response.empty(200)
                .header("ETag", '"' + part.body().etag() + '"')
                .header(algorithm.header(), content.checksum(algorithm));
        upload.attributes().encryption().describe(response);
        return response;
    }

    public S3Response copyPart(Caller caller, Bucket bucket) {
        caller.principal().check("s3:PutObject", bucket.name(), caller.key());
        Upload upload = find(caller, bucket);
        CopySource source = CopySource.asked(caller, buckets, limits.copyBytes());
        Part part = add(caller, upload, source.content(caller, limits.copyBytes()));
        Xml xml = Xml.document("CopyPartResult")
                .text("LastModified", Listings.time(part.modifiedAt()))
                .text("ETag", '"' + part.body().etag() + '"')
                .close("CopyPartResult");
        S3Response response = S3Response.xml(200, xml);
        upload.attributes().encryption().describe(response);
        return response;
    }

    public S3Response complete(Caller caller, Bucket bucket) {
        caller.principal().check("s3:PutObject", bucket.name(), caller.key());
        Upload upload = find(caller, bucket);
        List<Part> parts = chosen(upload, Xml.read(caller.request().body().bytes()));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        parts.forEach(part -> bytes.writeBytes(part.body().content().bytes()));
        Body body = Body.parts(new Content(bytes.toByteArray()), parts, upload.checksum());
        StoredObject written = bucket.put(upload.key(), body, upload.attributes(), WriteCondition.asked(caller));
        bucket.uploads().remove(upload.id());
        Xml xml = Xml.document("CompleteMultipartUploadResult")
                .text("Location", "/" + bucket.name() + "/" + UrlText.path(upload.key()))
                .text("Bucket", bucket.name())
                .text("Key", upload.key())
                .text("ETag", '"' + written.etag() + '"')
                .text(body.algorithm().element(), body.checksumValue())
                .text("ChecksumType", body.checksumType())
                .close("CompleteMultipartUploadResult");
        return ObjectWrites.described(S3Response.xml(200, xml), bucket, written);
    }

    public S3Response abort(Caller caller, Bucket bucket) {
        caller.principal().check("s3:AbortMultipartUpload", bucket.name(), caller.key());
        bucket.uploads().remove(find(caller, bucket).id());
        return S3Response.empty(204);
    }

    public S3Response listParts(Caller caller, Bucket bucket) {
        caller.principal().check("s3:ListMultipartUploadParts", bucket.name(), caller.key());
        Upload upload = find(caller, bucket);
        int marker = number(caller, "part-number-marker", 0);
        int most = Math.min(number(caller, "max-parts", ListQuery.MOST), ListQuery.MOST);
        List<Part> left = new ArrayList<>(upload.parts().tailMap(marker, false).values());
        List<Part> page = left.subList(0, Math.min(most, left.size()));
        Xml xml = Xml.document("ListPartsResult")
                .text("Bucket", bucket.name())
                .text("Key", upload.key())
                .text("UploadId", upload.id())
                .text("StorageClass", upload.attributes().storageClass())
                .text("PartNumberMarker", marker)
                .text("MaxParts", most)
                .text("IsTruncated", page.size() < left.size());
        if (page.size() < left.size() && !page.isEmpty()) {
            xml.text("NextPartNumberMarker", page.get(page.size() - 1).number());
        }
        page.forEach(part -> xml.open("Part")
                .text("PartNumber", part.number())
                .text("LastModified", Listings.time(part.modifiedAt()))
                .text("ETag", '"' + part.body().etag() + '"')
                .text("Size", part.body().content().size())
                .close("Part"));
        return S3Response.xml(200, xml.close("ListPartsResult"));
    }

    public S3Response listUploads(Caller caller, Bucket bucket) {
        caller.principal().check("s3:ListBucketMultipartUploads", bucket.name(), "");
        boolean url = caller.parameter("encoding-type").isPresent();
        String prefix = caller.parameter("prefix").orElse("");
        String keyMarker = caller.parameter("key-marker").orElse("");
        String idMarker = caller.parameter("upload-id-marker").orElse("");
        int most = Math.min(number(caller, "max-uploads", ListQuery.MOST), ListQuery.MOST);
        List<Upload> sorted = new ArrayList<>(bucket.uploads().values());
        sorted.sort(ORDER);
        List<Upload> left = sorted.stream()
                .filter(upload -> upload.key().startsWith(prefix))
                .filter(upload -> isBehind(upload, keyMarker, bucket.uploads().get(idMarker)))
                .toList();
        List<Upload> page = left.subList(0, Math.min(most, left.size()));
        Xml xml = Xml.document("ListMultipartUploadsResult")
                .text("Bucket", bucket.name())
                .text("KeyMarker", url ? UrlText.listing(keyMarker) : keyMarker)
                .text("UploadIdMarker", idMarker)
                .text("Prefix", url ? UrlText.listing(prefix) : prefix)
                .text("MaxUploads", most)
                .text("IsTruncated", page.size() < left.size());
        if (url) {
            xml.text("EncodingType", "url");
        }
        if (page.size() < left.size() && !page.isEmpty()) {
            Upload last = page.get(page.size() - 1);
            xml.text("NextKeyMarker", url ? UrlText.listing(last.key()) : last.key())
                    .text("NextUploadIdMarker", last.id());
        }
        page.forEach(upload -> xml.open("Upload")
                .text("Key", url ? UrlText.listing(upload.key()) : upload.key())
                .text("UploadId", upload.id())
                .text("StorageClass", upload.attributes().storageClass())
                .text("Initiated", Listings.time(upload.startedAt()))
                .close("Upload"));
        return S3Response.xml(200, xml.close("ListMultipartUploadsResult"));
    }

    /** Without an upload all of the marker's key have been listed; so they have if that upload has ended meanwhile. */
    private static boolean isBehind(Upload upload, String keyMarker, @Nullable Upload marker) {
        if (marker != null && marker.key().equals(keyMarker)) {
            return ORDER.compare(upload, marker) > 0;
        }
        return keyMarker.isEmpty() || KeyOrder.UTF_8.compare(upload.key(), keyMarker) > 0;
    }

    private Part add(Caller caller, Upload upload, Content content) {
        int number = number(caller, "partNumber", 0);
        if (number < 1 || number > MOST_PARTS) {
            throw S3Error.argument(
                    "Part number must be an integer between 1 and 10000, inclusive",
                    "partNumber",
                    String.valueOf(number));
        }
        Body body = Body.whole(
                content, upload.attributes().encryption(), upload.checksum().algorithm());
        Part part = new Part(number, body, Instant.now().truncatedTo(ChronoUnit.SECONDS));
        upload.parts().put(number, part);
        return part;
    }

    /** {@return the parts that the client names, which must be there, in order, and large enough} */
    private List<Part> chosen(Upload upload, Element document) {
        List<Part> parts = new ArrayList<>();
        for (Element element : Xml.children(document, "Part")) {
            int number = Xml.childNumber(element, "PartNumber")
                    .orElseThrow(S3Error::malformed)
                    .intValue();
            String etag = Conditions.unquoted(Xml.required(element, "ETag"));
            Part part = Optional.ofNullable(upload.parts().get(number))
                    .filter(found -> found.body().etag().equals(etag))
                    .orElseThrow(() -> new S3Error(
                                    400,
                                    "InvalidPart",
                                    "One or more of the specified parts could not be found. The part may not have been"
                                            + " uploaded, or the specified entity tag may not match the part's entity tag.")
                            .detail("UploadId", upload.id())
                            .detail("PartNumber", String.valueOf(number)));
            if (!parts.isEmpty() && parts.get(parts.size() - 1).number() >= number) {
                throw new S3Error(
                        400,
                        "InvalidPartOrder",
                        "The list of parts was not in ascending order. Parts must be ordered by part number.");
            }
            parts.add(part);
        }
        if (parts.isEmpty()) {
            throw S3Error.malformed();
        }
        for (Part part : parts.subList(0, parts.size() - 1)) {
            if (part.body().content().size() < limits.partBytes()) {
                throw new S3Error(
                                400, "EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size")
                        .detail(
                                "ProposedSize",
                                String.valueOf(part.body().content().size()))
                        .detail("MinSizeAllowed", String.valueOf(limits.partBytes()))
                        .detail("PartNumber", String.valueOf(part.number()));
            }
        }
        return parts;
    }

    private static Upload find(Caller caller, Bucket bucket) {
        String id = caller.parameter("uploadId").orElse("");
        return Optional.ofNullable(bucket.uploads().get(id))
                .filter(upload -> upload.key().equals(caller.key()))
                .orElseThrow(() -> S3Error.noSuchUpload(id));
    }

    static int number(Caller caller, String parameter, int otherwise) {
        String text = caller.parameter(parameter).orElse("");
        if (text.isEmpty()) {
            return otherwise;
        }
        if (!text.matches("\\d{1,9}")) {
            throw S3Error.argument(
                    "Argument %s must be an integer between 0 and 2147483647".formatted(parameter), parameter, text);
        }
        return Integer.parseInt(text);
    }
}
