package dev.restage.media.internal.transfer;

import dev.restage.provider.media.MediaAttribute;
import dev.restage.provider.media.MediaObject;
import dev.restage.provider.media.MediaStore;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/** A store that is handed to another one to read from. Nobody writes to it: that would be a defect here. */
public interface ReadStore extends MediaStore {

    @Override
    default MediaObject copy(MediaStore source, MediaObject object, String key, Set<MediaAttribute> keep) {
        throw new UnsupportedOperationException("only read here");
    }

    @Override
    default Map<String, String> delete(Collection<String> keys) {
        throw new UnsupportedOperationException("only read here");
    }
}
