package dev.restage.aws;

import dev.restage.provider.KeyRange;
import dev.restage.provider.MediaObject;
import dev.restage.provider.ProviderException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectStorageClass;
import software.amazon.awssdk.services.s3.model.OptionalObjectAttributes;
import software.amazon.awssdk.services.s3.model.RestoreStatus;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Fetches one page after another. */
final class S3Listing implements Iterator<MediaObject> {

    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(30);

    private final S3Client client;
    private final S3Location location;
    private final S3Errors errors;
    private final KeyRange range;
    private boolean asksForRestores;
    private Iterator<MediaObject> page = Collections.emptyIterator();
    private @Nullable String token;
    private boolean last;

    S3Listing(S3Client client, S3Location location, S3Errors errors, KeyRange range) {
        this.client = client;
        this.location = location;
        this.errors = errors;
        this.range = range;
        fetch();
    }

    @Override
    public boolean hasNext() {
        // A page may be empty although more follow: only the token tells.
        while (!page.hasNext() && !last) {
            fetch();
        }
        return page.hasNext();
    }

    @Override
    public MediaObject next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return page.next();
    }

    private void fetch() {
        ListObjectsV2Response answer = request();
        if (!asksForRestores && answer.contents().stream().anyMatch(S3Listing::isInArchive)) {
            // Only few buckets have archives, and other servers refuse what they do not know: so it is asked for late.
            asksForRestores = true;
            answer = request();
        }
        token = answer.nextContinuationToken();
        List<MediaObject> objects = new ArrayList<>(answer.contents().size());
        boolean ended = false;
        for (S3Object object : answer.contents()) {
            String key = object.key().substring(location.prefix().length());
            if (ended && !range.ends(key)) {
                throw new ProviderException(
                        ProviderException.Kind.UNSUPPORTED,
                        "%s does not list its keys in the order of their UTF-8 bytes (\"%s\" comes late); use another store"
                                .formatted(location, key),
                        null);
            }
            ended = range.ends(key);
            if (!key.isEmpty() && range.contains(key)) {
                objects.add(new MediaObject(
                        key,
                        object.size(),
                        S3MediaStore.unquoted(object.eTag()),
                        object.lastModified(),
                        isInArchive(object) && !isRestored(object.restoreStatus())));
            }
        }
        // The last key may be the last of the range, behind which no page has to be asked for.
        ended |=
                !objects.isEmpty() && range.ends(objects.get(objects.size() - 1).key() + '\0');
        last = ended || !Boolean.TRUE.equals(answer.isTruncated());
        page = objects.iterator();
    }

    private ListObjectsV2Response request() {
        return errors.insisting(
                "list the objects",
                () -> whole(client.listObjectsV2(ListObjectsV2Request.builder()
                        .bucket(location.bucket())
                        .prefix(location.full(range.prefix()))
                        // Without it one control character in a key makes the answer unreadable as XML.
                        .encodingType(EncodingType.URL)
                        .startAfter(range.after().isEmpty() || token != null ? null : location.full(range.after()))
                        .continuationToken(token)
                        .optionalObjectAttributes(
                                asksForRestores ? List.of(OptionalObjectAttributes.RESTORE_STATUS) : List.of())
                        .overrideConfiguration(settings -> settings.apiCallAttemptTimeout(LONGEST_ANSWER))
                        .build())));
    }

    /** A page can be cut short on the way and still be a page. */
    private ListObjectsV2Response whole(ListObjectsV2Response answer) {
        if (answer.keyCount() != null && answer.keyCount() != answer.contents().size()) {
            throw new ProviderException(
                    ProviderException.Kind.UNAVAILABLE,
                    "a page of the listing of %s says that it has %d keys and has %d: it was cut short on the way; run again"
                            .formatted(
                                    location,
                                    answer.keyCount(),
                                    answer.contents().size()),
                    null);
        }
        return answer;
    }

    /** Objects that Intelligent-Tiering has archived are not told apart here; reading them says so. */
    private static boolean isInArchive(S3Object object) {
        return object.storageClass() == ObjectStorageClass.GLACIER
                || object.storageClass() == ObjectStorageClass.DEEP_ARCHIVE;
    }

    private static boolean isRestored(@Nullable RestoreStatus status) {
        return status != null && status.restoreExpiryDate() != null;
    }
}
