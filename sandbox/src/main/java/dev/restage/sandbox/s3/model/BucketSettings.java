package dev.restage.sandbox.s3.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a bucket is like. Immutable: each method returns changed settings. */
public final class BucketSettings {

    /** Whether a bucket keeps what was overwritten and deleted. */
    public enum Versioning {
        /** It never did. */
        OFF,
        /** It does. */
        ENABLED,
        /** It did. */
        SUSPENDED
    }

    private static final BucketSettings STANDARD =
            new BucketSettings(null, Versioning.OFF, false, Duration.ZERO, null, false, false);

    private final @Nullable String region;
    private final Versioning versioning;
    private final boolean objectLock;
    private final Duration retention;
    private final @Nullable String kmsKey;
    private final boolean requesterPays;
    private final boolean ownerEnforced;

    private BucketSettings(
            @Nullable String region,
            Versioning versioning,
            boolean objectLock,
            Duration retention,
            @Nullable String kmsKey,
            boolean requesterPays,
            boolean ownerEnforced) {
        this.region = region;
        this.versioning = versioning;
        this.objectLock = objectLock;
        this.retention = retention;
        this.kmsKey = kmsKey;
        this.requesterPays = requesterPays;
        this.ownerEnforced = ownerEnforced;
    }

    /** {@return a bucket in every region, without versions, locks or keys, that takes ACLs and pays itself} */
    public static BucketSettings standard() {
        return STANDARD;
    }

    /**
     * {@return these settings, in one region; requests that were signed for another are refused}
     *
     * @param name of the region
     */
    public BucketSettings inRegion(String name) {
        return new BucketSettings(name, versioning, objectLock, retention, kmsKey, requesterPays, ownerEnforced);
    }

    /** {@return these settings, with versions} */
    public BucketSettings versioned() {
        return with(Versioning.ENABLED);
    }

    /**
     * {@return these settings, with versions and Object Lock}
     *
     * @param byDefault how long a new version may not be deleted; zero to lock only what asks for it
     */
    public BucketSettings locked(Duration byDefault) {
        return new BucketSettings(region, Versioning.ENABLED, true, byDefault, kmsKey, requesterPays, ownerEnforced);
    }

    /**
     * {@return these settings, with encryption by a KMS key unless a request says otherwise}
     *
     * @param keyId the id of the key
     */
    public BucketSettings kms(String keyId) {
        return new BucketSettings(region, versioning, objectLock, retention, keyId, requesterPays, ownerEnforced);
    }

    /** {@return these settings, refusing who does not say that he pays} */
    public BucketSettings paidByRequester() {
        return new BucketSettings(region, versioning, objectLock, retention, kmsKey, true, ownerEnforced);
    }

    /** {@return these settings, refusing ACLs} */
    public BucketSettings enforcingOwner() {
        return new BucketSettings(region, versioning, objectLock, retention, kmsKey, requesterPays, true);
    }

    /**
     * {@return these settings, with versions or without}
     *
     * @param other which
     */
    public BucketSettings with(Versioning other) {
        return new BucketSettings(region, other, objectLock, retention, kmsKey, requesterPays, ownerEnforced);
    }

    /** {@return the region that requests must be signed for; null if any will do} */
    public @Nullable String region() {
        return region;
    }

    /** {@return whether it keeps versions} */
    public Versioning versioning() {
        return versioning;
    }

    /** {@return whether versions can be locked} */
    public boolean objectLock() {
        return objectLock;
    }

    /** {@return how long a new version is locked; zero unless it asks for it} */
    public Duration retention() {
        return retention;
    }

    /** {@return the id of the KMS key that encrypts; null if S3 does} */
    public @Nullable String kmsKey() {
        return kmsKey;
    }

    /** {@return whether who asks has to say that he pays} */
    public boolean requesterPays() {
        return requesterPays;
    }

    /** {@return whether ACLs are refused} */
    public boolean ownerEnforced() {
        return ownerEnforced;
    }
}
