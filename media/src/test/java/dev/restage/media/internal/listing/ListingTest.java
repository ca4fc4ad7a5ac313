package dev.restage.media.internal.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.media.FakeStore;
import dev.restage.media.internal.transfer.Threads;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.media.KeyRange;
import dev.restage.provider.media.MediaObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class ListingTest {

    private final FakeStore store = new FakeStore("store");

    @AutoClose
    private final Threads threads = new Threads("test");

    @Test
    void standsBeforeTheFirstObjectUntilItIsAdvanced() {
        store.with("a", "1");
        try (Listing listing = of(KeyRange.ALL, key -> true, Selection.ALL)) {
            assertThat(listing.current()).isNull();

            listing.advance();

            assertThat(listing.current()).isEqualTo(store.object("a"));
        }
    }

    @Test
    void standsBehindTheLastObjectHoweverOftenItIsAdvanced() {
        store.with("a", "1");
        try (Listing listing = of(KeyRange.ALL, key -> true, Selection.ALL)) {
            listing.advance();
            listing.advance();
            assertThat(listing.current()).isNull();
            assertThat(listing.key()).isEqualTo("a");

            listing.advance();

            assertThat(listing.current()).isNull();
        }
    }

    @Test
    void anEmptyRangeHasNoObject() {
        store.with("b/1", "1");
        try (Listing listing = of(KeyRange.of("a/"), key -> true, Selection.ALL)) {
            assertThat(keys(listing)).isEmpty();
            assertThat(store.listed).containsExactly("a/");
        }
    }

    @Test
    void passesOverWhatIsNotWanted() {
        store.with("a", "1").with("b.tmp", "2").with("c", "3").with("d.tmp", "4");
        try (Listing listing = of(KeyRange.ALL, key -> !key.endsWith(".tmp"), Selection.ALL)) {
            assertThat(keys(listing)).containsExactly("a", "c");
        }
    }

    @Test
    void asksForNeedOnlyOfWhatIsWanted() {
        store.with("a", "1").with("b.tmp", "2").with("c", "3");
        Asked asked = new Asked("c");
        try (Listing listing = of(KeyRange.ALL, key -> !key.endsWith(".tmp"), asked)) {
            assertThat(keys(listing)).containsExactly("c");
        }
        assertThat(asked.keys).containsExactly("a", "c");
    }

    @Test
    void refusesAStoreThatListsInAnotherOrder() {
        FakeStore backwards = new FakeStore("backwards", Comparator.reverseOrder());
        backwards.with("a", "1").with("b", "2");
        try (Listing listing = Listing.of(backwards, KeyRange.ALL, key -> true, Selection.ALL, threads)) {
            listing.advance();

            assertThatThrownBy(listing::advance)
                    .isInstanceOf(ProviderException.class)
                    .hasMessageContaining("fake backwards does not list its keys in the order of their UTF-8 bytes")
                    .hasMessageContaining("\"a\" after \"b\"")
                    .extracting(e -> ((ProviderException) e).kind())
                    .isEqualTo(Kind.UNSUPPORTED);
        }
    }

    /** A wrong order anywhere is a wrong order, even among keys that nobody wants. */
    @Test
    void refusesAnotherOrderAmongWhatIsNotWanted() {
        FakeStore backwards = new FakeStore("backwards", Comparator.reverseOrder());
        backwards.with("a.tmp", "1").with("b.tmp", "2").with("c", "3");
        try (Listing listing = Listing.of(backwards, KeyRange.ALL, key -> key.equals("c"), Selection.ALL, threads)) {
            listing.advance();

            assertThatThrownBy(listing::advance).hasMessageContaining("does not list its keys in the order");
        }
    }

    @Test
    void ordersByTheKeysAtTheTarget() {
        store.with("docs/a", "1").with("docs/b", "2").with("docs/c", "3");
        UnaryOperator<String> mirrored = key -> "docs/" + (char) ('a' + 'c' - key.charAt(5));
        List<String> pairs = new ArrayList<>();
        try (Listing listing =
                Listing.renamed(store, KeyRange.of("docs/"), key -> true, mirrored, Selection.ALL, threads)) {
            for (listing.advance(); listing.current() != null; listing.advance()) {
                pairs.add(listing.current().key() + " as " + listing.key());
            }
        }
        assertThat(pairs).containsExactly("docs/c as docs/a", "docs/b as docs/b", "docs/a as docs/c");
    }

    /** The scope speaks of keys at the source, the database of those at the target. */
    @Test
    void asksTheScopeForTheKeyOfTheSourceAndTheNeedForThatOfTheTarget() {
        store.with("docs/a", "1").with("docs/b", "2");
        Asked asked = new Asked("docs/A");
        try (Listing listing = Listing.renamed(
                store,
                KeyRange.of("docs/"),
                key -> key.equals("docs/a"),
                key -> "docs/" + key.substring(5).toUpperCase(java.util.Locale.ROOT),
                asked,
                threads)) {
            assertThat(keys(listing)).containsExactly("docs/a");
        }
        assertThat(asked.keys).containsExactly("docs/A");
    }

    @Test
    void refusesTwoObjectsThatWouldGetOneName() {
        store.with("docs/a", "1").with("docs/b", "2");
        try (Listing listing =
                Listing.renamed(store, KeyRange.of("docs/"), key -> true, key -> "docs/same", Selection.ALL, threads)) {
            listing.advance();

            assertThatThrownBy(listing::advance).hasMessageContaining("\"docs/same\" after \"docs/same\"");
        }
    }

    private Listing of(KeyRange range, Predicate<String> wanted, Selection needed) {
        return Listing.of(store, range, wanted, needed, threads);
    }

    private static List<String> keys(Listing listing) {
        List<String> keys = new ArrayList<>();
        for (listing.advance(); listing.current() != null; listing.advance()) {
            keys.add(listing.current().key());
        }
        return keys;
    }

    /** Needs one key, and remembers which were asked for. */
    private static final class Asked implements Selection {

        private final String needed;
        private final List<String> keys = new ArrayList<>();

        private Asked(String needed) {
            this.needed = needed;
        }

        @Override
        public boolean test(MediaObject object, String key) {
            keys.add(key);
            return key.equals(needed);
        }

        @Override
        public void finish() {}

        @Override
        public void close() {}
    }
}
