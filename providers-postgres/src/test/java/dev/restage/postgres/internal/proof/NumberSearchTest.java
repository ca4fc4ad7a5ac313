package dev.restage.postgres.internal.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.masking.text.Phones;
import dev.restage.postgres.internal.proof.words.Fingerprints;
import dev.restage.postgres.internal.proof.words.Fingerprints.Kind;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumberSearchTest {

    private final Fingerprints prints = new Fingerprints();
    private final NumberSearch search = new NumberSearch(prints);

    @ParameterizedTest
    @ValueSource(strings = {"447700900123", "-447700900123", "7700900123", "{1,447700900123}", "447700900123.00"})
    void aKnownNumberAloneAmongAMillionShortOnesIsNoChance(String value) {
        known(447700900123L);
        search(LongStream.range(0, 1_000_000).map(i -> i % 90_000));

        search.value(value);

        assertThat(search.survivors(1_000_001)).isEqualTo(1);
    }

    @Test
    void aKnownKeyAmongManyOthersOfItsLengthIsChance() {
        known(1_234_567L);

        search(LongStream.range(1_234_000, 1_235_000));

        assertThat(search.survivors(1000)).isZero();
    }

    @Test
    void aKnownNumberThatIsAMomentTooIsChanceUnlessThereAreMany() {
        known(1_764_500_123L);

        search(LongStream.range(1_764_500_000L, 1_764_500_200L));
        assertThat(search.survivors(200)).isZero();
        assertThat(search.survivors(10)).isEqualTo(1);
    }

    @Test
    void asManyAsChanceWouldBringAmongNumbersOfOneLengthAreNone() {
        LongStream.range(0, 90_000).forEach(i -> known(1_000_000_000L + i * 100_000));

        search(LongStream.range(0, 9_000).map(i -> 5_000_000_000L + i * 7));

        assertThat(search.survivors(9_000)).isZero();
    }

    @Test
    void whatSeveralThreadsFoundCountsTogether() {
        known(447700900123L);
        NumberSearch other = new NumberSearch(prints);
        other.value("447700900123");
        search.value("447700900123");

        search.add(other);

        assertThat(search.survivors(1_000)).isEqualTo(2);
    }

    private void search(LongStream numbers) {
        numbers.forEach(number -> search.value(Long.toString(number)));
    }

    private void known(long number) {
        String digits = Long.toString(number);
        int end = digits.length();
        Phones.forms(digits, 0, end, start -> {
            prints.addDigits(end - start);
            prints.add(prints.of(Kind.DIGITS, prints.word(digits, start, end)));
        });
    }
}
