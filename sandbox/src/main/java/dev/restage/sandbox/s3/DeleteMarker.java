package dev.restage.sandbox.s3;

import java.time.Instant;

/** Says that there is no current object. */
record DeleteMarker(String key, String id, Instant modifiedAt) implements Version {}
