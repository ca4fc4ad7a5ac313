package dev.restage.sandbox.s3;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An object. Times are whole seconds, as S3 has them. */
record StoredObject(
        String key,
        String id,
        Instant modifiedAt,
        Body body,
        Attributes attributes,
        @Nullable Instant restoredUntil) implements Version {

    StoredObject with(Attributes other) {
        return new StoredObject(key, id, modifiedAt, body, other, restoredUntil);
    }

    StoredObject restored(Instant until) {
        return new StoredObject(key, id, modifiedAt, body, attributes, until);
    }

    boolean readable() {
        return !attributes.archived() || (restoredUntil != null && restoredUntil.isAfter(Instant.now()));
    }

    int size() {
        return body.content().size();
    }

    String etag() {
        return body.etag();
    }
}
