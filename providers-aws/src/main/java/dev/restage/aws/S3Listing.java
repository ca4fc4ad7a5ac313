package dev.restage.aws;

import dev.restage.aws.internal.wire.S3Page;
import dev.restage.provider.ProviderException;
import dev.restage.provider.media.KeyRange;
import dev.restage.provider.media.MediaObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.OptionalObjectAttributes;

/** Fetches one page after another. */
final class S3Listing implements Iterator<MediaObject> {

    private final S3MediaStore store;
    private final KeyRange range;
    private boolean asksForRestores;
    private Iterator<MediaObject> page = Collections.emptyIterator();
    private @Nullable String token;
    private boolean last;

    S3Listing(S3MediaStore store, KeyRange range) {
        this.store = store;
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
        S3Page answer = request();
        if (!asksForRestores && answer.entries().stream().anyMatch(S3Page.Entry::isInArchive)) {
            // Only few buckets have archives, and other servers refuse what they do not know: so it is asked for late.
            asksForRestores = true;
            answer = request();
        }
        token = answer.token();
        List<MediaObject> objects = new ArrayList<>(answer.entries().size());
        boolean ended = false;
        for (S3Page.Entry entry : answer.entries()) {
            String key = entry.key().substring(store.location().prefix().length());
            if (ended && !range.ends(key)) {
                throw new ProviderException(
                        ProviderException.Kind.UNSUPPORTED,
                        "%s does not list its keys in the order of their UTF-8 bytes (\"%s\" comes late); use another store"
                                .formatted(store.location(), MediaObject.shown(key)),
                        null);
            }
            ended = range.ends(key);
            if (!key.isEmpty() && range.contains(key)) {
                objects.add(new MediaObject(
                        key,
                        entry.sizeBytes(),
                        entry.etag(),
                        entry.modifiedAt(),
                        entry.isInArchive() && !entry.restored()));
            }
        }
        // The last key may be the last of the range, behind which no page has to be asked for.
        ended |=
                !objects.isEmpty() && range.ends(objects.get(objects.size() - 1).key() + '\0');
        last = ended || !answer.truncated();
        page = objects.iterator();
    }

    private S3Page request() {
        return store.errors()
                .insisting(
                        "list the objects",
                        () -> whole(store.direct()
                                .list(store.location(), range, token, asksForRestores)
                                .orElseGet(this::requestBySdk)));
    }

    private S3Page requestBySdk() {
        S3Location location = store.location();
        return S3Page.of(store.access()
                .client()
                .listObjectsV2(ListObjectsV2Request.builder()
                        .bucket(location.bucket())
                        .prefix(location.full(range.prefix()))
                        // Without it one control character in a key makes the answer unreadable as XML.
                        .encodingType(EncodingType.URL)
                        .startAfter(range.after().isEmpty() || token != null ? null : location.full(range.after()))
                        .continuationToken(token)
                        .optionalObjectAttributes(
                                asksForRestores ? List.of(OptionalObjectAttributes.RESTORE_STATUS) : List.of())
                        .overrideConfiguration(settings -> {
                            Duration patience = store.access().patience();
                            settings.apiCallAttemptTimeout(patience);
                            if (!store.access().hasAnswered()) {
                                settings.apiCallTimeout(patience);
                            }
                        })
                        .build()));
    }

    /** A page can be cut short on the way and still be a page. */
    private S3Page whole(S3Page answer) {
        int keys = answer.entries().size();
        if ((answer.keyCount() >= 0 && answer.keyCount() != keys) || (answer.truncated() && answer.token() == null)) {
            throw new ProviderException(
                    ProviderException.Kind.UNAVAILABLE,
                    "a page of the listing of %s has %d keys of %d: it was cut short on the way; run again"
                            .formatted(store.location(), keys, answer.keyCount()),
                    null);
        }
        return answer;
    }
}
