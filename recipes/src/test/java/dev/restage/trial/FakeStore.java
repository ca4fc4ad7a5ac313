package dev.restage.trial;

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
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** A media store in memory. Objects are as old as the trial's clock says, or as {@link #times} says. */
public final class FakeStore implements MediaStore {

    /** A day before a trial begins. */
    public static final Instant BEFORE = Trial.NOW.minusSeconds(86_400);

    public final NavigableMap<String, String> contents =
            Collections.synchronizedNavigableMap(new TreeMap<>(KeyOrder.UTF_8));
    public final Map<String, Instant> times = new ConcurrentHashMap<>();
    public final Set<String> archived = ConcurrentHashMap.newKeySet();

    /** Keys that the store refuses to delete, with the reason. */
    public final Map<String, String> undeletable = new ConcurrentHashMap<>();

    /** What copies to this store cannot keep, in sentences. */
    public final List<String> terms = new ArrayList<>();

    /** Whether it answers nothing. */
    public volatile boolean unreachable;

    private final String name;
    private final Changes changes;

    FakeStore(String name, Changes changes) {
        this.name = name;
        this.changes = changes;
    }

    /** Puts an object there. */
    public FakeStore with(String key, String content) {
        contents.put(key, content);
        return this;
    }

    private void answer() {
        if (unreachable) {
            throw new ProviderException(Kind.UNAVAILABLE, name + " does not answer", null);
        }
    }

    @Override
    public Identity identity() {
        answer();
        return Identity.of("fake store", name);
    }

    @Override
    public Iterator<MediaObject> list(KeyRange range) {
        answer();
        synchronized (contents) {
            return List.copyOf(contents.keySet()).stream()
                    .filter(range::contains)
                    .map(this::object)
                    .toList()
                    .iterator();
        }
    }

    private MediaObject object(String key) {
        String content = Objects.requireNonNull(contents.get(key));
        return new MediaObject(
                key,
                content.length(),
                Integer.toHexString(content.hashCode()),
                times.getOrDefault(key, BEFORE),
                archived.contains(key));
    }

    @Override
    public MediaContent open(MediaObject object) {
        String content = contents.get(object.key());
        if (content == null) {
            throw new ProviderException(Kind.NOT_FOUND, object.key() + " is gone", null);
        }
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        return new MediaContent(new ByteArrayInputStream(bytes), bytes.length, "", Map.of());
    }

    @Override
    public List<String> terms(MediaStore source, Set<MediaAttribute> keep) {
        return List.copyOf(terms);
    }

    @Override
    public MediaObject copy(MediaStore source, MediaObject object, String key, Set<MediaAttribute> keep) {
        changes.make("copy " + key, () -> {
            try (MediaContent content = source.open(object)) {
                contents.put(key, new String(content.stream().readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return object(key);
    }

    @Override
    public Map<String, String> delete(Collection<String> keys) {
        Map<String, String> refused = new HashMap<>();
        changes.make("delete %d of %s".formatted(keys.size(), name), () -> {
            for (String key : keys) {
                if (undeletable.containsKey(key)) {
                    refused.put(key, undeletable.get(key));
                } else {
                    contents.remove(key);
                }
            }
        });
        return refused;
    }
}
