package dev.restage.sandbox.s3.internal.object;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An object. Times are whole seconds, as S3 has them. */
public record StoredObject(
        String key,
        String id,
        Instant modifiedAt,
        Body body,
        Attributes attributes,
        @Nullable Instant restoredUntil) implements Version {

    public StoredObject with(Attributes other) {
        return new StoredObject(key, id, modifiedAt, body, other, restoredUntil);
    }

    public StoredObject restored(Instant until) {
        return new StoredObject(key, id, modifiedAt, body, attributes, until);
    }

    public boolean readable() {
        return !attributes.archived() || (restoredUntil != null && restoredUntil.isAfter(Instant.now()));
    }

    public int size() {
        return body.content().size();
    }

    public String etag() {
        return body.etag();
    }
}
