package dev.restage.media;

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
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A store in memory that lists in a given order and can do things just before an object is opened. */
public class FakeStore implements MediaStore {

    public static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");

    private final String name;
    private final NavigableMap<String, String> contents;
    public final List<String> listed = Collections.synchronizedList(new ArrayList<>());
    public final List<Integer> deletions = new ArrayList<>();
    /** Keys whose objects lie in an archive. */
    public final Set<String> archived = Collections.synchronizedSet(new HashSet<>());
    /** What the store puts before each ETag, so that it is another one than that of the same content elsewhere. */
    public String etagMark = "";
    /** When all objects were written. */
    public Instant time = TIME;
    /** Whether the store keeps checksums. */
    public boolean checksums;

    public final AtomicInteger checksumsAsked = new AtomicInteger();
    /** Whether this store copies from others by itself. */
    public boolean inside;
    /** Keys that cannot be deleted, with the reason. */
    public final Map<String, String> undeletable = new TreeMap<>();
    /** What copies to this store were to keep, by their keys. */
    public final Map<String, Set<MediaAttribute>> kept = new ConcurrentHashMap<>();

    public Runnable beforeOpen = () -> {};
    /** Asked before each copy to this store. */
    public Consumer<String> beforeCopy = key -> {};

    public FakeStore(String name) {
        this(name, KeyOrder.UTF_8);
    }

    public FakeStore(String name, Comparator<String> order) {
        this.name = name;
        this.contents = Collections.synchronizedNavigableMap(new TreeMap<>(order));
    }

    public FakeStore with(String key, String content) {
        contents.put(key, content);
        return this;
    }

    public void remove(String key) {
        contents.remove(key);
    }

    public Map<String, String> contents() {
        return Map.copyOf(contents);
    }

    @Override
    public Identity identity() {
        return Identity.of("fake", name);
    }

    @Override
    public Iterator<MediaObject> list(KeyRange range) {
        listed.add(range.prefix() + (range.after().isEmpty() ? "" : ">" + range.after()));
        return List.copyOf(contents.keySet()).stream()
                .filter(range::contains)
                .map(this::object)
                .toList()
                .iterator();
    }

    /** An object as it is listed. */
    public MediaObject object(String key) {
        String content = Objects.requireNonNull(contents.get(key));
        return new MediaObject(
                key,
                content.length(),
                etagMark + Integer.toHexString(content.hashCode()),
                time,
                archived.contains(key));
    }

    @Override
    public boolean copiesInside(MediaStore source) {
        return inside;
    }

    @Override
    public String checksum(MediaObject object) {
        checksumsAsked.incrementAndGet();
        return checksums ? "sum:" + contents.get(object.key()) : "";
    }

    @Override
    public MediaContent open(MediaObject object) {
        beforeOpen.run();
        String content = contents.get(object.key());
        if (content == null) {
            throw new ProviderException(Kind.NOT_FOUND, object.key() + " is gone", null);
        }
        if (!object(object.key()).equals(object)) {
            throw new ProviderException(Kind.CONFLICT, object.key() + " has changed", null);
        }
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        return new MediaContent(new ByteArrayInputStream(bytes), bytes.length, "", Map.of());
    }

    @Override
    public MediaObject copy(MediaStore source, MediaObject object, String key, Set<MediaAttribute> keep) {
        beforeCopy.accept(key);
        kept.put(key, Set.copyOf(keep));
        try (MediaContent content = source.open(object)) {
            contents.put(key, new String(content.stream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return object(key);
    }

    @Override
    public Map<String, String> delete(Collection<String> keys) {
        deletions.add(keys.size());
        Map<String, String> failures = new TreeMap<>(undeletable);
        failures.keySet().retainAll(keys);
        keys.stream().filter(key -> !failures.containsKey(key)).forEach(contents::remove);
        return failures;
    }
}
