package dev.restage.sandbox.s3.internal.object;

import java.time.Instant;

/** One version of a key. */
public sealed interface Version permits StoredObject, DeleteMarker {

    /** The id of the version of a bucket that has none. */
    String NULL_ID = "null";

    String key();

    String id();

    Instant modifiedAt();
}
