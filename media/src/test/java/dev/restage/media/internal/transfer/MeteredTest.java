package dev.restage.media.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.util.concurrent.RateLimiter;
import dev.restage.media.FakeStore;
import dev.restage.provider.media.KeyRange;
import dev.restage.provider.media.MediaAttribute;
import dev.restage.provider.media.MediaContent;
import dev.restage.provider.media.MediaObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MeteredTest {

    private final FakeStore store = new FakeStore("store") {
        @Override
        public Map<String, String> tags(MediaObject object) {
            return Map.of("of", object.key());
        }
    }.with("a", "0123456789");

    private final AtomicLong counted = new AtomicLong();

    @Test
    void countsEveryByteThatIsRead() throws IOException {
        assertThat(read(metered(null).open(store.object("a")))).isEqualTo("0123456789");
        assertThat(counted).hasValue(10);
    }

    @Test
    void countsOnlyWhatIsRead() throws IOException {
        try (MediaContent content = metered(null).open(store.object("a"))) {
            assertThat(content.stream().read()).isEqualTo('0');
            assertThat(counted).hasValue(1);
            assertThat(content.stream().readNBytes(4)).hasSize(4);
            assertThat(counted).hasValue(5);
        }
        assertThat(counted).hasValue(5);
    }

    @Test
    void countsNothingAtTheEnd() throws IOException {
        try (MediaContent content = metered(null).open(store.object("a"))) {
            InputStream stream = content.stream();
            stream.readAllBytes();

            assertThat(stream.read()).isEqualTo(-1);
            assertThat(stream.read(new byte[4], 0, 4)).isEqualTo(-1);
        }
        assertThat(counted).hasValue(10);
    }

    @Test
    void countsWhatIsReadOfAPart() throws IOException {
        assertThat(read(metered(null).open(store.object("a"), 7))).isEqualTo("789");
        assertThat(read(metered(null).open(store.object("a"), 2, 3))).isEqualTo("234");
        assertThat(counted).hasValue(6);
    }

    @Test
    void passesOnWhatAStoreSaysOfAContent() throws IOException {
        FakeStore described = new FakeStore("described") {
            @Override
            public MediaContent open(MediaObject object) {
                return new MediaContent(InputStream.nullInputStream(), 12, "image/png", Map.of("a", "b"));
            }
        };
        try (MediaContent content =
                new Metered(described, null, bytes -> {}).open(new MediaObject("a", 12, "", FakeStore.TIME))) {
            assertThat(content.sizeBytes()).isEqualTo(12);
            assertThat(content.contentType()).isEqualTo("image/png");
            assertThat(content.headers()).containsExactly(Map.entry("a", "b"));
        }
    }

    /** Else one large read would pass before the limit is asked. */
    @Test
    void readsLittleAtATimeWhereThereIsALimit() throws IOException {
        store.with("big", "x".repeat(40_000));
        byte[] buffer = new byte[40_000];

        try (MediaContent content = metered(RateLimiter.create(1e9)).open(store.object("big"))) {
            assertThat(content.stream().read(buffer, 0, buffer.length)).isEqualTo(16 << 10);
        }
        try (MediaContent content = metered(null).open(store.object("big"))) {
            assertThat(content.stream().read(buffer, 0, buffer.length)).isEqualTo(40_000);
        }
    }

    /** A stream that could go back would count twice. */
    @Test
    void doesNotGoBack() throws IOException {
        try (MediaContent content = metered(null).open(store.object("a"))) {
            assertThat(content.stream().markSupported()).isFalse();
        }
    }

    @Test
    void isTheStoreItselfInAllElse() {
        Metered metered = metered(null);

        assertThat(metered.identity()).isEqualTo(store.identity());
        assertThat(metered.list(KeyRange.ALL)).toIterable().containsExactly(store.object("a"));
        assertThat(metered.tags(store.object("a"))).containsExactly(Map.entry("of", "a"));
    }

    @Test
    void isOnlyRead() {
        Metered metered = metered(null);

        assertThatThrownBy(() -> metered.copy(store, store.object("a"), "b", MediaAttribute.USUAL))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> metered.delete(List.of("a"))).isInstanceOf(UnsupportedOperationException.class);
        assertThat(store.contents()).containsOnlyKeys("a");
    }

    private Metered metered(@Nullable RateLimiter limit) {
        return new Metered(store, limit, counted::addAndGet);
    }

    private static String read(MediaContent content) throws IOException {
        try (content) {
            return new String(content.stream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
