package dev.restage.media.internal.transfer;

import dev.restage.provider.Identity;
import dev.restage.provider.ProviderException;
import dev.restage.provider.media.Filtered;
import dev.restage.provider.media.KeyRange;
import dev.restage.provider.media.MediaContent;
import dev.restage.provider.media.MediaObject;
import dev.restage.provider.media.MediaStore;
import java.io.IOException;
import java.util.Iterator;
import java.util.Map;

/**
 * One object of a store with the content that a filter has made of it, for another store to copy.
 *
 * @param store the store
 * @param original the object as it is there
 * @param head its content type and headers
 * @param content what takes the place of its content
 */
public record FilteredStore(MediaStore store, MediaObject original, MediaContent head, Filtered.Content content)
        implements ReadStore {

    @Override
    public Identity identity() {
        return store.identity();
    }

    @Override
    public MediaContent open(MediaObject object) {
        try {
            return new MediaContent(content.open(), content.sizeBytes(), head.contentType(), head.headers());
        } catch (IOException e) {
            throw new ProviderException(
                    ProviderException.Kind.UNAVAILABLE,
                    "the cleaned copy of %s cannot be read from this machine's disk; run again"
                            .formatted(MediaObject.shown(object.key())),
                    e);
        }
    }

    @Override
    public Map<String, String> tags(MediaObject object) {
        return store.tags(original);
    }

    @Override
    public Iterator<MediaObject> list(KeyRange range) {
        throw new UnsupportedOperationException("only read here");
    }
}
