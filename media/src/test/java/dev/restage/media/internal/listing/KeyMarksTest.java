package dev.restage.media.internal.listing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.provider.media.KeyRange;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeyMarksTest {

    private static final IntFunction<String> NUMBERED = "k%07d"::formatted;

    private final KeyMarks.Collector collector = new KeyMarks.Collector();

    @Test
    void dividesRangesAtMarksInsideThem() {
        KeyMarks marks = new KeyMarks(List.of("b", "images/x", "z"));

        assertThat(marks.split(List.of(KeyRange.of("images/"), new KeyRange("", "c", ""))))
                .containsExactly(
                        new KeyRange("images/", "", "images/x\0"),
                        new KeyRange("images/", "images/x", ""),
                        new KeyRange("", "c", "images/x\0"),
                        new KeyRange("", "images/x", "z\0"),
                        new KeyRange("", "z", ""));
    }

    @Test
    void withoutMarksRangesStayAsTheyAre() {
        List<KeyRange> ranges = List.of(KeyRange.of("a/"), new KeyRange("", "b", "c"));

        assertThat(KeyMarks.NONE.split(ranges)).isEqualTo(ranges);
    }

    @Test
    void aMarkAtTheEdgeOfARangeDividesNothing() {
        KeyMarks marks = new KeyMarks(List.of("b", "c"));

        assertThat(marks.split(List.of(new KeyRange("", "b", "c")))).containsExactly(new KeyRange("", "b", "c"));
    }

    @Test
    void partsOfARangeHoldEachOfItsKeysOnce() {
        List<KeyRange> parts = new KeyMarks(List.of("a5", "a7")).split(List.of(KeyRange.of("a")));

        for (String key : List.of("a", "a4", "a5", "a5\0", "a6", "a7", "a8", "a\uFFFF")) {
            assertThat(parts).as(key).filteredOn(part -> part.contains(key)).hasSize(1);
        }
    }

    @Test
    void setsAMarkAtEachFiveThousandthKeyThatIsNotTheLast() {
        count(KeyRange.ALL, 15_000);

        assertThat(collector.marks().keys()).containsExactly("k0004999", "k0009999");
    }

    @Test
    void setsTheLastMarkWhenAKeyFollows() {
        count(KeyRange.ALL, 15_001);

        assertThat(collector.marks().keys()).containsExactly("k0004999", "k0009999", "k0014999");
    }

    @Test
    void keepsAMarkWhereTheNextRangeBegins() {
        count(new KeyRange("", "", "k0004999\0"), 5_000);

        assertThat(collector.marks().keys()).containsExactly("k0004999");
    }

    @Test
    void setsNoMarkWhereStoresMayOrderOtherwise() {
        KeyMarks.Counter counter = collector.range(KeyRange.ALL);
        IntStream.range(0, 10_001).forEach(i -> counter.count("\uD83D\uDE00" + NUMBERED.apply(i)));

        assertThat(collector.marks()).isEqualTo(KeyMarks.NONE);
    }

    @Test
    void ordersMarksOfSeveralRanges() {
        count(new KeyRange("z", "", ""), 5_001, i -> "z" + NUMBERED.apply(i));
        count(new KeyRange("b", "", ""), 5_001, i -> "b" + NUMBERED.apply(i));

        assertThat(collector.marks().keys()).containsExactly("bk0004999", "zk0004999");
    }

    @Test
    void whereKeysHaveOtherNamesNothingIsCounted() {
        IntStream.range(0, 10_001).mapToObj(NUMBERED).forEach(KeyMarks.Counter.NONE::count);

        assertThat(collector.marks()).isEqualTo(KeyMarks.NONE);
    }

    private void count(KeyRange range, int keys) {
        count(range, keys, NUMBERED);
    }

    private void count(KeyRange range, int keys, IntFunction<String> key) {
        KeyMarks.Counter counter = collector.range(range);
        IntStream.range(0, keys).mapToObj(key).forEach(counter::count);
    }
}
