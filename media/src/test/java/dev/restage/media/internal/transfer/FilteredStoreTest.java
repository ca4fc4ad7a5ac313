package dev.restage.media.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.media.FakeStore;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.media.Filtered;
import dev.restage.provider.media.KeyRange;
import dev.restage.provider.media.MediaContent;
import dev.restage.provider.media.MediaObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FilteredStoreTest {

    private final FakeStore source = new FakeStore("source") {
        @Override
        public Map<String, String> tags(MediaObject object) {
            return Map.of("tagged", object.etag());
        }
    }.with("a.jpg", "with a name in it");

    private final MediaObject altered = new MediaObject("a.jpg", 7, "sha1", FakeStore.TIME);
    private final MediaContent head =
            new MediaContent(InputStream.nullInputStream(), 17, "image/jpeg", Map.of("cache-control", "no-store"));

    @Test
    void givesTheAlteredContentUnderTheHeadOfTheOriginal() throws IOException {
        try (MediaContent content = store(() -> stream("cleaned")).open(altered)) {
            assertThat(content.stream().readAllBytes()).asString().isEqualTo("cleaned");
            assertThat(content.sizeBytes()).isEqualTo(7);
            assertThat(content.contentType()).isEqualTo("image/jpeg");
            assertThat(content.headers()).containsExactly(Map.entry("cache-control", "no-store"));
        }
    }

    @Test
    void canBeReadAgainAsACopyMayBeTriedAgain() throws IOException {
        FilteredStore store = store(() -> stream("cleaned"));

        for (int attempt = 0; attempt < 2; attempt++) {
            try (MediaContent content = store.open(altered)) {
                assertThat(content.stream().readAllBytes()).asString().isEqualTo("cleaned");
            }
        }
    }

    @Test
    void readsTheRestOfAPartToo() throws IOException {
        try (MediaContent content = store(() -> stream("cleaned")).open(altered, 5)) {
            assertThat(content.stream().readAllBytes()).asString().isEqualTo("ed");
        }
    }

    @Test
    void asksForTheTagsOfTheOriginal() {
        assertThat(store(() -> stream("")).tags(altered))
                .containsExactly(Map.entry("tagged", source.object("a.jpg").etag()));
    }

    @Test
    void isTheSourceByItsIdentity() {
        assertThat(store(() -> stream("")).identity()).isEqualTo(source.identity());
    }

    @Test
    void saysThatThisMachineIsToBlame() {
        assertThatThrownBy(() -> store(() -> {
                            throw new IOException("no such file");
                        })
                        .open(altered))
                .isInstanceOf(ProviderException.class)
                .hasMessage("the cleaned copy of a.jpg cannot be read from this machine's disk; run again")
                .returns(Kind.UNAVAILABLE, e -> ((ProviderException) e).kind());
    }

    @Test
    void holdsOneObjectAndListsNothing() {
        assertThatThrownBy(() -> store(() -> stream("")).list(KeyRange.ALL))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    private interface Opening {
        InputStream open() throws IOException;
    }

    private FilteredStore store(Opening opening) {
        return new FilteredStore(source, source.object("a.jpg"), head, new Filtered.Content() {
            @Override
            public long sizeBytes() {
                return altered.sizeBytes();
            }

            @Override
            public InputStream open() throws IOException {
                return opening.open();
            }

            @Override
            public void close() {}
        });
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
