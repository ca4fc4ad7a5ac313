package dev.restage.media.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.media.FakeStore;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.media.MediaAttribute;
import dev.restage.provider.media.MediaObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TrashTest {

    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

    private final FakeStore store = new FakeStore("target");
    private final Trash trash = trash();

    @Test
    void keepsAnObjectBesideItself() {
        store.with("images/a.jpg", "old");

        trash.keep(store.object("images/a.jpg"));

        assertThat(store.contents())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("images/a.jpg", "old", "restage-trash/run/images/a.jpg", "old"));
    }

    @Test
    void whatHasGoneMeanwhileNeedsNoKeeping() {
        MediaObject gone = store.with("a", "old").object("a");
        store.remove("a");

        trash.keep(gone);

        assertThat(store.contents()).isEmpty();
    }

    @Test
    void anyOtherFailureIsOne() {
        store.with("a", "old");
        store.beforeCopy = key -> {
            throw new ProviderException(Kind.DENIED, "no right to write", null);
        };

        assertThatThrownBy(() -> trash.keep(store.object("a"))).hasMessage("no right to write");
    }

    @Test
    void ofTwoAttemptsOfARunTheFirstOneCounts() {
        store.with("a", "old");
        trash.keep(store.object("a"));
        store.with("a", "new");

        trash().keep(store.object("a"));

        assertThat(store.contents()).containsEntry("restage-trash/run/a", "old");
    }

    /** The name of the one is the beginning of the other's. */
    @Test
    void keepsAnObjectWhereOneIsKeptWhoseNameIsLonger() {
        store.with("ab", "longer").with("a", "shorter");
        trash.keep(store.object("ab"));

        trash().keep(store.object("a"));

        assertThat(store.contents()).containsEntry("restage-trash/run/a", "shorter");
    }

    @Test
    void asksOnlyOnceWhetherTheRunHadBegun() {
        store.with("a", "1").with("b", "2").with("c", "3");

        for (String key : List.of("a", "b", "c")) {
            trash.keep(store.object(key));
        }

        assertThat(store.listed).containsExactly("restage-trash/run/");
    }

    @Test
    void keepsMetadataAndTagsAndWhatThePlanKeeps() {
        store.with("a", "1");

        new Trash(store, "run", Set.of(MediaAttribute.ACL)).keep(store.object("a"));

        assertThat(store.kept.get("restage-trash/run/a"))
                .containsExactlyInAnyOrder(MediaAttribute.METADATA, MediaAttribute.TAGS, MediaAttribute.ACL);
    }

    @Test
    void putsBackWhereItWasAndMayDoSoAgain() {
        store.with("images/a.jpg", "old");
        trash.keep(store.object("images/a.jpg"));
        store.with("images/a.jpg", "new");
        MediaObject kept = trash.kept().iterator().next();

        trash.putBack(kept);
        trash.putBack(kept);

        assertThat(store.contents()).containsEntry("images/a.jpg", "old");
    }

    @Test
    void tellsOnlyWhatThisRunHasKept() {
        store.with("a", "1").with("restage-trash/run/b", "2").with("restage-trash/run2/c", "3");

        assertThat(trash.kept()).extracting(MediaObject::key).containsExactly("restage-trash/run/b");
    }

    @Test
    void runsSortByTime() {
        assertThat(Trash.run(NOW, "z")).isEqualTo("20261130T120000Z-z");
        assertThat(Trash.run(NOW.plusSeconds(1), "a")).isGreaterThan(Trash.run(NOW, "z"));
    }

    @Test
    void expiresWhatOlderRunsHaveKept() {
        store.with("restage-trash/" + Trash.run(NOW.minus(Duration.ofDays(15)), "x") + "/a", "1")
                .with(
                        "restage-trash/"
                                + Trash.run(NOW.minus(Duration.ofDays(14)).minusSeconds(1), "x") + "/b",
                        "2")
                .with("restage-trash/" + Trash.run(NOW.minus(Duration.ofDays(14)), "x") + "/c", "3")
                .with("restage-trash/" + Trash.run(NOW, "x") + "/d", "4")
                .with("a", "5");

        assertThat(trash.expired(NOW, Duration.ofDays(14)))
                .extracting(object -> object.key().substring(object.key().length() - 1))
                .containsExactly("a", "b");
    }

    private Trash trash() {
        return new Trash(store, "run", Set.of());
    }
}
