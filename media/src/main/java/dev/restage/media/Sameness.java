package dev.restage.media;

import dev.restage.provider.ProviderException;
import dev.restage.provider.media.MediaContent;
import dev.restage.provider.media.MediaObject;
import dev.restage.provider.media.MediaStore;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether two objects of one key are the same.
 *
 * @param copiedSince when a job began that has copied objects inside the store, whose ETags it does not tell; null if none
 *     has
 */
record Sameness(
        MediaStore source,
        MediaStore target,
        MediaSyncOptions.Decision decision,
        MediaJournal journal,
        Filtering filtering,
        @Nullable Instant copiedSince) {

    private static final Pattern MD5 = Pattern.compile("[0-9a-f]{32}");

    Sameness after(Instant since) {
        return new Sameness(source, target, decision, journal, filtering, since);
    }

    boolean holds(MediaObject ours, MediaObject theirs) {
        if (!filtering.treatment(ours).isEmpty()) {
            return filtering.holds(ours, theirs);
        }
        if (ours.sizeBytes() != theirs.sizeBytes()) {
            return false;
        }
        return switch (decision) {
            case CONTENT -> hasSameContent(ours, theirs);
            case SIZE_AND_TIME -> !second(theirs).isBefore(second(ours));
            case SIZE -> true;
        };
    }

    /** Whether the answer costs requests, or reading a file. */
    boolean isDoubtful(MediaObject ours, MediaObject theirs) {
        return decision == MediaSyncOptions.Decision.CONTENT
                && ours.sizeBytes() == theirs.sizeBytes()
                && !ours.etag().equals(theirs.etag())
                && !isCopied(ours, theirs)
                && (!isPlain(ours) || !isPlain(theirs))
                && filtering.treatment(ours).isEmpty();
    }

    /**
     * Two plain ETags that differ are different content, or a bucket that encrypts with KMS and has not been copied from
     * here: to copy once too often is harmless, and the journal knows it from then on.
     */
    private boolean hasSameContent(MediaObject ours, MediaObject theirs) {
        if (!ours.etag().isEmpty() && !theirs.etag().isEmpty()) {
            if (!ours.etag().equals(theirs.etag()) && isCopied(ours, theirs)) {
                journal.copied(ours.key(), ours.etag(), theirs.etag());
                return true;
            }
            return ours.etag().equals(theirs.etag())
                    || journal.holds(ours.key(), ours.etag(), theirs.etag())
                    || ((!isPlain(ours) || !isPlain(theirs)) && hasSameChecksum(ours, theirs));
        }
        if (second(ours).equals(second(theirs))) {
            return true;
        }
        if (isPlain(ours)) {
            return ours.etag().equals(md5(target, theirs));
        }
        return isPlain(theirs) && theirs.etag().equals(md5(source, ours));
    }

    /** Equal in size, written by the job as far as times tell, and not changed at the source since. */
    private boolean isCopied(MediaObject ours, MediaObject theirs) {
        return copiedSince != null
                && second(ours).isBefore(copiedSince.truncatedTo(ChronoUnit.SECONDS))
                && !second(theirs).isBefore(copiedSince.truncatedTo(ChronoUnit.SECONDS));
    }

    private boolean hasSameChecksum(MediaObject ours, MediaObject theirs) {
        String sum = source.checksum(ours);
        if (sum.isEmpty() || !sum.equals(target.checksum(theirs))) {
            return false;
        }
        journal.copied(ours.key(), ours.etag(), theirs.etag());
        return true;
    }

    /** The ETag of an object in parts is not a hash of its content. */
    private static boolean isPlain(MediaObject object) {
        return MD5.matcher(object.etag()).matches();
    }

    private static Instant second(MediaObject object) {
        return object.modifiedAt().truncatedTo(ChronoUnit.SECONDS);
    }

    private static String md5(MediaStore store, MediaObject object) {
        try (MediaContent content = store.open(object);
                DigestInputStream stream = new DigestInputStream(content.stream(), MessageDigest.getInstance("MD5"))) {
            stream.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(stream.getMessageDigest().digest());
        } catch (IOException e) {
            throw new ProviderException(
                    ProviderException.Kind.UNAVAILABLE,
                    "%s in %s cannot be read to compare it; run again"
                            .formatted(MediaObject.shown(object.key()), store.identity()),
                    e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }
}
