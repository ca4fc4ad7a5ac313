package dev.restage.sandbox.s3.internal.object;

import dev.restage.provider.media.KeyOrder;
import dev.restage.sandbox.s3.internal.http.ChecksumAlgorithm;
import dev.restage.sandbox.s3.internal.http.Content;
import dev.restage.sandbox.s3.model.SimulatedObjects;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Objects that exist only when somebody looks, under those that were really written. */
final class Simulation {

    private static final Instant LONG_AGO = Instant.parse("2026-01-02T03:04:05Z");

    private final SimulatedObjects objects;
    private final Body body;
    private final Attributes attributes;

    Simulation(SimulatedObjects objects) {
        this.objects = objects;
        this.body = Body.whole(
                new Content(objects.content().getBytes(StandardCharsets.UTF_8)),
                Encryption.STANDARD,
                ChecksumAlgorithm.CRC64NVME);
        this.attributes = new Attributes(
                Metadata.ofType(objects.contentType()),
                Tags.NONE,
                Acl.PRIVATE,
                "STANDARD",
                Encryption.STANDARD,
                ObjectLock.NONE);
    }

    Optional<Version> find(String key) {
        long index = indexOf(key);
        return index < objects.count() && objects.keys().apply(index).equals(key)
                ? Optional.of(object(key))
                : Optional.empty();
    }

    /** {@return the objects of both, where what was written (or deleted) hides what is simulated} */
    Iterator<StoredObject> under(Iterator<StoredObject> real, Map<String, List<Version>> written, String from) {
        return new Merged(real, written, indexOf(from));
    }

    /** {@return the first index whose key is not less than a text; the count if there is none} */
    private long indexOf(String text) {
        long low = 0;
        long high = objects.count();
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (KeyOrder.UTF_8.compare(objects.keys().apply(middle), text) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private StoredObject object(String key) {
        return new StoredObject(key, Version.NULL_ID, LONG_AGO, body, attributes, null);
    }

    private final class Merged implements Iterator<StoredObject> {

        private final Iterator<StoredObject> real;
        private final Map<String, List<Version>> written;
        private long index;
        private @Nullable StoredObject nextReal;
        private @Nullable String nextSimulated;

        Merged(Iterator<StoredObject> real, Map<String, List<Version>> written, long index) {
            this.real = real;
            this.written = written;
            this.index = index;
            advanceReal();
            advanceSimulated();
        }

        @Override
        public boolean hasNext() {
            return nextReal != null || nextSimulated != null;
        }

        @Override
        public StoredObject next() {
            StoredObject one = nextReal;
            String other = nextSimulated;
            if (one != null && (other == null || KeyOrder.UTF_8.compare(one.key(), other) < 0)) {
                advanceReal();
                return one;
            }
            if (other == null) {
                throw new NoSuchElementException();
            }
            advanceSimulated();
            return object(other);
        }

        private void advanceReal() {
            nextReal = real.hasNext() ? real.next() : null;
        }

        private void advanceSimulated() {
            nextSimulated = null;
            while (nextSimulated == null && index < objects.count()) {
                String key = objects.keys().apply(index++);
                nextSimulated = !written.isEmpty() && written.containsKey(key) ? null : key;
            }
        }
    }
}
