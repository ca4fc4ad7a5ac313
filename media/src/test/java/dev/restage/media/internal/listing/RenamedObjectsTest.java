package dev.restage.media.internal.listing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.media.FakeStore;
import dev.restage.provider.media.MediaObject;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class RenamedObjectsTest {

    private final FakeStore source = new FakeStore("source");

    @Test
    void sortsNewNamesInPartsThatMemoryHolds() {
        for (char c = 'a'; c <= 'k'; c++) {
            source.with("docs/" + c, "1");
        }
        UnaryOperator<String> mirrored = key -> "docs/" + (char) ('a' + 'k' - key.charAt(5));

        RenamedObjects objects = new RenamedObjects(() -> source.list("docs/"), mirrored, 4);

        assertThat(objects)
                .toIterable()
                .extracting(MediaObject::key)
                .containsExactly(
                        "docs/k", "docs/j", "docs/i", "docs/h", "docs/g", "docs/f", "docs/e", "docs/d", "docs/c",
                        "docs/b", "docs/a");
        assertThat(source.listed).hasSize(3);
    }
}
