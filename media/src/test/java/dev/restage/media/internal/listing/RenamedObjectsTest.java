package dev.restage.media.internal.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.media.FakeStore;
import dev.restage.provider.media.MediaObject;
import java.util.Map;
import java.util.NoSuchElementException;
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

        RenamedObjects objects = of(mirrored, 4);

        assertThat(objects)
                .toIterable()
                .extracting(MediaObject::key)
                .containsExactly(
                        "docs/k", "docs/j", "docs/i", "docs/h", "docs/g", "docs/f", "docs/e", "docs/d", "docs/c",
                        "docs/b", "docs/a");
        assertThat(source.listed).hasSize(3);
    }

    @Test
    void anEmptyListingIsListedOnce() {
        RenamedObjects objects = of(UnaryOperator.identity(), 4);

        assertThat(objects.hasNext()).isFalse();
        assertThat(objects.hasNext()).isFalse();
        assertThatThrownBy(objects::next).isInstanceOf(NoSuchElementException.class);
        assertThat(source.listed).hasSize(1);
    }

    @Test
    void whatMemoryHoldsIsListedOnce() {
        source.with("docs/a", "1").with("docs/b", "1").with("docs/c", "1");

        assertThat(of(UnaryOperator.identity(), 3)).toIterable().hasSize(3);
        assertThat(source.listed).hasSize(1);
    }

    @Test
    void ordersNewNamesByTheirBytes() {
        source.with("docs/a", "1").with("docs/b", "1").with("docs/c", "1");
        Map<String, String> names = Map.of("docs/a", "docs/\uD83D\uDE00", "docs/b", "docs/\uFFFD", "docs/c", "docs/z");

        assertThat(of(names::get, 2))
                .toIterable()
                .extracting(MediaObject::key)
                .containsExactly("docs/c", "docs/b", "docs/a");
    }

    /** Each listing may differ from the one before: what has gone is not there, and nothing comes twice. */
    @Test
    void goesOnWhileTheStoreChanges() {
        for (char c = 'a'; c <= 'f'; c++) {
            source.with("docs/" + c, "1");
        }
        RenamedObjects objects = of(UnaryOperator.identity(), 2);
        assertThat(objects.next().key()).isEqualTo("docs/a");
        assertThat(objects.next().key()).isEqualTo("docs/b");

        source.with("docs/aa", "came too late").with("docs/cc", "came in time").remove("docs/d");

        assertThat(objects)
                .toIterable()
                .extracting(MediaObject::key)
                .containsExactly("docs/c", "docs/cc", "docs/e", "docs/f");
    }

    private RenamedObjects of(UnaryOperator<String> naming, int most) {
        return new RenamedObjects(() -> source.list("docs/"), naming, most);
    }
}
