package com.example.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.Restage;
import dev.restage.provider.media.MediaStore;
import dev.restage.testkit.MediaStoreContract;
import org.junit.jupiter.api.Test;

class MemoryMediaStoreTest extends MediaStoreContract {

    private final MediaStore store = new MemoryMediaStore("test");

    @Override
    protected MediaStore store() {
        return store;
    }

    @Test
    void isFoundByItsScheme() {
        try (Restage restage = Restage.create()) {
            assertThat(restage.open("memory:shop", MediaStore.class).identity().toString())
                    .contains("shop");
        }
    }
}
