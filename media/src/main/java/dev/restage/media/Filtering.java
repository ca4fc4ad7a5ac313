package dev.restage.media;

import dev.restage.media.internal.transfer.FilteredStore;
import dev.restage.media.internal.transfer.RestOnDemand;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.RestageException;
import dev.restage.provider.media.Filtered;
import dev.restage.provider.media.Filtered.Outcome;
import dev.restage.provider.media.MediaAttribute;
import dev.restage.provider.media.MediaContent;
import dev.restage.provider.media.MediaFilter;
import dev.restage.provider.media.MediaObject;
import dev.restage.provider.media.MediaStore;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sends objects through a filter on their way. An object that it looks into counts as the same only if the journal says
 * that this very treatment of this very source has given what the target has: equal ETags would only show that it was
 * copied uncleaned, before there was a filter.
 */
final class Filtering {

    private static final String NOT_LOOKED_INTO = "was not looked into";

    private final @Nullable MediaFilter filter;
    private final MediaJournal journal;
    private final FilterTally tally = new FilterTally();

    Filtering(@Nullable MediaFilter filter, MediaJournal journal) {
        this.filter = filter;
        this.journal = journal;
    }

    /** Empty if the object is not looked into. */
    String treatment(MediaObject object) {
        return filter == null ? "" : filter.treatment(object.key(), object.sizeBytes());
    }

    /** How much of an object is sure to be read; nothing if it is not looked into. */
    long readsBytes(MediaObject object) {
        return filter == null || treatment(object).isEmpty()
                ? 0
                : Math.min(object.sizeBytes(), filter.firstBytes(object.key(), object.sizeBytes()));
    }

    /** Whether the target has what the filter has made of this object. */
    boolean holds(MediaObject ours, MediaObject theirs) {
        return journal.treated(ours.key())
                .filter(done -> done.treatment().equals(treatment(ours))
                        && done.source().equals(version(ours))
                        && done.target().equals(version(theirs)))
                .isPresent();
    }

    /** Whether an object of the target may be kept in the trash: what is not known to be clean must not live on there. */
    boolean mayKeep(MediaObject ours, MediaObject theirs) {
        return treatment(ours).isEmpty() || made(ours, theirs).isPresent();
    }

    private Optional<MediaJournal.Treated> made(MediaObject ours, MediaObject theirs) {
        return journal.treated(ours.key()).filter(done -> done.target().equals(version(theirs)));
    }

    /**
     * Hears of an object that the target has already, from whichever sync.
     *
     * @param key its key there
     */
    void same(MediaObject object, String key) {
        if (filter == null || object.sizeBytes() == 0) {
            return;
        }
        if (treatment(object).isEmpty()) {
            tally.lies(key, object.sizeBytes(), Outcome.UNKNOWN, NOT_LOOKED_INTO);
        } else {
            journal.treated(object.key())
                    .ifPresent(done -> tally.lies(key, object.sizeBytes(), done.outcome(), done.why()));
        }
    }

    /** Forgets what it has heard, as the stores are compared anew before anything was copied. */
    void restart() {
        tally.restart();
    }

    /**
     * Copies an object as the filter wants it.
     *
     * @param before what the target has under the key; null if nothing
     * @throws RefusedException if it must not be copied; {@link #checkNoneRefused} tells people
     */
    MediaObject copy(Way way, MediaObject object, @Nullable MediaObject before, String key) {
        String treatment = treatment(object);
        if (filter == null || treatment.isEmpty()) {
            MediaObject copied = copyAsItIs(way, object, key);
            if (filter != null && object.sizeBytes() > 0) {
                tally.lies(key, object.sizeBytes(), Outcome.UNKNOWN, NOT_LOOKED_INTO);
            }
            return copied;
        }
        try (MediaContent content = open(way, object);
                Filtered filtered = filter.apply(object, content)) {
            if (filtered.outcome() == Outcome.REFUSED) {
                refuse(object, before, key, filtered.why());
                throw new RefusedException();
            }
            Filtered.Content bytes = filtered.content();
            MediaObject copied =
                    bytes == null ? copyAsItIs(way, object, key) : copyAltered(way, object, content, bytes, key);
            journal.treated(
                    object.key(),
                    new MediaJournal.Treated(
                            treatment, version(object), version(copied), filtered.outcome(), filtered.why()));
            tally.did(filtered.outcome());
            tally.lies(key, object.sizeBytes(), filtered.outcome(), filtered.why());
            return copied;
        } catch (IOException e) {
            throw new ProviderException(
                    Kind.UNAVAILABLE,
                    "%s cannot be read to clean it; run again".formatted(MediaObject.shown(object.key())),
                    e);
        }
    }

    /** The beginning, and the rest when the filter wants it, unless it is sure to. */
    private MediaContent open(Way way, MediaObject object) {
        long first = readsBytes(object);
        if (first == object.sizeBytes()) {
            return way.passing().open(object);
        }
        MediaContent beginning = way.passing().open(object, 0, first);
        return new MediaContent(
                new RestOnDemand(beginning.stream(), first, () -> way.passing().open(object, first).stream()),
                object.sizeBytes(),
                beginning.contentType(),
                beginning.headers());
    }

    private void refuse(MediaObject object, @Nullable MediaObject before, String key, String why) {
        tally.refused(object.key(), object.sizeBytes(), why);
        boolean cleaned = before != null
                && made(object, before)
                        .filter(done -> done.outcome() != Outcome.UNKNOWN)
                        .isPresent();
        if (before != null && !cleaned) {
            tally.left(key, before.sizeBytes());
        }
    }

    private MediaObject copyAsItIs(Way way, MediaObject object, String key) {
        MediaObject copied = way.target().copy(way.source(), object, key, way.keep());
        journal.copied(object.key(), object.etag(), copied.etag());
        journal.unaltered(key);
        return copied;
    }

    private MediaObject copyAltered(Way way, MediaObject object, MediaContent head, Filtered.Content bytes, String key)
            throws IOException {
        String sha1 = sha1(bytes);
        MediaObject altered = new MediaObject(object.key(), bytes.sizeBytes(), sha1, object.modifiedAt());
        MediaObject copied =
                way.target().copy(new FilteredStore(way.source(), object, head, bytes), altered, key, way.keep());
        journal.altered(key, new MediaJournal.Altered(bytes.sizeBytes(), sha1));
        return copied;
    }

    private static String sha1(Filtered.Content bytes) throws IOException {
        try (DigestInputStream stream = new DigestInputStream(bytes.open(), MessageDigest.getInstance("SHA-1"))) {
            stream.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(stream.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }

    FilterReport report() {
        return filter == null ? FilterReport.NONE : tally.report();
    }

    /** Fails if an object was not copied because it could not be cleaned. */
    void checkNoneRefused(MediaStore target, RestageException.Effect effect) {
        MediaDifference.Part refused = tally.refused();
        if (refused.objects() > 0) {
            throw new ProviderException(
                    Kind.UNSUPPORTED,
                    ("%d objects were not copied to %s because they could not be cleaned: %s%s; all others are copied and"
                                    + " nothing was deleted; exclude them, or let placeholders take their place")
                            .formatted(
                                    refused.objects(),
                                    target.identity(),
                                    String.join("; ", refused.samples()),
                                    refused.objects() > refused.samples().size() ? "; and more" : ""),
                    effect,
                    null);
        }
    }

    /** A folder has no tags of content. */
    private static String version(MediaObject object) {
        return object.etag().isEmpty() ? "%d@%s".formatted(object.sizeBytes(), object.modifiedAt()) : object.etag();
    }

    /**
     * Between which stores objects go, and how.
     *
     * @param source the store to copy from, which the target may reach by itself
     * @param passing the same store for bytes that pass through here
     * @param target the store to copy to
     * @param keep what copies keep
     */
    record Way(MediaStore source, MediaStore passing, MediaStore target, Set<MediaAttribute> keep) {}

    /** An object was not copied, and is noted. */
    static final class RefusedException extends RuntimeException {}
}
