package dev.restage.aws.internal.wire;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A page of a listing.
 *
 * @param entries its objects
 * @param keyCount how many objects the server says that it has; -1 if it does not say
 * @param truncated whether more pages follow
 * @param token what the next page is asked for with
 */
public record S3Page(
        List<Entry> entries,
        int keyCount,
        boolean truncated,
        @Nullable String token) {

    /**
     * An object.
     *
     * @param key its whole key
     * @param restored whether it lies in an archive and has been restored for a time
     */
    public record Entry(
            String key, long sizeBytes, String etag, Instant modifiedAt, String storageClass, boolean restored) {

        /** The same under another key. */
        Entry keyed(String other) {
            return new Entry(other, sizeBytes, etag, modifiedAt, storageClass, restored);
        }

        /** Objects that Intelligent-Tiering has archived are not told apart here; reading them says so. */
        public boolean isInArchive() {
            return storageClass.equals("GLACIER") || storageClass.equals("DEEP_ARCHIVE");
        }
    }

    public static S3Page of(ListObjectsV2Response answer) {
        return new S3Page(
                answer.contents().stream().map(S3Page::entry).toList(),
                answer.keyCount() == null ? -1 : answer.keyCount(),
                Boolean.TRUE.equals(answer.isTruncated()),
                answer.nextContinuationToken());
    }

    private static Entry entry(S3Object object) {
        return new Entry(
                object.key(),
                object.size(),
                S3Headers.unquoted(object.eTag()),
                object.lastModified(),
                object.storageClassAsString() == null ? "" : object.storageClassAsString(),
                object.restoreStatus() != null && object.restoreStatus().restoreExpiryDate() != null);
    }
}
