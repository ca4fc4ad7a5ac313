package dev.restage.media;

import dev.restage.provider.MediaContent;
import dev.restage.provider.MediaObject;
import dev.restage.provider.MediaStore;
import dev.restage.provider.ProviderException;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Decides whether two objects of one key are the same. */
record Sameness(MediaStore source, MediaStore target, MediaSyncOptions.Decision decision) {

    private static final Pattern MD5 = Pattern.compile("[0-9a-f]{32}");

    boolean holds(MediaObject ours, MediaObject theirs) {
        if (ours.sizeBytes() != theirs.sizeBytes()) {
            return false;
        }
        return switch (decision) {
            case EXACT -> hasSameContent(ours, theirs);
            case SIZE_AND_TIME -> !second(theirs).isBefore(second(ours));
            case SIZE_ONLY -> true;
        };
    }

    /**
     * ETags that differ mean a copy also where one of them is a multipart one: to copy once too often is harmless. A
     * plain ETag is no MD5 where the bucket encrypts with KMS; the hash then differs, which again only costs a copy.
     */
    private boolean hasSameContent(MediaObject ours, MediaObject theirs) {
        if (!ours.etag().isEmpty() && !theirs.etag().isEmpty()) {
            return ours.etag().equals(theirs.etag());
        }
        if (second(ours).equals(second(theirs))) {
            return true;
        }
        if (MD5.matcher(ours.etag()).matches()) {
            return ours.etag().equals(md5(target, theirs));
        }
        return MD5.matcher(theirs.etag()).matches() && theirs.etag().equals(md5(source, ours));
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
                    "%s in %s cannot be read to compare it; run again".formatted(object.key(), store.identity()),
                    e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }
}
