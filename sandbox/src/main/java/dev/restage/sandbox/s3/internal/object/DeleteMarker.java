package dev.restage.sandbox.s3.internal.object;

import java.time.Instant;

/** Says that there is no current object. */
public record DeleteMarker(String key, String id, Instant modifiedAt) implements Version {}
