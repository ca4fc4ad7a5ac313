package dev.restage.provider;

import java.time.Instant;

/**
 * One object of a media store, as a listing shows it.
 *
 * @param key its name below the store's prefix, never beginning with the prefix itself
 * @param sizeBytes its size in bytes
 * @param etag the store's tag of the content, without quotes, opaque; empty if the store has none
 * @param modifiedAt when the store last changed it
 */
public record MediaObject(String key, long sizeBytes, String etag, Instant modifiedAt) {}
