package dev.restage.media;

import dev.restage.media.internal.listing.KeyMarks;
import dev.restage.provider.Identity;
import dev.restage.provider.media.Filtered;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a source and a target between two runs, in a file: pairs of ETags that differ although the content
 * is the same (S3 gives such to objects in parts, or encrypted with KMS), what a filter has done, and how the listing can be
 * divided. All of it may
 * be lost: the next run then asks the stores more, or copies again.
 */
public final class MediaJournal implements AutoCloseable {

    /** Remembers nothing. */
    public static final MediaJournal NONE = new MediaJournal(null, null);

    private static final int CACHE_MB = 8;

    private final @Nullable MVStore store;
    private final @Nullable Path file;
    private final AtomicLong additions = new AtomicLong();
    private long committed;

    private MediaJournal(@Nullable MVStore store, @Nullable Path file) {
        this.store = store;
        this.file = file;
    }

    /**
     * Opens the journal of two stores; see {@link #open(Path)}.
     *
     * @param directory where journals lie; made if it does not exist
     * @param source the store that is read
     * @param target the store that is changed
     * @return the journal
     * @throws UncheckedIOException if the directory cannot be made or written
     */
    public static MediaJournal open(Path directory, Identity source, Identity target) {
        return open(directory.resolve(name(source, target)));
    }

    /**
     * Opens a journal. A file that is broken is put aside and begun anew; one that another run or preview holds is left alone, and
     * {@link #NONE} is returned.
     *
     * @param file where it lies; its directory is made if it does not exist
     * @return the journal
     * @throws UncheckedIOException if the directory cannot be made or written
     */
    public static MediaJournal open(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            try {
                return new MediaJournal(store(file), file);
            } catch (MVStoreException e) {
                if (e.getErrorCode() == DataUtils.ERROR_FILE_LOCKED) {
                    return NONE;
                }
                if (Files.exists(file)) {
                    Files.move(file, Path.of(file + ".broken"), StandardCopyOption.REPLACE_EXISTING);
                }
                return new MediaJournal(store(file), file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the journal of media %s cannot be written: make room, or name another folder in RESTAGE_HOME"
                            .formatted(file),
                    e);
        }
    }

    private static MVStore store(Path file) {
        return new MVStore.Builder()
                .fileName(file.toString())
                .cacheSize(CACHE_MB)
                .open();
    }

    /**
     * {@return the name of the file of two stores' journal}
     *
     * @param source the store that is read
     * @param target the store that is changed
     */
    public static String name(Identity source, Identity target) {
        return hash(source + "\n" + target) + ".mv";
    }

    /** A new list of the keys that the target cannot hold. */
    RefusedKeys refusedKeys() {
        return new RefusedKeys(file == null ? null : Path.of(file + ".refused.txt"));
    }

    /** Whether a copy of the source's object has given the target's. */
    boolean holds(String key, String sourceEtag, String targetEtag) {
        return pairs().map(all -> pair(sourceEtag, targetEtag).equals(all.get(hash(key))))
                .orElse(false);
    }

    /** Remembers that a copy of an object of the one ETag has the other. */
    void copied(String key, String sourceEtag, String targetEtag) {
        if (!sourceEtag.isEmpty() && !targetEtag.isEmpty() && !sourceEtag.equals(targetEtag)) {
            pairs().ifPresent(all -> all.put(hash(key), pair(sourceEtag, targetEtag)));
        }
    }

    /** What a filter did, to which version of the source's object, what the target had of it then, and why. */
    record Treated(String treatment, String source, String target, Filtered.Outcome outcome, String why) {

        private static final int PARTS = 5;
    }

    /**
     * What the target has of an object that was altered on the way.
     *
     * @param sizeBytes its size
     * @param sha1 the SHA-1 of its content, in hexadecimal digits
     */
    public record Altered(long sizeBytes, String sha1) {}

    /** What a filter has made of an object of the source, and of which. */
    Optional<Treated> treated(String key) {
        return map("treated")
                .map(all -> all.get(hash(key)))
                .map(text -> text.split("\n", Treated.PARTS))
                // Fewer were written once; such an object is looked into again.
                .filter(parts -> parts.length == Treated.PARTS)
                .map(parts -> new Treated(parts[0], parts[1], parts[2], Filtered.Outcome.valueOf(parts[3]), parts[4]));
    }

    void treated(String key, Treated done) {
        map("treated")
                .ifPresent(all -> all.put(
                        hash(key),
                        String.join(
                                "\n",
                                done.treatment(),
                                done.source(),
                                done.target(),
                                done.outcome().name(),
                                done.why())));
    }

    /**
     * {@return what the target has of an object; empty if it was copied as it is, or nothing is remembered of it}
     *
     * @param key the object's key at the target
     */
    public Optional<Altered> altered(String key) {
        return map("altered")
                .map(all -> all.get(hash(key)))
                .map(text -> text.split(" ", -1))
                .map(parts -> new Altered(Long.parseLong(parts[0]), parts[1]));
    }

    void altered(String key, Altered now) {
        map("altered").ifPresent(all -> all.put(hash(key), now.sizeBytes() + " " + now.sha1()));
    }

    /** Remembers that an object of the target is as it is at the source. */
    void unaltered(String key) {
        map("altered").filter(all -> !all.isEmpty()).ifPresent(all -> all.remove(hash(key)));
    }

    KeyMarks marks() {
        return map("marks").map(all -> new KeyMarks(List.copyOf(all.values()))).orElse(KeyMarks.NONE);
    }

    void remember(KeyMarks marks) {
        map("marks").ifPresent(all -> {
            all.clear();
            int width = Integer.toString(marks.keys().size()).length();
            int number = 0;
            for (String key : marks.keys()) {
                all.put(("%0" + width + "d").formatted(number++), key);
            }
        });
    }

    /** Remembers that a run is about to make an object where there is none; it is on disk when this returns. */
    void adding(String run, String key) {
        willAdd(run, key);
        long mine = additions.incrementAndGet();
        synchronized (additions) {
            if (committed < mine) {
                // One for all that have come so far.
                long upTo = additions.get();
                write();
                committed = upTo;
            }
        }
    }

    /** The same for many objects: on disk after the next {@link #write}. */
    void willAdd(String run, String key) {
        map("added " + run).ifPresent(all -> all.put(key, ""));
    }

    void write() {
        if (store != null) {
            store.commit();
        }
    }

    /** Begins the list of what a run makes; it is on disk when this returns. */
    void begin(String run) {
        map("added " + run);
        write();
    }

    /** Whether it has the list of what a run has made. */
    boolean knows(String run) {
        return store != null && store.hasMap("added " + run);
    }

    /** What a run has made where there was nothing. */
    List<String> added(String run) {
        return knows(run)
                ? map("added " + run).map(all -> new ArrayList<>(all.keySet())).orElseGet(ArrayList::new)
                : List.of();
    }

    void forget(String run) {
        if (store != null && knows(run)) {
            store.removeMap("added " + run);
        }
    }

    private Optional<MVMap<String, String>> pairs() {
        return map("pairs");
    }

    private Optional<MVMap<String, String>> map(String name) {
        return store == null ? Optional.empty() : Optional.of(store.openMap(name));
    }

    private static String pair(String sourceEtag, String targetEtag) {
        return sourceEtag + " " + targetEtag;
    }

    /** File names can name people, so pairs are kept under something else. */
    private static String hash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public void close() {
        if (store != null) {
            store.close();
        }
    }
}
