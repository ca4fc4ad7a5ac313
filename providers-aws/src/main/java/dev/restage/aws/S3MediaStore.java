package dev.restage.aws;

import dev.restage.aws.internal.wire.S3Body;
import dev.restage.aws.internal.wire.S3Checksum;
import dev.restage.aws.internal.wire.S3Headers;
import dev.restage.provider.Identity;
import dev.restage.provider.ProviderException;
import dev.restage.provider.Resource;
import dev.restage.provider.media.BulkCopier;
import dev.restage.provider.media.KeyRange;
import dev.restage.provider.media.MediaAttribute;
import dev.restage.provider.media.MediaContent;
import dev.restage.provider.media.MediaCosts;
import dev.restage.provider.media.MediaObject;
import dev.restage.provider.media.MediaStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.Tag;

/** Media below a prefix of a bucket. */
final class S3MediaStore implements MediaStore {

    private final S3Location location;
    private final S3Access access;
    private final S3Errors errors;
    private final S3BatchSettings batch;
    private @Nullable S3Direct direct;

    S3MediaStore(S3Location location, S3Access access, S3BatchSettings batch) {
        this.batch = batch;
        this.location = location;
        this.access = access;
        this.errors = new S3Errors(location, access);
    }

    S3Location location() {
        return location;
    }

    S3Access access() {
        return access;
    }

    S3Errors errors() {
        return errors;
    }

    synchronized S3Direct direct() {
        if (direct == null) {
            direct = errors.during("reach the bucket", () -> access.direct(location));
        }
        return direct;
    }

    @Override
    public Identity identity() {
        List<String> parts = new ArrayList<>(List.of(access.config().server(), location.bucket()));
        if (!location.prefix().isEmpty()) {
            parts.addAll(List.of(location.prefix().split("/")));
        }
        return new Identity("s3 bucket", parts);
    }

    /** {@inheritDoc} Two names of a server are found out by what lies there: a copy has another time, whoever made it. */
    @Override
    public boolean mayBe(Resource other) {
        return other instanceof S3MediaStore store && new S3Likeness(this, store).found();
    }

    @Override
    public Iterator<MediaObject> list(KeyRange range) {
        return new S3Listing(this, range);
    }

    @Override
    public MediaContent open(MediaObject object) {
        return get(object, null);
    }

    @Override
    public MediaContent open(MediaObject object, long from) {
        return get(object, from == 0 ? null : "bytes=%d-".formatted(from));
    }

    @Override
    public MediaContent open(MediaObject object, long from, long length) {
        return get(object, "bytes=%d-%d".formatted(from, from + length - 1));
    }

    private MediaContent get(MediaObject object, @Nullable String range) {
        return direct().open(location, object, range).orElseGet(() -> getBySdk(object, range));
    }

    private MediaContent getBySdk(MediaObject object, @Nullable String range) {
        ResponseInputStream<GetObjectResponse> stream = errors.during(
                "read " + MediaObject.shown(object.key()),
                () -> access.client()
                        .getObject(request -> request.bucket(location.bucket())
                                .key(location.full(object.key()))
                                .range(range)
                                .ifMatch(object.etag().isEmpty() ? null : S3Headers.quoted(object.etag()))));
        GetObjectResponse head = stream.response();
        return new MediaContent(
                new S3Body(
                        stream,
                        location + object.key(),
                        head.contentLength(),
                        range == null ? S3Attributes.md5(object.etag(), head.sdkHttpResponse()) : null,
                        stream::abort),
                head.contentLength(),
                S3Headers.received(Objects.requireNonNullElse(head.contentType(), "")),
                S3Attributes.headers(head.sdkHttpResponse()));
    }

    @Override
    public String checksum(MediaObject object) {
        return errors.during("look at " + MediaObject.shown(object.key()), () -> S3Checksum.of(head(object)));
    }

    @Override
    public Map<String, String> tags(MediaObject object) {
        try {
            return errors.during(
                    "read the tags of " + MediaObject.shown(object.key()),
                    () -> access
                            .client()
                            .getObjectTagging(
                                    request -> request.bucket(location.bucket()).key(location.full(object.key())))
                            .tagSet()
                            .stream()
                            .collect(Collectors.toMap(Tag::key, Tag::value)));
        } catch (ProviderException e) {
            if (e.kind() == ProviderException.Kind.UNSUPPORTED) {
                // A server that knows no tags has none to lose.
                return Map.of();
            }
            throw e;
        }
    }

    /** Looks at an object as it was listed. */
    HeadObjectResponse head(MediaObject object) {
        return access.client()
                .headObject(request -> request.bucket(location.bucket())
                        .key(location.full(object.key()))
                        .checksumMode(ChecksumMode.ENABLED)
                        .ifMatch(object.etag().isEmpty() ? null : S3Headers.quoted(object.etag())));
    }

    @Override
    public boolean copiesInside(MediaStore source) {
        return source instanceof S3MediaStore other && access.config().samePrincipal(other.access.config());
    }

    @Override
    public List<String> terms(MediaStore source, Set<MediaAttribute> keep) {
        if (!keep.contains(MediaAttribute.ACL)) {
            return List.of();
        }
        if (source instanceof S3MediaStore other && copiesInside(source)) {
            return errors.during("look at the access lists", () -> new S3Acl(other, this).terms());
        }
        throw S3Acl.unseen(location);
    }

    /** Another server than Amazon's has prices of its own. */
    @Override
    public Optional<MediaCosts> costs(MediaStore source) {
        return access.config().isAmazon()
                ? Optional.of(new S3Costs(copiesInside(source), access.config().maxCopyBytes()))
                : Optional.empty();
    }

    @Override
    public Optional<BulkCopier> bulk(MediaStore source) {
        return source instanceof S3MediaStore other && copiesInside(source)
                ? Optional.of(new S3Batch(other, this, batch))
                : Optional.empty();
    }

    @Override
    public MediaObject copy(MediaStore source, MediaObject object, String key, Set<MediaAttribute> keep) {
        return errors.during("write " + MediaObject.shown(key), () -> {
            if (source instanceof S3MediaStore other && copiesInside(source)) {
                return new S3Copy(other, this, keep).copy(object, key);
            }
            return new S3Upload(source, this, keep).copy(object, key);
        });
    }

    @Override
    public Map<String, String> delete(Collection<String> keys) {
        return errors.insisting("delete objects", () -> new S3Deletion(access.client(), location).delete(keys));
    }

    @Override
    public void close() {
        synchronized (this) {
            direct = null;
        }
        access.close();
    }
}
