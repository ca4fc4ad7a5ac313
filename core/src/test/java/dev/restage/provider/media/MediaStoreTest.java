package dev.restage.provider.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.restage.provider.Identity;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a store does that says no more than it must. */
class MediaStoreTest {

    private static final MediaObject OBJECT = new MediaObject("a", 10, "v1", Instant.EPOCH);

    private final List<String> calls = new ArrayList<>();
    private boolean closed;
    private boolean breaks;

    private final MediaStore store = new Plain();

    @Test
    void listsByAPrefixAsByARange() {
        store.list("images/");

        assertThat(calls).containsExactly("list KeyRange[prefix=images/, after=, before=]");
    }

    @ParameterizedTest
    @CsvSource({"0, 10, 0123456789", "4, 6, 456789", "9, 1, 9"})
    void opensTheRestByLeavingOutTheBeginning(long from, long size, String text) throws IOException {
        try (MediaContent rest = store.open(OBJECT, from)) {
            assertThat(rest.sizeBytes()).isEqualTo(size);
            assertThat(rest.contentType()).isEqualTo("text/plain");
            assertThat(rest.headers()).containsEntry("x-meta-owner", "ann");
            assertThat(rest.stream()).hasContent(text);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 3, 3, 012", "4, 3, 3, 456", "8, 5, 2, 89", "0, 100, 10, 0123456789", "5, 0, 0, ''"})
    void opensAPart(long from, long length, long size, String text) throws IOException {
        try (MediaContent part = store.open(OBJECT, from, length)) {
            assertThat(part.sizeBytes()).isEqualTo(size);
            assertThat(new String(part.stream().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(text);
        }
        assertThat(closed).isTrue();
    }

    @Test
    void aRestThatCannotBeReachedIsToldAndLetGoOf() {
        breaks = true;

        assertThatThrownBy(() -> store.open(OBJECT, 4))
                .hasMessage("a in memory plain cannot be read from byte 4 on; run again")
                .hasCauseInstanceOf(IOException.class)
                .asInstanceOf(type(ProviderException.class))
                .returns(Kind.UNAVAILABLE, ProviderException::kind);
        assertThat(closed).as("nobody else can close it").isTrue();
    }

    @Test
    void aRestBehindTheEndIsTold() {
        assertThatThrownBy(() -> store.open(OBJECT, 11))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("from byte 11 on");
        assertThat(closed).isTrue();
    }

    @Test
    void copiesUnderTheSameKeyAndKeepsWhatVisitorsNotice() {
        store.copy(store, OBJECT);
        store.copy(store, OBJECT, "b");

        assertThat(calls)
                .containsExactly("copy a to a keeping [METADATA, TAGS]", "copy a to b keeping [METADATA, TAGS]");
        assertThat(MediaAttribute.USUAL).doesNotContain(MediaAttribute.ACL, MediaAttribute.STORAGE_CLASS);
    }

    @Test
    void promisesNothingMore() {
        assertThat(store.checksum(OBJECT)).isEmpty();
        assertThat(store.tags(OBJECT)).isEmpty();
        assertThat(store.copiesInside(store)).isFalse();
        assertThat(store.terms(store, MediaAttribute.USUAL)).isEmpty();
        assertThat(store.costs(store)).isEmpty();
        assertThat(store.bulk(store)).isEmpty();
        assertThat(store.companions()).isEmpty();
        assertThat(store.mayBe(store)).isFalse();
    }

    @Test
    void takesEveryKey() {
        KeyCheck check = store.keyCheck();

        assertThat(check.problem("a\0b")).isEmpty();
        assertThat(check.outcome()).isEqualTo(KeyCheck.Outcome.FAIL);
        assertThat(check.remedy()).isEqualTo("exclude them");
    }

    @Test
    void aContentKeepsItsHeadersWhateverBecomesOfTheMap() {
        Map<String, String> headers = new java.util.HashMap<>(Map.of("cache-control", "max-age=60"));
        MediaContent content = new MediaContent(InputStream.nullInputStream(), 0, "", headers);

        headers.clear();

        assertThat(content.headers()).containsEntry("cache-control", "max-age=60");
    }

    @Test
    void aMessageShowsALongKeyWithoutItsMiddle() {
        assertThat(MediaObject.shown("images/a.jpg")).isEqualTo("images/a.jpg");
        assertThat(MediaObject.shown("k".repeat(160))).hasSize(160);
        assertThat(MediaObject.shown("a" + "k".repeat(1000) + "z"))
                .startsWith("akk")
                .endsWith("kz (1002 characters)")
                .contains("k...k")
                .hasSizeLessThan(190);
    }

    @Test
    void anObjectCanBeReadUnlessItSaysOtherwise() {
        assertThat(OBJECT.archived()).isFalse();
        assertThat(new MediaObject("a", 1, "", Instant.EPOCH, true).archived()).isTrue();
    }

    private final class Plain implements MediaStore {

        @Override
        public Identity identity() {
            return Identity.of("memory", "plain");
        }

        @Override
        public Iterator<MediaObject> list(KeyRange range) {
            calls.add("list " + range);
            return List.of(OBJECT).iterator();
        }

        @Override
        public MediaContent open(MediaObject object) {
            InputStream bytes = new ByteArrayInputStream("0123456789".getBytes(StandardCharsets.UTF_8));
            return new MediaContent(
                    new FilterInputStream(bytes) {
                        @Override
                        public long skip(long count) throws IOException {
                            if (breaks) {
                                throw new IOException("the connection is lost");
                            }
                            return super.skip(count);
                        }

                        @Override
                        public void close() {
                            closed = true;
                        }
                    },
                    10,
                    "text/plain",
                    Map.of("x-meta-owner", "ann"));
        }

        @Override
        public MediaObject copy(MediaStore source, MediaObject object, String key, Set<MediaAttribute> keep) {
            calls.add("copy %s to %s keeping %s"
                    .formatted(object.key(), key, keep.stream().sorted().toList()));
            return object;
        }

        @Override
        public Map<String, String> delete(Collection<String> keys) {
            return Map.of();
        }
    }
}
