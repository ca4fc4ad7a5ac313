package dev.restage.sandbox.s3.internal.object;

import dev.restage.provider.media.KeyOrder;
import dev.restage.sandbox.s3.internal.http.Hashes;
import dev.restage.sandbox.s3.model.BucketSettings;
import dev.restage.sandbox.s3.model.BucketSettings.Versioning;
import dev.restage.sandbox.s3.model.SimulatedObjects;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** A bucket: its versions by key, newest first. Reads take no lock, so that a listing does not hold up writers. */
public final class Bucket {

    private final String name;
    private final NavigableMap<String, List<Version>> keys = new ConcurrentSkipListMap<>(KeyOrder.UTF_8);
    private final Map<String, Upload> uploads = new ConcurrentHashMap<>();
    private final Instant createdAt = now();
    private volatile BucketSettings settings;
    private volatile @Nullable Simulation simulation;

    public Bucket(String name, BucketSettings settings) {
        this.name = name;
        this.settings = settings;
    }

    public String name() {
        return name;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public BucketSettings settings() {
        return settings;
    }

    public void settings(BucketSettings changed) {
        settings = changed;
    }

    public void simulate(SimulatedObjects objects) {
        simulation = new Simulation(objects);
    }

    public Map<String, Upload> uploads() {
        return uploads;
    }

    public NavigableMap<String, List<Version>> keys() {
        return keys;
    }

    public boolean isEmpty() {
        return keys.isEmpty() && simulation == null;
    }

    /** {@return the newest version of a key, which may say that it was deleted} */
    public Optional<Version> newest(String key) {
        List<Version> versions = keys.get(key);
        if (versions != null) {
            return Optional.of(versions.get(0));
        }
        Simulation simulated = simulation;
        return simulated == null ? Optional.empty() : simulated.find(key);
    }

    public Optional<StoredObject> current(String key) {
        return newest(key).filter(StoredObject.class::isInstance).map(StoredObject.class::cast);
    }

    public Optional<Version> version(String key, String id) {
        return keys.getOrDefault(key, List.of()).stream()
                .filter(version -> version.id().equals(id))
                .findFirst()
                .or(() -> id.equals(Version.NULL_ID)
                        ? current(key).filter(object -> object.id().equals(id)).map(object -> object)
                        : Optional.empty());
    }

    /** {@return the current objects whose keys are not less than a text, in order} */
    public Iterator<StoredObject> from(String text) {
        Iterator<StoredObject> real = new CurrentObjects(keys.tailMap(text, true));
        Simulation simulated = simulation;
        return simulated == null ? real : simulated.under(real, keys, text);
    }

    public StoredObject put(String key, Body body, Attributes attributes) {
        return put(key, body, attributes, WriteCondition.NONE);
    }

    public synchronized StoredObject put(String key, Body body, Attributes attributes, WriteCondition condition) {
        condition.check(current(key));
        StoredObject object = new StoredObject(key, newId(), now(), body, attributes, null);
        add(object);
        return object;
    }

    /** Replaces what belongs to a version, in place. */
    public synchronized void replace(StoredObject version, StoredObject changed) {
        List<Version> versions = new ArrayList<>(keys.getOrDefault(version.key(), List.of(version)));
        versions.replaceAll(old -> old.id().equals(version.id()) ? changed : old);
        keys.put(version.key(), List.copyOf(versions));
    }

    /** Deletes the current object. {@return the marker that stands for it now, if the bucket keeps versions} */
    public synchronized Optional<DeleteMarker> delete(String key) {
        if (settings.versioning() == Versioning.OFF && simulation == null) {
            keys.remove(key);
            return Optional.empty();
        }
        DeleteMarker marker = new DeleteMarker(key, newId(), now());
        add(marker);
        return settings.versioning() == Versioning.OFF ? Optional.empty() : Optional.of(marker);
    }

    public synchronized void delete(Version version) {
        List<Version> left = new ArrayList<>(keys.getOrDefault(version.key(), List.of()));
        left.removeIf(old -> old.id().equals(version.id()));
        if (left.isEmpty()) {
            keys.remove(version.key());
        } else {
            keys.put(version.key(), List.copyOf(left));
        }
    }

    private void add(Version version) {
        if (settings.versioning() == Versioning.OFF) {
            keys.put(version.key(), List.of(version));
            return;
        }
        List<Version> versions = new ArrayList<>();
        versions.add(version);
        keys.getOrDefault(version.key(), List.of()).stream()
                .filter(old -> !old.id().equals(version.id()))
                .forEach(versions::add);
        keys.put(version.key(), List.copyOf(versions));
    }

    private String newId() {
        if (settings.versioning() != Versioning.ENABLED) {
            return Version.NULL_ID;
        }
        byte[] random = new byte[16];
        ThreadLocalRandom.current().nextBytes(random);
        return Hashes.hex(random);
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }

    /** Skips what was deleted. */
    private static final class CurrentObjects implements Iterator<StoredObject> {

        private final Iterator<List<Version>> versions;
        private @Nullable StoredObject next;

        CurrentObjects(NavigableMap<String, List<Version>> tail) {
            versions = tail.values().iterator();
            advance();
        }

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public StoredObject next() {
            StoredObject found = next;
            if (found == null) {
                throw new NoSuchElementException();
            }
            advance();
            return found;
        }

        private void advance() {
            next = null;
            while (next == null && versions.hasNext()) {
                if (versions.next().get(0) instanceof StoredObject object) {
                    next = object;
                }
            }
        }
    }
}
