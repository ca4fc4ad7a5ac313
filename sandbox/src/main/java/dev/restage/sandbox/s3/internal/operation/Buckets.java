package dev.restage.sandbox.s3.internal.operation;

import dev.restage.sandbox.s3.internal.access.Account;
import dev.restage.sandbox.s3.internal.access.Caller;
import dev.restage.sandbox.s3.internal.http.S3Error;
import dev.restage.sandbox.s3.internal.http.S3Response;
import dev.restage.sandbox.s3.internal.http.Xml;
import dev.restage.sandbox.s3.internal.object.Acl;
import dev.restage.sandbox.s3.internal.object.Bucket;
import dev.restage.sandbox.s3.internal.object.Encryption;
import dev.restage.sandbox.s3.model.BucketSettings;
import dev.restage.sandbox.s3.model.BucketSettings.Versioning;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Pattern;

/** All buckets, and the operations that are about one as a whole. */
public final class Buckets {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

    private final Map<String, Bucket> buckets = new ConcurrentSkipListMap<>();

    public Bucket create(String name, BucketSettings settings) {
        if (!NAME.matcher(name).matches()) {
            throw new S3Error(400, "InvalidBucketName", "The specified bucket is not valid.")
                    .detail("BucketName", name);
        }
        Bucket bucket = new Bucket(name, settings);
        if (buckets.putIfAbsent(name, bucket) != null) {
            throw new S3Error(
                    409,
                    "BucketAlreadyOwnedByYou",
                    "Your previous request to create the named bucket succeeded and you already own it.");
        }
        return bucket;
    }

    public void renew(String name) {
        buckets.remove(name);
        create(name, BucketSettings.standard());
    }

    public Bucket of(String name) {
        return Optional.ofNullable(buckets.get(name)).orElseThrow(() -> S3Error.noSuchBucket(name));
    }

    /** Refuses what is refused whatever is asked of a bucket: the wrong region, the wrong owner, and who will not pay. */
    public void admit(Caller caller, Bucket bucket, String ownerHeader) {
        Optional<String> owner = caller.header(ownerHeader);
        if (owner.isPresent() && !owner.get().equals(Account.ID)) {
            throw S3Error.denied("Access Denied");
        }
        if (bucket.settings().requesterPays()
                && !caller.header("x-amz-request-payer").orElse("").equals("requester")) {
            throw S3Error.denied("Access Denied");
        }
    }

    /** A copy is sent to the region of its target; the source may be in any. */
    public void admitRegion(Caller caller, Bucket bucket) {
        String region = bucket.settings().region();
        if (region != null && !region.equals(caller.region())) {
            throw new S3Error(
                            400,
                            "AuthorizationHeaderMalformed",
                            "The authorization header is malformed; the region '%s' is wrong; expecting '%s'"
                                    .formatted(caller.region(), region))
                    .detail("Region", region)
                    .header("x-amz-bucket-region", region);
        }
    }

    public S3Response list() {
        Xml xml = Xml.document("ListAllMyBucketsResult");
        Acl.owner(xml, "Owner").open("Buckets");
        buckets.values()
                .forEach(bucket -> xml.open("Bucket")
                        .text("Name", bucket.name())
                        .text("CreationDate", Listings.time(bucket.createdAt()))
                        .close("Bucket"));
        return S3Response.xml(200, xml.close("Buckets").close("ListAllMyBucketsResult"));
    }

    public S3Response create(Caller caller) {
        String name = caller.request().bucket();
        caller.principal().check("s3:CreateBucket", name, "");
        BucketSettings settings = BucketSettings.standard();
        if (caller.header("x-amz-bucket-object-lock-enabled").orElse("").equals("true")) {
            settings = settings.locked(Duration.ZERO);
        }
        if (caller.header("x-amz-object-ownership").orElse("").equals("BucketOwnerEnforced")) {
            settings = settings.enforcingOwner();
        }
        create(name, settings);
        return S3Response.empty(200).header("Location", "/" + name);
    }

    public S3Response delete(Caller caller, Bucket bucket) {
        caller.principal().check("s3:DeleteBucket", bucket.name(), "");
        if (!bucket.isEmpty()) {
            throw new S3Error(409, "BucketNotEmpty", "The bucket you tried to delete is not empty");
        }
        buckets.remove(bucket.name());
        return S3Response.empty(204);
    }

    public S3Response head(Caller caller, Bucket bucket) {
        caller.principal().check("s3:ListBucket", bucket.name(), "");
        return S3Response.empty(200).header("x-amz-bucket-region", region(bucket));
    }

    public S3Response location(Bucket bucket) {
        String region = region(bucket);
        String shown = region.equals("us-east-1") ? "" : region;
        Xml xml = Xml.document("LocationConstraint").content(shown);
        return S3Response.xml(200, xml.close("LocationConstraint"));
    }

    public S3Response versioning(Bucket bucket) {
        Xml xml = Xml.document("VersioningConfiguration");
        Versioning versioning = bucket.settings().versioning();
        if (versioning != Versioning.OFF) {
            xml.text("Status", versioning == Versioning.ENABLED ? "Enabled" : "Suspended");
        }
        return S3Response.xml(200, xml.close("VersioningConfiguration"));
    }

    public S3Response putVersioning(Caller caller, Bucket bucket) {
        caller.principal().check("s3:PutBucketVersioning", bucket.name(), "");
        String status = Xml.required(Xml.read(caller.request().body().bytes()), "Status");
        if (bucket.settings().objectLock() && !status.equals("Enabled")) {
            throw new S3Error(
                    409,
                    "InvalidBucketState",
                    "An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.");
        }
        bucket.settings(bucket.settings().with(status.equals("Enabled") ? Versioning.ENABLED : Versioning.SUSPENDED));
        return S3Response.empty(200);
    }

    public S3Response encryption(Caller caller, Bucket bucket) {
        caller.principal().check("s3:GetEncryptionConfiguration", bucket.name(), "");
        Encryption encryption = Encryption.of(bucket.settings());
        Xml xml = Xml.document("ServerSideEncryptionConfiguration")
                .open("Rule")
                .open("ApplyServerSideEncryptionByDefault")
                .text("SSEAlgorithm", encryption.algorithm());
        if (encryption.kmsKey() != null) {
            xml.text("KMSMasterKeyID", encryption.kmsKey());
        }
        xml.close("ApplyServerSideEncryptionByDefault").close("Rule");
        return S3Response.xml(200, xml.close("ServerSideEncryptionConfiguration"));
    }

    public S3Response requestPayment(Bucket bucket) {
        Xml xml = Xml.document("RequestPaymentConfiguration")
                .text("Payer", bucket.settings().requesterPays() ? "Requester" : "BucketOwner");
        return S3Response.xml(200, xml.close("RequestPaymentConfiguration"));
    }

    public S3Response ownership(Bucket bucket) {
        Xml xml = Xml.document("OwnershipControls")
                .open("Rule")
                .text("ObjectOwnership", bucket.settings().ownerEnforced() ? "BucketOwnerEnforced" : "ObjectWriter")
                .close("Rule");
        return S3Response.xml(200, xml.close("OwnershipControls"));
    }

    public S3Response objectLock(Bucket bucket) {
        if (!bucket.settings().objectLock()) {
            throw new S3Error(
                    404,
                    "ObjectLockConfigurationNotFoundError",
                    "Object Lock configuration does not exist for this bucket");
        }
        Xml xml = Xml.document("ObjectLockConfiguration").text("ObjectLockEnabled", "Enabled");
        long days = bucket.settings().retention().toDays();
        if (days > 0) {
            xml.open("Rule")
                    .open("DefaultRetention")
                    .text("Mode", "GOVERNANCE")
                    .text("Days", days)
                    .close("DefaultRetention")
                    .close("Rule");
        }
        return S3Response.xml(200, xml.close("ObjectLockConfiguration"));
    }

    private static String region(Bucket bucket) {
        String region = bucket.settings().region();
        return region == null ? "us-east-1" : region;
    }
}
