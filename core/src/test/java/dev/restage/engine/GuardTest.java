package dev.restage.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.provider.GuardException;
import dev.restage.provider.Identity;
import dev.restage.provider.Lockable;
import dev.restage.provider.Resource;
import dev.restage.provider.Writes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What stands before a resource that a step may only read. */
class GuardTest {

    private static final String REFUSAL = "the shelf may only be read";

    private final WoodenShelf shelf = new WoodenShelf();
    private final Shelf read = (Shelf) Guard.readOnly(shelf, REFUSAL);
    private final Shelf written = (Shelf) Guard.writable(shelf);

    @Test
    void letsReadingPass() {
        shelf.books.add("Emma");

        assertThat(read.books()).containsExactly("Emma");
        assertThat(read.identity()).isEqualTo(shelf.identity());
        assertThat(read).hasToString("a wooden shelf");
    }

    @Test
    void refusesWhatIsMarkedAsWritingAndNamesIt() {
        assertThatThrownBy(() -> read.put("Emma"))
                .isInstanceOf(GuardException.class)
                .hasMessage("the shelf may only be read (put was called)");
        assertThatThrownBy(() -> ((Lockable) read).lock("me"))
                .isInstanceOf(GuardException.class)
                .hasMessageContaining("(lock was called)");
        assertThat(shelf.books).isEmpty();
    }

    @Test
    void refusesADefaultMethodThatWritesAndOneThatCallsSuchAMethodIsStillGuarded() {
        assertThatThrownBy(() -> read.putTwice("Emma")).isInstanceOf(GuardException.class);

        written.putTwice("Emma");

        assertThat(shelf.books).containsExactly("Emma", "Emma");
    }

    @Test
    void playsTheRolesOfTheResourceAndNothingElse() {
        assertThat(read).isInstanceOf(Shelf.class).isInstanceOf(Lockable.class).isNotInstanceOf(Comparable.class);
        assertThat(Guard.roles(WoodenShelf.class)).containsExactlyInAnyOrder(Shelf.class, Lockable.class);
        assertThat(Guard.roles(PaintedShelf.class)).contains(Shelf.class, Lockable.class);
    }

    @Test
    void throwsWhatTheResourceThrows() {
        assertThatThrownBy(read::burn).isInstanceOf(IOException.class).hasMessage("no fire here");
        assertThatThrownBy(written::burn).isInstanceOf(IOException.class);
    }

    @Test
    void nobodyClosesWhatOthersUse() {
        read.close();
        written.close();

        assertThat(shelf.closed).isFalse();
    }

    @Test
    void guardsWhatIsHandedOutIfItCanWrite() {
        Shelf.Ladder ladder = read.ladder().orElseThrow();

        assertThat(ladder.height()).isEqualTo(3);
        assertThatThrownBy(() -> ladder.paint("red"))
                .isInstanceOf(GuardException.class)
                .hasMessage("the shelf may only be read (paint was called)");
        assertThatThrownBy(() -> ladder.next().paint("red")).isInstanceOf(GuardException.class);
        assertThat(read.spare()).isEmpty();
    }

    @Test
    void leavesWhatIsHandedOutByAWritableOneAsItIs() {
        written.ladder().orElseThrow().paint("red");

        assertThat(shelf.paint).isEqualTo("red");
    }

    @Test
    void handsTheResourceItselfToAnotherOne() {
        WoodenShelf other = new WoodenShelf();
        Shelf target = (Shelf) Guard.writable(other);

        target.takeAllOf(read);

        assertThat(other.taken).isSameAs(shelf);
        assertThat(Guard.unguarded(read)).isSameAs(shelf);
        assertThat(Guard.unguarded("text")).isEqualTo("text");
        assertThat(Guard.unguarded(null)).isNull();
    }

    @Test
    void twoGuardsOfOneResourceAreEqual() {
        assertThat(read).isEqualTo(written).isEqualTo(read).hasSameHashCodeAs(written);
        assertThat(read).isNotEqualTo(Guard.readOnly(new WoodenShelf(), REFUSAL));
    }

    /** A role. */
    interface Shelf extends Resource {

        List<String> books();

        @Writes
        void put(String book);

        @Writes
        default void putTwice(String book) {
            put(book);
            put(book);
        }

        @Writes
        void takeAllOf(Shelf other);

        void burn() throws IOException;

        Optional<Ladder> ladder();

        Optional<Ladder> spare();

        /** What is handed out. */
        interface Ladder {

            int height();

            @Writes
            void paint(String colour);

            Ladder next();
        }
    }

    private static class WoodenShelf implements Shelf, Lockable, Comparable<WoodenShelf> {

        private final List<String> books = new ArrayList<>();
        private String paint = "";
        private boolean closed;
        private Object taken = "nothing";

        @Override
        public Identity identity() {
            return Identity.of("shelf", "wood");
        }

        @Override
        public List<String> books() {
            return books;
        }

        @Override
        public void put(String book) {
            books.add(book);
        }

        @Override
        public void takeAllOf(Shelf other) {
            taken = other;
        }

        @Override
        public void burn() throws IOException {
            throw new IOException("no fire here");
        }

        @Override
        public Optional<Ladder> ladder() {
            return Optional.of(new Steps());
        }

        @Override
        public Optional<Ladder> spare() {
            return Optional.empty();
        }

        @Override
        public Lock lock(String owner) {
            return () -> {};
        }

        @Override
        public void close() {
            closed = true;
        }

        @Override
        public int compareTo(WoodenShelf other) {
            return 0;
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }

        @Override
        public String toString() {
            return "a wooden shelf";
        }

        private final class Steps implements Ladder {

            @Override
            public int height() {
                return 3;
            }

            @Override
            public void paint(String colour) {
                paint = colour;
            }

            @Override
            public Ladder next() {
                return new Steps();
            }
        }
    }

    private static final class PaintedShelf extends WoodenShelf {}
}
