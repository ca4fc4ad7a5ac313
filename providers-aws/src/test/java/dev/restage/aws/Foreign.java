package dev.restage.aws;

import dev.restage.provider.Identity;
import dev.restage.provider.media.KeyRange;
import dev.restage.provider.media.MediaAttribute;
import dev.restage.provider.media.MediaContent;
import dev.restage.provider.media.MediaObject;
import dev.restage.provider.media.MediaStore;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/** Hides what a store is, as another principal's bucket would be: only reading is left. */
record Foreign(MediaStore store) implements MediaStore {

    @Override
    public Identity identity() {
        return store.identity();
    }

    @Override
    public Iterator<MediaObject> list(KeyRange range) {
        return store.list(range);
    }

    @Override
    public MediaContent open(MediaObject object) {
        return store.open(object);
    }

    @Override
    public MediaContent open(MediaObject object, long from) {
        return store.open(object, from);
    }

    @Override
    public MediaContent open(MediaObject object, long from, long length) {
        return store.open(object, from, length);
    }

    @Override
    public Map<String, String> tags(MediaObject object) {
        return store.tags(object);
    }

    @Override
    public MediaObject copy(MediaStore source, MediaObject object, String key, Set<MediaAttribute> keep) {
        throw new UnsupportedOperationException("only read here");
    }

    @Override
    public Map<String, String> delete(Collection<String> keys) {
        throw new UnsupportedOperationException("only read here");
    }
}
