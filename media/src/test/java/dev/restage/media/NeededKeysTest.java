package dev.restage.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.provider.media.KeyRange;
import dev.restage.provider.media.MediaObject;
import dev.restage.provider.media.MediaReference;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class NeededKeysTest {

    @AutoClose
    private final NeededFiles files = NeededFiles.of(Stream.of("docs/a", "docs/c", "docs/e", "docs/x.tmp", "other/z")
            .map(key -> new MediaReference(key, "t.c", 1)));

    private final NeedsTally tally = new NeedsTally();

    @Test
    void tellsWhichObjectsAreNamed() {
        try (NeededKeys keys = keys(key -> true)) {
            assertThat(keys.test(object("docs/a"), "docs/a")).isTrue();
            assertThat(keys.test(object("docs/b"), "docs/b")).isFalse();
            assertThat(keys.test(object("docs/e"), "docs/e")).isTrue();
            assertThat(keys.test(object("docs/f"), "docs/f")).isFalse();
            keys.finish();
        }
        MediaNeeds needs = tally.needs();
        assertThat(needs.files()).isEqualTo(4);
        assertThat(needs.unmet()).extracting(MediaReference::key).containsExactly("docs/c", "docs/x.tmp");
        assertThat(needs.unneeded().samples()).containsExactly("docs/b", "docs/f");
    }

    @Test
    void withoutObjectsNoNeedIsMet() {
        try (NeededKeys keys = keys(key -> true)) {
            keys.finish();
        }
        assertThat(tally.needs().missing()).isEqualTo(4);
    }

    /** As long as the listing may go on, a file may still come. */
    @Test
    void whatIsStillToComeIsNotMissed() {
        try (NeededKeys keys = keys(key -> true)) {
            assertThat(keys.test(object("docs/a"), "docs/a")).isTrue();
        }
        assertThat(tally.needs().missing()).isZero();
    }

    @Test
    void passesOverFilesOutsideOfTheScope() {
        try (NeededKeys keys = keys(key -> !key.endsWith(".tmp"))) {
            keys.finish();
        }
        assertThat(tally.needs().unmet()).extracting(MediaReference::key).containsExactly("docs/a", "docs/c", "docs/e");
    }

    @Test
    void joinsByTheKeyAtTheTargetAndNamesThatOfTheSource() {
        try (NeededKeys keys = keys(key -> true)) {
            assertThat(keys.test(object("docs/former"), "docs/a")).isTrue();
            assertThat(keys.test(object("docs/nobody"), "docs/b")).isFalse();
        }
        assertThat(tally.needs().unneeded().samples()).containsExactly("docs/nobody");
    }

    private NeededKeys keys(Predicate<String> scope) {
        return new NeededKeys(files, KeyRange.of("docs/"), scope, tally);
    }

    private static MediaObject object(String key) {
        return new MediaObject(key, 1, "", FakeStore.TIME);
    }
}
