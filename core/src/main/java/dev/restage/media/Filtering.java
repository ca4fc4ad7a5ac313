package dev.restage.media;

import dev.restage.provider.Filtered;
import dev.restage.provider.Filtered.Outcome;
import dev.restage.provider.MediaAttribute;
import dev.restage.provider.MediaContent;
import dev.restage.provider.MediaFilter;
import dev.restage.provider.MediaObject;
import dev.restage.provider.MediaStore;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.RestageException;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Sends objects through a filter on their way. An object that it looks into counts as the same only if the journal says
 * that this very treatment of this very source has given what the target has: equal ETags would only show that it was
 * copied uncleaned, before there was a filter.
 */
final class Filtering {

    /** More keys than people read. */
    private static final int NAMED = 100;

    /** Hostile names could have any number of extensions. */
    private static final int EXTENSIONS = 50;

    private static final int LONGEST_EXTENSION = 10;
    private static final String OTHERS = "(others)";
    private static final String NO_EXTENSION = "(none)";

    private final @Nullable MediaFilter filter;
    private final MediaJournal journal;
    private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
    private final Map<String, Long> passed = new TreeMap<>();
    private final Map<String, String> replaced = new TreeMap<>();
    private final Map<String, String> refused = new TreeMap<>();

    Filtering(@Nullable MediaFilter filter, MediaJournal journal) {
        this.filter = filter;
        this.journal = journal;
    }

    /** Empty if the object is not looked into. */
    String treatment(MediaObject object) {
        return filter == null ? "" : filter.treatment(object.key(), object.sizeBytes());
    }

    /** Whether the target has what the filter has made of this object. */
    boolean holds(MediaObject ours, MediaObject theirs) {
        return journal.treated(ours.key())
                .filter(done -> done.equals(new MediaJournal.Treated(treatment(ours), version(ours), version(theirs))))
                .isPresent();
    }

    /** Whether an object of the target may be kept in the trash: what is not known to be clean must not live on there. */
    boolean mayKeep(MediaObject ours, MediaObject theirs) {
        return treatment(ours).isEmpty()
                || journal.treated(ours.key())
                        .filter(done -> done.target().equals(version(theirs)))
                        .isPresent();
    }

    /**
     * Copies an object as the filter wants it.
     *
     * @throws RefusedException if it must not be copied; {@link #checkNoneRefused} tells people
     */
    MediaObject copy(Way way, MediaObject object, String key) {
        String treatment = treatment(object);
        if (filter == null || treatment.isEmpty()) {
            if (filter != null) {
                pass(object.key());
            }
            return copyAsItIs(way, object, key);
        }
        try (MediaContent content = way.passing().open(object);
                Filtered filtered = filter.apply(object, content)) {
            note(object.key(), filtered);
            if (filtered.outcome() == Outcome.REFUSED) {
                throw new RefusedException();
            }
            Filtered.Content bytes = filtered.content();
            MediaObject copied =
                    bytes == null ? copyAsItIs(way, object, key) : copyAltered(way, object, content, bytes, key);
            journal.treated(object.key(), new MediaJournal.Treated(treatment, version(object), version(copied)));
            return copied;
        } catch (IOException e) {
            throw new ProviderException(
                    Kind.UNAVAILABLE,
                    "%s cannot be read to clean it; run again".formatted(MediaObject.shown(object.key())),
                    e);
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

    private synchronized void note(String key, Filtered filtered) {
        outcomes.merge(filtered.outcome(), 1L, Long::sum);
        if (filtered.outcome() == Outcome.UNKNOWN) {
            pass(key);
        } else if (filtered.outcome() == Outcome.UNCLEAN_REPLACED && replaced.size() < NAMED) {
            replaced.put(key, filtered.why());
        } else if (filtered.outcome() == Outcome.REFUSED && refused.size() < NAMED) {
            refused.put(key, filtered.why());
        }
    }

    private synchronized void pass(String key) {
        String name = key.substring(key.lastIndexOf('/') + 1);
        int dot = name.lastIndexOf('.');
        String extension = dot < 0 ? NO_EXTENSION : name.substring(dot + 1).toLowerCase(Locale.ROOT);
        boolean rare = extension.length() > LONGEST_EXTENSION
                || (passed.size() >= EXTENSIONS && !passed.containsKey(extension));
        passed.merge(rare ? OTHERS : extension, 1L, Long::sum);
    }

    synchronized FilterReport report() {
        return filter == null ? FilterReport.NONE : new FilterReport(outcomes, passed, replaced);
    }

    /** Fails if an object was not copied because it could not be cleaned. */
    synchronized void checkNoneRefused(MediaStore target, RestageException.Effect effect) {
        long count = outcomes.getOrDefault(Outcome.REFUSED, 0L);
        if (count > 0) {
            throw new ProviderException(
                    Kind.UNSUPPORTED,
                    ("%d objects were not copied to %s because they could not be cleaned: %s%s; all others are copied and"
                                    + " nothing was deleted; exclude them, or let placeholders take their place")
                            .formatted(
                                    count,
                                    target.identity(),
                                    String.join(
                                            "; ",
                                            refused.entrySet().stream()
                                                    .map(one -> one.getKey() + " " + one.getValue())
                                                    .toList()),
                                    count > refused.size() ? "; and more" : ""),
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
