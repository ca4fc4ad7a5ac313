package dev.restage.testkit;

import dev.restage.provider.media.MediaStore;

/** A store that keeps every promise passes. */
class MemoryMediaStoreTest extends MediaStoreContract {

    private final MediaStore store = new MemoryMediaStore();

    @Override
    protected MediaStore store() {
        return store;
    }
}
