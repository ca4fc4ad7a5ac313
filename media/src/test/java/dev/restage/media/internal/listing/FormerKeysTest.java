package dev.restage.media.internal.listing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.media.FakeStore;
import dev.restage.media.internal.transfer.Threads;
import dev.restage.provider.media.KeyRange;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class FormerKeysTest {

    private final FakeStore source =
            new FakeStore("source").with("a", "1").with("c", "2").with("e", "3");

    @AutoClose
    private final Threads threads = new Threads("test");

    @AutoClose
    private final FormerKeys former =
            new FormerKeys(() -> Listing.of(source, KeyRange.ALL, key -> true, Selection.ALL, threads));

    @Test
    void listsNothingWhileNobodyAsks() {
        former.close();

        assertThat(source.listed).isEmpty();
    }

    @Test
    void knowsWhichKeysTheSourceHas() {
        assertThat(former.test("a")).isTrue();
        assertThat(former.test("b")).isFalse();
        assertThat(former.test("c")).isTrue();
        assertThat(former.test("d")).isFalse();
        assertThat(former.test("e")).isTrue();
        assertThat(former.test("f")).isFalse();
        assertThat(source.listed).hasSize(1);
    }

    @Test
    void mayBeAskedTwiceForOneKey() {
        assertThat(former.test("c")).isTrue();
        assertThat(former.test("c")).isTrue();
    }

    @Test
    void passesOverManyKeysAtOnce() {
        assertThat(former.test("e")).isTrue();
    }

    @Test
    void anEmptySourceHasNoKey() {
        source.remove("a");
        source.remove("c");
        source.remove("e");

        assertThat(former.test("a")).isFalse();
        assertThat(former.test("z")).isFalse();
    }
}
