package dev.restage.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.media.MediaDifference.Part;
import dev.restage.media.internal.transfer.Threads;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TallyTest {

    private final Tally tally = new Tally();

    @Test
    void beginsWithNothing() {
        assertThat(tally.part()).isEqualTo(new Part(0, 0, List.of()));
    }

    @Test
    void countsObjectsAndBytes() {
        tally.add("a", 3);
        tally.add("b", 4);

        assertThat(tally.part()).isEqualTo(new Part(2, 7, List.of("a", "b")));
        assertThat(tally.objects()).isEqualTo(2);
    }

    @Test
    void keepsTheFirstFewInTheOrderOfKeysWhoeverComesFirst() {
        for (String key : List.of("g", "c", "f", "a", "e", "b", "d")) {
            tally.add(key, 1);
        }

        assertThat(tally.part()).isEqualTo(new Part(7, 7, List.of("a", "b", "c", "d", "e")));
    }

    @Test
    void keepsAsManyAsItIsTold() {
        Tally two = new Tally(2);
        List.of("c", "b", "a").forEach(key -> two.add(key, 0));

        assertThat(two.part().samples()).containsExactly("a", "b");
    }

    @Test
    void anotherOneOfTheSameNameCountsAndIsNamedOnce() {
        tally.add("a", 1);
        tally.add("a", 1);

        assertThat(tally.part()).isEqualTo(new Part(2, 2, List.of("a")));
    }

    @Test
    void countsWhatSeveralThreadsAdd() {
        List<Runnable> adders = new ArrayList<>();
        for (int adder = 0; adder < 4; adder++) {
            adders.add(() -> IntStream.range(0, 1_000).forEach(i -> tally.add("k%04d".formatted(i), 2)));
        }
        try (Threads threads = new Threads("test")) {
            threads.run(adders, 4);
        }

        assertThat(tally.part())
                .isEqualTo(new Part(4_000, 8_000, List.of("k0000", "k0001", "k0002", "k0003", "k0004")));
    }
}
