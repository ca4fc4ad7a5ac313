package dev.restage.media.internal.listing;

import dev.restage.provider.media.MediaObject;

/** Which objects of a range are needed; asked in the order of keys. */
public interface Selection extends AutoCloseable {

    /** All objects are needed. */
    Selection ALL = new Selection() {
        @Override
        public boolean test(MediaObject object, String key) {
            return true;
        }

        @Override
        public void finish() {}

        @Override
        public void close() {}
    };

    /**
     * Whether an object is needed.
     *
     * @param key its key at the target, greater than that of the object before
     */
    boolean test(MediaObject object, String key);

    /** No more objects are there. */
    void finish();

    @Override
    void close();
}
