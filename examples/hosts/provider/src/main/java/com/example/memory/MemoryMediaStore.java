package com.example.memory;

import dev.restage.provider.Identity;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.media.KeyOrder;
import dev.restage.provider.media.KeyRange;
import dev.restage.provider.media.MediaAttribute;
import dev.restage.provider.media.MediaContent;
import dev.restage.provider.media.MediaObject;
import dev.restage.provider.media.MediaStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/** Media in memory: all that a store has to do, and nothing else. */
final class MemoryMediaStore implements MediaStore {

    private record Stored(MediaObject object, byte[] bytes, String contentType, Map<String, String> headers) {}

    private final String name;
    private final NavigableMap<String, Stored> stored = new ConcurrentSkipListMap<>(KeyOrder.UTF_8);
    private final AtomicLong versions = new AtomicLong();

    MemoryMediaStore(String name) {
        this.name = name;
    }

    @Override
    public Identity identity() {
        return Identity.of("memory", name);
    }

    @Override
    public Iterator<MediaObject> list(KeyRange range) {
        return stored.tailMap(range.after(), false).values().stream()
                .map(Stored::object)
                .filter(object -> range.contains(object.key()))
                .iterator();
    }

    @Override
    public MediaContent open(MediaObject object) {
        Stored found = stored.get(object.key());
        if (found == null) {
            throw new ProviderException(Kind.NOT_FOUND, object.key() + " is not in " + this + " any more", null);
        }
        if (!found.object().etag().equals(object.etag())) {
            throw new ProviderException(Kind.CONFLICT, object.key() + " has changed in " + this, null);
        }
        return new MediaContent(
                new ByteArrayInputStream(found.bytes()), found.bytes().length, found.contentType(), found.headers());
    }

    @Override
    public MediaObject copy(MediaStore source, MediaObject object, String key, Set<MediaAttribute> keep) {
        try (MediaContent content = source.open(object)) {
            byte[] bytes = content.stream().readAllBytes();
            if (bytes.length != content.sizeBytes()) {
                throw new ProviderException(
                        Kind.UNAVAILABLE, "%s ended after %d bytes; run again".formatted(key, bytes.length), null);
            }
            boolean metadata = keep.contains(MediaAttribute.METADATA);
            MediaObject copied =
                    new MediaObject(key, bytes.length, "v" + versions.incrementAndGet(), Instant.now());
            stored.put(
                    key,
                    new Stored(
                            copied,
                            bytes,
                            metadata ? content.contentType() : "",
                            metadata ? content.headers() : Map.of()));
            return copied;
        } catch (IOException e) {
            throw new ProviderException(Kind.UNAVAILABLE, object.key() + " cannot be read; run again", e);
        }
    }

    @Override
    public Map<String, String> delete(Collection<String> keys) {
        keys.forEach(stored::remove);
        return Map.of();
    }

    @Override
    public String toString() {
        return "memory:" + name;
    }
}
