package dev.restage.masking.value;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.masking.value.MaskTarget.Trait;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DigitsTest {

    private static final MaskKey KEY = MaskKey.of("k");

    @ParameterizedTest
    @CsvSource({
        "447700900123, bigint, [1-9]\\d{11}",
        "-447700900123, bigint, -[1-9]\\d{11}",
        "7700900123.50, 'numeric(12,2)', [1-9]\\d{9}\\.[1-9]0",
        "0.0512, numeric, 0\\.0[1-9]\\d[1-9]",
        "4.477009e+11, double precision, [1-9]\\.\\d{5}[1-9]e\\+11",
        "123456789012345678901234567890, numeric, [1-9]\\d{29}"
    })
    void keepsLengthSignDecimalsAndExponent(String value, String type, String expected) {
        assertThat(masked(value, type)).matches(expected).isNotEqualTo(value).isEqualTo(masked(value, type));
    }

    @ParameterizedTest
    @CsvSource({"0, integer", "0.00, numeric", "NaN, numeric", "-Infinity, double precision"})
    void leavesWhatIsNobodys(String value, String type) {
        assertThat(masked(value, type)).isEqualTo(value);
    }

    @Test
    void endsForNumbersThatTheTypeDoesNotTake() {
        assertThat(masked("987654", "smallint")).matches("[1-9]\\d{5}");
    }

    @ParameterizedTest
    @CsvSource({"smallint, 10000, 22768, 32767", "integer, 1000000000, 20000, 2147483647"})
    void staysUniqueAndWithinTheType(String type, int from, int count, int most) {
        List<Integer> masked = IntStream.range(from, from + count)
                .mapToObj(number -> Integer.valueOf(masked(Integer.toString(number), type)))
                .toList();

        assertThat(masked).doesNotHaveDuplicates().allMatch(number -> number >= from && number <= most);
    }

    @Test
    void givesEqualNumbersTheSameHoweverTheyAreWrittenAndDifferentOnesNot() {
        assertThat(new BigDecimal(masked("12.50", "numeric"))).isEqualByComparingTo(masked("12.5", "numeric"));
        assertThat(masked("1234567.00", "numeric")).isEqualTo(masked("1234567", "bigint") + ".00");
        assertThat(IntStream.range(0, 10_000)
                        .mapToObj(i -> new BigDecimal(
                                        masked(BigDecimal.valueOf(i, 2).toPlainString(), "numeric"))
                                .stripTrailingZeros()))
                .doesNotHaveDuplicates();
    }

    @Test
    void worksOnNumbersAndArraysOfThemAndOnNothingElse() {
        MaskTarget unique = MaskTarget.of("bigint", Set.of(Trait.UNIQUE, Trait.NOT_NULL));

        assertThat(new ColumnMask(Mask.digits(), unique).problem()).isEmpty();
        assertThat(new ColumnMask(Mask.digits(), MaskTarget.of("text", Set.of())).problem())
                .hasValue("works on numbers only");
        assertThat(masked("{447700900123,NULL,7}", "bigint[]")).matches("\\{\"[1-9]\\d{11}\",NULL,\"[1-9]\"}");
    }

    @Test
    void shiftsDaysThatAreWrittenAsNumbers() {
        ColumnMask shift = new ColumnMask(Mask.dateShift(400), MaskTarget.of("integer", Set.of()));

        assertThat(shift.problem()).isEmpty();
        assertThat(shift.apply("19800229", KEY))
                .matches("19(79|80|81)(0[1-9]|1[0-2])[0-3]\\d")
                .isNotEqualTo("19800229");
        assertThat(shift.apply("19801341", KEY)).matches("[1-9]\\d{7}").isNotEqualTo("19801341");
    }

    private static String masked(String value, String type) {
        return String.valueOf(new ColumnMask(Mask.digits(), MaskTarget.of(type, Set.of())).apply(value, KEY));
    }
}
