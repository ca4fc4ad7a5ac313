package dev.restage.media.internal.transfer;

import dev.restage.provider.ProviderException;
import dev.restage.provider.media.KeyRange;
import dev.restage.provider.media.MediaAttribute;
import dev.restage.provider.media.MediaObject;
import dev.restage.provider.media.MediaStore;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where a run puts what it deletes or replaces: a folder in the target itself, so that nothing has to leave it. */
public final class Trash {

    public static final String PREFIX = "restage-trash/";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final MediaStore store;
    private final String run;
    private final Set<MediaAttribute> keep;
    private @Nullable Boolean begun;

    /** What copies of the plan keep, the trash keeps too. */
    public Trash(MediaStore store, String run, Set<MediaAttribute> alsoKept) {
        this.store = store;
        this.run = run;
        this.keep = EnumSet.copyOf(MediaAttribute.USUAL);
        keep.addAll(alsoKept);
    }

    /** The run's part of the trash, which sorts by time. */
    public String run() {
        return run;
    }

    public static String run(Instant startedAt, String runId) {
        return TIME.format(startedAt) + "-" + runId;
    }

    private String folder() {
        return PREFIX + run + "/";
    }

    /**
     * Keeps an object of the target. One that has gone meanwhile needs no keeping, and of one that an earlier attempt of the
     * run has kept, that is the older one.
     */
    public void keep(MediaObject object) {
        if (wasBegun() && store.list(only(folder() + object.key())).hasNext()) {
            return;
        }
        try {
            store.copy(store, object, folder() + object.key(), keep);
        } catch (ProviderException e) {
            if (e.kind() != ProviderException.Kind.NOT_FOUND) {
                throw e;
            }
        }
    }

    /** Whether the run had kept something before it goes on now. */
    private synchronized boolean wasBegun() {
        if (begun == null) {
            begun = kept().iterator().hasNext();
        }
        return begun;
    }

    private static KeyRange only(String key) {
        return new KeyRange(key, "", key + '\0');
    }

    public Iterable<MediaObject> kept() {
        return () -> store.list(folder());
    }

    /** Puts an object that was kept back to where it was. */
    public void putBack(MediaObject kept) {
        store.copy(store, kept, place(kept), keep);
    }

    /** Where an object was that is kept. */
    public String place(MediaObject kept) {
        return kept.key().substring(folder().length());
    }

    /** What older runs have kept for longer than that. */
    public Iterable<MediaObject> expired(Instant now, Duration kept) {
        KeyRange old = new KeyRange(PREFIX, "", PREFIX + TIME.format(now.minus(kept)));
        return () -> store.list(old);
    }
}
