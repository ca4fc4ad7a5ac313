package dev.restage.aws;

import dev.restage.provider.MediaObject;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Fetches one page after another. */
final class S3Listing implements Iterator<MediaObject> {

    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(30);

    private final S3Client client;
    private final S3Location location;
    private final S3Errors errors;
    private final String prefix;
    private final String after;
    private Iterator<S3Object> page = Collections.emptyIterator();
    private @Nullable String token;
    private boolean last;

    S3Listing(S3Client client, S3Location location, S3Errors errors, String prefix, String after) {
        this.client = client;
        this.location = location;
        this.errors = errors;
        this.prefix = prefix;
        this.after = after;
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
        S3Object object = page.next();
        return new MediaObject(
                object.key().substring(location.prefix().length()),
                object.size(),
                S3MediaStore.unquoted(object.eTag()),
                object.lastModified());
    }

    private void fetch() {
        ListObjectsV2Response answer = errors.during(
                "list the objects",
                () -> client.listObjectsV2(ListObjectsV2Request.builder()
                        .bucket(location.bucket())
                        .prefix(location.full(prefix))
                        // Without it one control character in a key makes the answer unreadable as XML.
                        .encodingType(EncodingType.URL)
                        .startAfter(after.isEmpty() || token != null ? null : location.full(after))
                        .continuationToken(token)
                        .overrideConfiguration(settings -> settings.apiCallAttemptTimeout(LONGEST_ANSWER))
                        .build()));
        token = answer.nextContinuationToken();
        last = !Boolean.TRUE.equals(answer.isTruncated());
        page = answer.contents().stream()
                .filter(object -> object.key().length() > location.prefix().length())
                .iterator();
    }
}
