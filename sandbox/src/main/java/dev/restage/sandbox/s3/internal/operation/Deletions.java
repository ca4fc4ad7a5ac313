package dev.restage.sandbox.s3.internal.operation;

import dev.restage.sandbox.s3.internal.access.Caller;
import dev.restage.sandbox.s3.internal.access.SentChecksum;
import dev.restage.sandbox.s3.internal.http.S3Error;
import dev.restage.sandbox.s3.internal.http.S3Response;
import dev.restage.sandbox.s3.internal.http.Xml;
import dev.restage.sandbox.s3.internal.object.Bucket;
import dev.restage.sandbox.s3.internal.object.DeleteMarker;
import dev.restage.sandbox.s3.internal.object.StoredObject;
import dev.restage.sandbox.s3.internal.object.Version;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.w3c.dom.Element;

/** DeleteObject and DeleteObjects. */
public final class Deletions {

    private static final int MOST = 1000;

    private final BiConsumer<String, String> check;

    /**
     * Deletes what is not refused.
     *
     * @param check throws if a key of a bucket is not to be deleted by DeleteObjects
     */
    public Deletions(BiConsumer<String, String> check) {
        this.check = check;
    }

    public S3Response deleteOne(Caller caller, Bucket bucket) {
        Deleted deleted = delete(caller, bucket, caller.key(), caller.versionId());
        return S3Response.empty(204)
                .header("x-amz-delete-marker", deleted.marker() ? "true" : null)
                .header("x-amz-version-id", deleted.versionId().orElse(null));
    }

    public S3Response deleteMany(Caller caller, Bucket bucket) {
        SentChecksum.require(caller);
        Element document = Xml.read(caller.request().body().bytes());
        List<Element> objects = Xml.children(document, "Object");
        if (objects.isEmpty() || objects.size() > MOST) {
            throw S3Error.malformed();
        }
        boolean quiet = Xml.childText(document, "Quiet").orElse("").equals("true");
        Xml xml = Xml.document("DeleteResult");
        for (Element object : objects) {
            String key = Xml.required(object, "Key");
            Optional<String> versionId = Xml.childText(object, "VersionId");
            try {
                check.accept(bucket.name(), key);
                Deleted deleted = delete(caller, bucket, key, versionId);
                if (!quiet) {
                    describe(xml, key, versionId, deleted);
                }
            } catch (S3Error refused) {
                xml.open("Error").text("Key", key);
                versionId.ifPresent(id -> xml.text("VersionId", id));
                xml.text("Code", refused.code()).text("Message", refused.text()).close("Error");
            }
        }
        return S3Response.xml(200, xml.close("DeleteResult"));
    }

    private static Deleted delete(Caller caller, Bucket bucket, String key, Optional<String> versionId) {
        caller.principal()
                .check(versionId.isPresent() ? "s3:DeleteObjectVersion" : "s3:DeleteObject", bucket.name(), key);
        ObjectWrites.checkKey(key);
        if (versionId.isEmpty()) {
            Optional<DeleteMarker> marker = bucket.delete(key);
            return new Deleted(marker.isPresent(), marker.map(Version::id));
        }
        Optional<Version> version = bucket.version(key, versionId.get());
        if (version.isPresent() && version.get() instanceof StoredObject object) {
            object.attributes().lock().check(caller);
        }
        version.ifPresent(bucket::delete);
        return new Deleted(version.filter(DeleteMarker.class::isInstance).isPresent(), versionId);
    }

    private static void describe(Xml xml, String key, Optional<String> versionId, Deleted deleted) {
        xml.open("Deleted").text("Key", key);
        versionId.ifPresent(id -> xml.text("VersionId", id));
        if (deleted.marker()) {
            xml.text("DeleteMarker", true)
                    .text("DeleteMarkerVersionId", deleted.versionId().orElse(""));
        }
        xml.close("Deleted");
    }

    /** What a deletion did: whether a marker was written (or removed), and which version it was about. */
    private record Deleted(boolean marker, Optional<String> versionId) {}
}
