package dev.restage.testkit;

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
import java.io.InputStream;
import java.time.Instant;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/** A media store in memory: the smallest that keeps each promise of the role. What a fault changes is a method of its own. */
class MemoryMediaStore implements MediaStore {

    /** An object with its content. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares two of these
    record Stored(MediaObject object, byte[] bytes, String contentType, Map<String, String> headers) {}

    final NavigableMap<String, Stored> objects = new ConcurrentSkipListMap<>(KeyOrder.UTF_8);
    private final AtomicLong versions = new AtomicLong();
    private final String name = UUID.randomUUID().toString();

    @Override
    public Identity identity() {
        return Identity.of("memory", name);
    }

    @Override
    public Iterator<MediaObject> list(KeyRange range) {
        return objects.values().stream()
                .map(Stored::object)
                .filter(object -> range.contains(object.key()))
                .iterator();
    }

    @Override
    public MediaContent open(MediaObject object) {
        Stored stored = objects.get(object.key());
        if (stored == null) {
            throw new ProviderException(Kind.NOT_FOUND, object.key() + " is gone", null);
        }
        if (!stored.object().etag().equals(object.etag())) {
            throw new ProviderException(Kind.CONFLICT, object.key() + " has changed: list it anew", null);
        }
        return content(stored);
    }

    final MediaContent content(Stored stored) {
        return new MediaContent(
                new ByteArrayInputStream(stored.bytes()),
                stored.bytes().length,
                stored.contentType(),
                stored.headers());
    }

    @Override
    public MediaObject copy(MediaStore source, MediaObject object, String key, Set<MediaAttribute> keep) {
        try (MediaContent content = source.open(object)) {
            byte[] bytes = received(key, content.stream(), object.sizeBytes());
            return put(key, bytes, content.contentType(), content.headers());
        } catch (IOException e) {
            throw new ProviderException(Kind.UNAVAILABLE, object.key() + " cannot be read: run again", e);
        }
    }

    /** All that a source gives; what ends too soon is no copy. */
    byte[] received(String key, InputStream stream, long size) throws IOException {
        byte[] bytes = stream.readAllBytes();
        if (bytes.length != size) {
            throw new ProviderException(
                    Kind.FAILED, "%s ended after %d of %d bytes".formatted(key, bytes.length, size), null);
        }
        return bytes;
    }

    MediaObject put(String key, byte[] bytes, String contentType, Map<String, String> headers) {
        MediaObject made =
                new MediaObject(key, bytes.length, "v" + versions.incrementAndGet(), Instant.ofEpochSecond(1));
        objects.put(key, new Stored(made, bytes, contentType, headers));
        return made;
    }

    @Override
    public Map<String, String> delete(Collection<String> keys) {
        keys.forEach(objects::remove);
        return Map.of();
    }
}
