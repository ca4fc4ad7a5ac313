package dev.restage.sandbox.s3.internal.object;

import java.time.Instant;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** A multipart upload that is going on. */
public record Upload(
        String id,
        String key,
        Attributes attributes,
        Body.UploadedChecksum checksum,
        Instant startedAt,
        NavigableMap<Integer, Body.Part> parts) {

    public Upload(String id, String key, Attributes attributes, Body.UploadedChecksum checksum, Instant startedAt) {
        this(id, key, attributes, checksum, startedAt, new ConcurrentSkipListMap<>());
    }
}
