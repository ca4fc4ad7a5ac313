package dev.restage.sandbox.s3.internal.object;

import dev.restage.sandbox.s3.internal.access.Caller;
import dev.restage.sandbox.s3.internal.http.S3Error;
import dev.restage.sandbox.s3.model.BucketSettings;
import java.util.Set;

/** What belongs to an object beside its bytes, as the request that wrote it asked. */
public record Attributes(
        Metadata metadata, Tags tags, Acl acl, String storageClass, Encryption encryption, ObjectLock lock) {

    private static final Set<String> CLASSES = Set.of(
            "STANDARD",
            "REDUCED_REDUNDANCY",
            "STANDARD_IA",
            "ONEZONE_IA",
            "INTELLIGENT_TIERING",
            "GLACIER",
            "DEEP_ARCHIVE",
            "GLACIER_IR",
            "EXPRESS_ONEZONE");

    /** Reads the headers, and checks that the caller may ask for it and that the bucket takes it. */
    public static Attributes asked(Caller caller, Bucket bucket) {
        BucketSettings settings = bucket.settings();
        Tags tags = Tags.header(caller.header("x-amz-tagging"));
        if (!tags.isEmpty()) {
            caller.principal().check("s3:PutObjectTagging", bucket.name(), caller.key());
        }
        String storageClass = caller.header("x-amz-storage-class").orElse("STANDARD");
        if (!CLASSES.contains(storageClass)) {
            throw new S3Error(400, "InvalidStorageClass", "The storage class you specified is not valid");
        }
        Encryption encryption = Encryption.asked(caller, Encryption.of(settings));
        encryption.checkWrite(caller.principal());
        return new Attributes(
                Metadata.asked(caller),
                tags,
                askedAcl(caller, bucket),
                storageClass,
                encryption,
                ObjectLock.asked(caller, settings));
    }

    public static Acl askedAcl(Caller caller, Bucket bucket) {
        String canned = caller.header("x-amz-acl").orElse("");
        return Acl.asked(caller)
                .map(acl -> {
                    if (bucket.settings().ownerEnforced() && !canned.equals("bucket-owner-full-control")) {
                        throw new S3Error(400, "AccessControlListNotSupported", "The bucket does not allow ACLs");
                    }
                    caller.principal().check("s3:PutObjectAcl", bucket.name(), caller.key());
                    return acl;
                })
                .orElse(Acl.PRIVATE);
    }

    public Attributes withMetadata(Metadata other) {
        return new Attributes(other, tags, acl, storageClass, encryption, lock);
    }

    public Attributes withTags(Tags other) {
        return new Attributes(metadata, other, acl, storageClass, encryption, lock);
    }

    public Attributes withAcl(Acl other) {
        return new Attributes(metadata, tags, other, storageClass, encryption, lock);
    }

    public Attributes withLock(ObjectLock other) {
        return new Attributes(metadata, tags, acl, storageClass, encryption, other);
    }

    public boolean archived() {
        return storageClass.equals("GLACIER") || storageClass.equals("DEEP_ARCHIVE");
    }
}
