package dev.restage.aws;

import dev.restage.provider.Identity;
import dev.restage.provider.KeyRange;
import dev.restage.provider.MediaAttribute;
import dev.restage.provider.MediaContent;
import dev.restage.provider.MediaObject;
import dev.restage.provider.MediaStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** Media below a prefix of a bucket. */
final class S3MediaStore implements MediaStore {

    private final S3Location location;
    private final S3Access access;
    private final S3Errors errors;

    S3MediaStore(S3Location location, S3Access access) {
        this.location = location;
        this.access = access;
        this.errors = new S3Errors(location, access.config());
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

    @Override
    public Identity identity() {
        List<String> parts = new ArrayList<>(List.of(access.server(), location.bucket()));
        if (!location.prefix().isEmpty()) {
            parts.addAll(List.of(location.prefix().split("/")));
        }
        return new Identity("s3 bucket", parts);
    }

    @Override
    public Iterator<MediaObject> list(KeyRange range) {
        return errors.during("list the objects", () -> new S3Listing(access.client(), location, errors, range));
    }

    @Override
    public MediaContent open(MediaObject object) {
        return open(object, 0);
    }

    @Override
    public MediaContent open(MediaObject object, long from) {
        ResponseInputStream<GetObjectResponse> stream = errors.during(
                "read " + object.key(),
                () -> access.client()
                        .getObject(GetObjectRequest.builder()
                                .bucket(location.bucket())
                                .key(location.full(object.key()))
                                .ifMatch(object.etag().isEmpty() ? null : quoted(object.etag()))
                                .range(from == 0 ? null : "bytes=%d-".formatted(from))
                                .build()));
        GetObjectResponse head = stream.response();
        return new MediaContent(
                stream, head.contentLength(), Objects.requireNonNullElse(head.contentType(), ""), S3Headers.of(head));
    }

    @Override
    public MediaObject copy(MediaStore source, MediaObject object, String key, Set<MediaAttribute> keep) {
        return errors.during("write " + key, () -> {
            if (source instanceof S3MediaStore other && access.config().samePrincipal(other.access.config())) {
                return new S3Copy(other, this).copy(object, key);
            }
            return new S3Upload(source, this).copy(object, key);
        });
    }

    @Override
    public Map<String, String> delete(Collection<String> keys) {
        return errors.during("delete objects", () -> new S3Deletion(access.client(), location).delete(keys));
    }

    @Override
    public void close() {
        access.close();
    }

    static String quoted(String etag) {
        return '"' + etag + '"';
    }

    static String unquoted(@Nullable String etag) {
        return etag == null ? "" : etag.replace("\"", "");
    }
}
