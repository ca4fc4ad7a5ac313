package dev.restage.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.provider.media.MediaObject;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeldCopiesTest {

    private final Heard heard = new Heard();
    private final HeldCopies held = new HeldCopies(heard, 2);

    @Test
    void holdsCopiesBackUntilTheyAreReleased() {
        held.missing(object("a"));
        held.changed(object("b"), object("b"));
        assertThat(held.isWhole()).isTrue();
        assertThat(heard.lines()).isEmpty();

        held.release();

        assertThat(heard.lines()).containsExactly("changed b", "missing a");
    }

    @Test
    void releasesACopyOnlyOnce() {
        held.missing(object("a"));

        held.release();
        held.release();

        assertThat(heard.lines()).containsExactly("missing a");
    }

    @Test
    void keepsNoneOfMoreThanItCanHold() {
        for (String key : List.of("a", "b", "c", "d")) {
            held.missing(object(key));
        }
        assertThat(held.isWhole()).isFalse();

        held.release();

        assertThat(heard.lines()).isEmpty();
    }

    @Test
    void passesOnAllElseAtOnce() {
        held.same(object("same"));
        held.archived(object("cold"), null);
        held.refused(object("a:b"), object("a:b"), "no name");
        held.marker(object("folder/"));
        held.surplus(object("left"));
        held.former(object("former"));

        assertThat(heard.lines())
                .containsExactly(
                        "archived cold",
                        "former former",
                        "marker folder/",
                        "refused a:b (no name) at target",
                        "same same",
                        "surplus left");
    }

    private static MediaObject object(String key) {
        return new MediaObject(key, 1, "", FakeStore.TIME);
    }
}
