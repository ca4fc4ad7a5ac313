package dev.restage.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.provider.GuardException;
import dev.restage.provider.Identity;
import dev.restage.provider.Lockable;
import dev.restage.provider.Register;
import dev.restage.provider.Resource;
import dev.restage.provider.Writes;
import dev.restage.provider.media.KeyCheck;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

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
        assertThatThrownBy(() -> ((Lockable) read).register().remove("me"))
                .isInstanceOf(GuardException.class)
                .hasMessageContaining("(remove was called)");
        assertThat(shelf.books).isEmpty();
    }

    @Test
    void refusesADefaultMethodThatWritesAndOneThatCallsSuchAMethodIsStillGuarded() {
        assertThatThrownBy(() -> read.putTwice("Emma")).isInstanceOf(GuardException.class);

        written.putTwice("Emma");

        assertThat(shelf.books).containsExactly("Emma", "Emma");
    }

    @Test
    void aRoleThatMakesAMethodAnewStillWritesWithIt() {
        WoodenShelf library = new Library();
        Bookcase only = (Bookcase) Guard.readOnly(library, REFUSAL);

        assertThatThrownBy(only::sellAll).isInstanceOf(GuardException.class);
        assertThatThrownBy(() -> only.ladder().orElseThrow().paint("red")).isInstanceOf(GuardException.class);
        assertThat(library.books).isEmpty();
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

    static Stream<Arguments> waysToALadder() {
        return Stream.of(
                way("a list", shelf -> shelf.many(List::of)),
                way("a set", shelf -> shelf.many(Set::of)),
                way("a queue", shelf -> shelf.many(ladder -> new ArrayDeque<>(List.of(ladder)))),
                way("a sorted map", shelf -> shelf.many(ladder -> new TreeMap<>(Map.of("a", ladder)))),
                way("a map", shelf -> shelf.many(ladder -> Map.of("a", ladder))),
                way("the key of a map", shelf -> shelf.many(ladder -> Map.of(ladder, "a"))),
                way("an array", shelf -> shelf.many(ladder -> new Shelf.Ladder[] {ladder})),
                way("a stream", shelf -> shelf.many(Stream::of)),
                way("an iterator", shelf -> shelf.many(ladder -> List.of(ladder).iterator())),
                way(
                        "an iterable",
                        shelf -> shelf.many(ladder ->
                                (Iterable<Shelf.Ladder>) () -> List.of(ladder).iterator())),
                way("a supplier", shelf -> shelf.many(ladder -> (Supplier<Shelf.Ladder>) () -> ladder)),
                way("a function", shelf -> shelf.many(ladder -> (Function<String, Shelf.Ladder>) name -> ladder)),
                way("a callable", shelf -> shelf.many(ladder -> (Callable<Shelf.Ladder>) () -> ladder)),
                way(
                        "an optional list of suppliers",
                        shelf -> shelf.many(ladder -> Optional.of(List.of((Supplier<Shelf.Ladder>) () -> ladder)))),
                way("something between", shelf -> shelf.many(ladder -> (Shelf.Shed) () -> ladder)),
                way("a record that is one", shelf -> shelf.many(ladder -> new Shelf.Painter(shelf))),
                way("another resource", shelf -> shelf.many(ladder -> shelf)));
    }

    private static Arguments way(String name, Function<Shelf, Object> way) {
        return Arguments.of(name, way);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("waysToALadder")
    void guardsWhatIsHandedOutInSomethingElse(String name, Function<Shelf, Object> way) {
        assertThatThrownBy(() -> paintAllIn(way.apply(read)))
                .isInstanceOf(GuardException.class)
                .hasMessageStartingWith("the shelf may only be read (");
        assertThat(shelf.paint).isEmpty();
        assertThat(shelf.books).isEmpty();
    }

    /** Looks for what can write, as deep as it lies. */
    private static void paintAllIn(Object found) throws Exception {
        if (found instanceof Shelf.Ladder ladder) {
            ladder.paint("red");
        } else if (found instanceof Shelf other) {
            other.put("Emma");
        } else if (found instanceof Shelf.Shed shed) {
            paintAllIn(shed.ladder());
        } else if (found instanceof Optional<?> optional) {
            paintAllIn(optional.orElseThrow());
        } else if (found instanceof Map<?, ?> map) {
            paintAllIn(map.keySet());
            paintAllIn(map.values());
        } else if (found instanceof Iterable<?> iterable) {
            for (Object one : iterable) {
                paintAllIn(one);
            }
        } else if (found instanceof Iterator<?> iterator) {
            paintAllIn(iterator.next());
        } else if (found instanceof Object[] array) {
            paintAllIn(List.of(array));
        } else if (found instanceof Stream<?> stream) {
            paintAllIn(stream.toList());
        } else if (found instanceof Supplier<?> supplier) {
            paintAllIn(supplier.get());
        } else if (found instanceof Function<?, ?> function) {
            @SuppressWarnings("unchecked") // the only ones are made above
            Function<String, Object> named = (Function<String, Object>) function;
            paintAllIn(named.apply("a"));
        } else if (found instanceof Callable<?> callable) {
            paintAllIn(callable.call());
        }
    }

    @Test
    void whatCannotBeStoodInForIsNotHandedOut() {
        assertThatThrownBy(() -> read.many(ladder -> new ByteArrayOutputStream()))
                .isInstanceOf(GuardException.class)
                .hasMessage("the shelf may only be read (it would hand out a ByteArrayOutputStream, which can write and"
                        + " cannot be guarded)");
        assertThatThrownBy(() -> read.many(ladder -> new Brush())).isInstanceOf(GuardException.class);
    }

    @Test
    void valuesAreHandedOutAsTheyAre() {
        for (Object value : List.of(
                "text", 7, Path.of("a", "b"), new Plank(3), Thread.State.NEW, Identity.of("a", "b"), KeyCheck.NONE)) {
            assertThat(read.many(ladder -> value)).isSameAs(value);
            assertThat(read.many(ladder -> List.of(value))).isEqualTo(List.of(value));
            assertThat(read.many(ladder -> Map.of(value, value))).isEqualTo(Map.of(value, value));
            assertThat(read.many(ladder -> Set.of(value))).isEqualTo(Set.of(value));
        }
        assertThat(read.many(ladder -> new TreeSet<>(Set.of(2, 1)))).isInstanceOf(TreeSet.class);
        assertThat(read.many(ladder -> new ArrayDeque<>(List.of(2, 1)))).isInstanceOf(ArrayDeque.class);
    }

    @Test
    void aListThatIsHandedOutIsNotTheWayIn() {
        shelf.books.add("Emma");

        assertThatThrownBy(() -> read.books().add("Persuasion")).isInstanceOf(UnsupportedOperationException.class);
        Iterator<?> books = (Iterator<?>) read.many(ladder -> shelf.books.iterator());
        books.next();
        assertThatThrownBy(books::remove).isInstanceOf(GuardException.class);
        assertThat(shelf.books).containsExactly("Emma");
    }

    @Test
    void whatIsHandedOutIsClosedByWhoHasIt() throws Exception {
        Shelf.Ladder ladder = read.ladder().orElseThrow();
        ((AutoCloseable) ladder).close();
        ((Stream<?>) read.many(one -> Stream.of(one).onClose(() -> shelf.paint = "closed"))).close();

        assertThat(shelf.folded).isTrue();
        assertThat(shelf.paint).isEqualTo("closed");
    }

    @Test
    void aMethodOfARoleThatReturnsNothingAndTellsNobodyIsTakenForWritingUnlessItIsOnlyClosing() {
        assertThatThrownBy(() -> read.dust(3))
                .isInstanceOf(GuardException.class)
                .hasMessage("the shelf may only be read (dust was called)");
        List<String> told = new ArrayList<>();
        shelf.books.add("Emma");
        read.tell(told::add);
        assertThat(told).containsExactly("Emma");
        assertThat(shelf.paint).isEmpty();
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
        default int sellAll() {
            return 0;
        }

        @Writes
        void takeAllOf(Shelf other);

        int burn() throws IOException;

        void dust(int cloths);

        void tell(Consumer<String> reader);

        Object many(Function<Ladder, Object> holder);

        Optional<Ladder> ladder();

        Optional<Ladder> spare();

        /** Has what writes, and does not write itself. */
        interface Shed {
            Ladder ladder();
        }

        /** A record that plays a part. */
        record Painter(Shelf shelf) implements Ladder {

            @Override
            public int height() {
                return 2;
            }

            @Override
            public void paint(String colour) {
                shelf.ladder().orElseThrow().paint(colour);
            }

            @Override
            public Ladder next() {
                return this;
            }
        }

        /** What is handed out. */
        interface Ladder {

            int height();

            @Writes
            void paint(String colour);

            Ladder next();
        }
    }

    /** Tells anew what a method does, without its mark. */
    interface Bookcase extends Shelf {

        @Override
        int sellAll();
    }

    private static final class Library extends WoodenShelf implements Bookcase {

        @Override
        public int sellAll() {
            put("sold");
            return 1;
        }
    }

    private static class WoodenShelf implements Shelf, Lockable, Comparable<WoodenShelf> {

        private final List<String> books = new ArrayList<>();
        private String paint = "";
        private boolean closed;
        private boolean folded;
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
        public void dust(int cloths) {
            paint = "clean";
        }

        @Override
        public void tell(Consumer<String> reader) {
            books.forEach(reader);
        }

        @Override
        public Object many(Function<Ladder, Object> holder) {
            return holder.apply(new Steps());
        }

        @Override
        public int burn() throws IOException {
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
        public Register register() {
            return new NoRegister();
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

        private final class Steps implements Ladder, AutoCloseable {

            @Override
            public void close() {
                folded = true;
            }

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

    /** A class with a method of its own that writes. */
    static class Brush {

        @Writes
        public void paint() {}
    }

    record Plank(int length) {}

    private static final class PaintedShelf extends WoodenShelf {}
}
