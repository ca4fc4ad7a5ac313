package dev.restage.sandbox.s3.internal.operation;

import dev.restage.sandbox.s3.internal.access.Caller;
import dev.restage.sandbox.s3.internal.http.S3Error;
import dev.restage.sandbox.s3.internal.http.S3Response;
import dev.restage.sandbox.s3.internal.http.Xml;
import dev.restage.sandbox.s3.internal.object.Acl;
import dev.restage.sandbox.s3.internal.object.Attributes;
import dev.restage.sandbox.s3.internal.object.Bucket;
import dev.restage.sandbox.s3.internal.object.ObjectLock;
import dev.restage.sandbox.s3.internal.object.StoredObject;
import dev.restage.sandbox.s3.internal.object.Tags;
import dev.restage.sandbox.s3.internal.object.Version;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.w3c.dom.Element;

/** Tags, ACLs, locks and restores: what can be changed of an object without writing it again. */
public final class ObjectSettings {

    public S3Response getTags(Caller caller, Bucket bucket) {
        StoredObject object = find(caller, bucket, "s3:GetObjectTagging");
        return versioned(
                bucket, object, S3Response.xml(200, object.attributes().tags().document()));
    }

    public S3Response putTags(Caller caller, Bucket bucket) {
        StoredObject object = findToChange(caller, bucket, "s3:PutObjectTagging");
        Tags tags = Tags.read(caller.request().body().bytes());
        bucket.replace(object, object.with(object.attributes().withTags(tags)));
        return versioned(bucket, object, S3Response.empty(200));
    }

    public S3Response deleteTags(Caller caller, Bucket bucket) {
        StoredObject object = findToChange(caller, bucket, "s3:DeleteObjectTagging");
        bucket.replace(object, object.with(object.attributes().withTags(Tags.NONE)));
        return versioned(bucket, object, S3Response.empty(204));
    }

    public S3Response getAcl(Caller caller, Bucket bucket) {
        StoredObject object = find(caller, bucket, "s3:GetObjectAcl");
        return S3Response.xml(200, object.attributes().acl().document());
    }

    public S3Response putAcl(Caller caller, Bucket bucket) {
        StoredObject object = findToChange(caller, bucket, "s3:PutObjectAcl");
        boolean document = caller.request().body().bytes().length > 0;
        if (document && bucket.settings().ownerEnforced()) {
            throw new S3Error(400, "AccessControlListNotSupported", "The bucket does not allow ACLs");
        }
        Acl acl = document ? Acl.read(caller.request().body().bytes()) : Attributes.askedAcl(caller, bucket);
        bucket.replace(object, object.with(object.attributes().withAcl(acl)));
        return S3Response.empty(200);
    }

    public S3Response getRetention(Caller caller, Bucket bucket) {
        ObjectLock lock =
                find(caller, bucket, "s3:GetObjectRetention").attributes().lock();
        Instant until = lock.until();
        String mode = lock.mode();
        if (until == null || mode == null) {
            throw noLock();
        }
        return S3Response.xml(
                200,
                Xml.document("Retention")
                        .text("Mode", mode)
                        .text("RetainUntilDate", until.toString())
                        .close("Retention"));
    }

    public S3Response putRetention(Caller caller, Bucket bucket) {
        StoredObject object = findToChange(caller, bucket, "s3:PutObjectRetention");
        needsLock(bucket);
        Element document = Xml.read(caller.request().body().bytes());
        Optional<String> until = Xml.childText(document, "RetainUntilDate");
        ObjectLock old = object.attributes().lock();
        ObjectLock lock = new ObjectLock(
                Xml.childText(document, "Mode").orElse(null),
                until.map(ObjectLock::instant).orElse(null),
                old.legalHold());
        boolean shorter =
                old.until() != null && (lock.until() == null || lock.until().isBefore(old.until()));
        if (shorter) {
            old.check(caller);
        }
        bucket.replace(object, object.with(object.attributes().withLock(lock)));
        return S3Response.empty(200);
    }

    public S3Response getHold(Caller caller, Bucket bucket) {
        ObjectLock lock =
                find(caller, bucket, "s3:GetObjectLegalHold").attributes().lock();
        needsLock(bucket);
        return S3Response.xml(
                200,
                Xml.document("LegalHold")
                        .text("Status", lock.legalHold() ? "ON" : "OFF")
                        .close("LegalHold"));
    }

    public S3Response putHold(Caller caller, Bucket bucket) {
        StoredObject object = findToChange(caller, bucket, "s3:PutObjectLegalHold");
        needsLock(bucket);
        boolean hold = Xml.required(Xml.read(caller.request().body().bytes()), "Status")
                .equals("ON");
        ObjectLock old = object.attributes().lock();
        ObjectLock lock = new ObjectLock(old.mode(), old.until(), hold);
        bucket.replace(object, object.with(object.attributes().withLock(lock)));
        return S3Response.empty(200);
    }

    /** Here it is done at once; Amazon takes minutes to hours. */
    public S3Response restore(Caller caller, Bucket bucket) {
        StoredObject object = findToChange(caller, bucket, "s3:RestoreObject");
        if (!object.attributes().archived()) {
            throw new S3Error(
                    403, "InvalidObjectState", "Restore is not allowed for the object's current storage class");
        }
        long days = Xml.childNumber(Xml.read(caller.request().body().bytes()), "Days")
                .orElseThrow(S3Error::malformed);
        int status = object.readable() ? 200 : 202;
        Instant until = Instant.now()
                .plus(Duration.ofDays(days))
                .truncatedTo(ChronoUnit.DAYS)
                .plus(Duration.ofDays(1));
        bucket.replace(object, object.restored(until));
        return S3Response.empty(status);
    }

    private static StoredObject find(Caller caller, Bucket bucket, String action) {
        return ObjectReads.find(caller, bucket, caller.key(), caller.versionId(), action);
    }

    private static StoredObject findToChange(Caller caller, Bucket bucket, String action) {
        caller.principal().check(action, bucket.name(), caller.key());
        Optional<Version> found = caller.versionId().isPresent()
                ? bucket.version(caller.key(), caller.versionId().get())
                : bucket.newest(caller.key());
        return found.filter(StoredObject.class::isInstance)
                .map(StoredObject.class::cast)
                .orElseThrow(() -> S3Error.noSuchKey(caller.key()));
    }

    private static S3Response versioned(Bucket bucket, StoredObject object, S3Response response) {
        return response.header("x-amz-version-id", ObjectWrites.shownId(bucket, Optional.of(object)));
    }

    private static void needsLock(Bucket bucket) {
        if (!bucket.settings().objectLock()) {
            throw S3Error.invalid("Bucket is missing Object Lock Configuration");
        }
    }

    private static S3Error noLock() {
        return new S3Error(
                404, "NoSuchObjectLockConfiguration", "The specified object does not have a ObjectLock configuration");
    }
}
