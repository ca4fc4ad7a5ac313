package dev.restage.masking.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.masking.value.MaskTarget.Shape;
import dev.restage.masking.value.MaskTarget.Trait;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Masks for values that have a form of their own. */
class ValueMaskTest {

    private static final MaskKey KEY = MaskKey.of("k");

    @ParameterizedTest
    @CsvSource({
        "1, 1, 7, 1",
        "1, 6, 3, [1-6]",
        "-5, 5, 0, -?[0-5]",
        "1, 2, 7.25, 1\\.\\d\\d|2\\.00",
        "0, 1, 0.5, 0\\.\\d|1\\.0",
        "1, 6, NaN, [1-6]",
        "1, 6, Infinity, [1-6]",
        "1, 6, 1e2, [1-6]",
        "1000000, 9000000, 7, [1-9]\\d{6}"
    })
    void aRangeGivesANumberWithinItWithTheDecimalsOfTheValue(
            BigDecimal from, BigDecimal to, String value, String form) {
        String masked = masked(new ValueMask.Range(from, to), value, "numeric");

        assertThat(masked).matches(form);
        assertThat(new BigDecimal(masked)).isBetween(from, to);
    }

    @Test
    void aRangeIsUsedAsAWhole() {
        ValueMask.Range die = new ValueMask.Range(BigDecimal.ONE, BigDecimal.valueOf(6));

        assertThat(IntStream.range(0, 200).mapToObj(i -> masked(die, "" + i, "integer")))
                .contains("1", "2", "3", "4", "5", "6");
    }

    @Test
    void aRangeGoesUpwards() {
        assertThatThrownBy(() -> new ValueMask.Range(BigDecimal.TEN, BigDecimal.ONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a range goes from the least to the greatest: 10 1");
    }

    @ParameterizedTest
    @CsvSource({
        "100, numeric, 90, 110",
        "-100, numeric, -110, -90",
        "99.99, 'numeric(4,2)', 90, 99.99",
        "-99.99, 'numeric(4,2)', -99.99, -90",
        "0.09, numeric, 0.08, 0.09",
        "999, integer, 900, 999",
        "32767, smallint, 29490, 32767",
        "-32768, smallint, -32768, -29491",
        "2147483647, integer, 1932735282, 2147483647",
        "-2147483648, integer, -2147483648, -1932735283",
        "9223372036854775807, bigint, 8300000000000000000, 9223372036854775807",
        "0, integer, 0, 0"
    })
    void jitterStaysNearTheValueAndWithinItsType(String value, String type, BigDecimal least, BigDecimal most) {
        for (String secret : List.of("a", "b", "c", "d", "e", "f", "g", "h")) {
            String masked = String.valueOf(new ColumnMask(new ValueMask.Jitter(10), MaskTarget.of(type, Set.of()))
                    .apply(value, MaskKey.of(secret)));

            assertThat(new BigDecimal(masked)).as("under %s", secret).isBetween(least, most);
            assertThat(new BigDecimal(masked).scale()).isEqualTo(new BigDecimal(value).scale());
        }
    }

    @Test
    void jitterLeavesNoGreatNumberAsItIsForWantOfRoom() {
        List<String> values =
                IntStream.range(990, 1000).mapToObj(Integer::toString).toList();

        assertThat(values.stream()
                        .filter(value -> masked(new ValueMask.Jitter(50), value, "integer")
                                .equals(value)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 101})
    void jitterMovesByOneToAHundredPerCent(int percent) {
        assertThatThrownBy(() -> new ValueMask.Jitter(percent))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a number moves by 1 to 100 percent, not " + percent);
    }

    @ParameterizedTest
    @CsvSource({
        "2024-02-29, date, 0",
        "0001-01-01, date, 0",
        "2024-12-31 23:59:59.999999+00, timestamp with time zone, 0",
        "10000-01-01, date, 0",
        "2024-02-29, text, 0",
        "2024-02-29T10:00:00Z, text, 0"
    })
    void aDayMovesAndTheRestOfItStays(String value, String type, int ignored) {
        String masked = masked(Mask.dateShift(7), value, type);
        int rest = value.indexOf('-') + 6;

        assertThat(masked).isNotEqualTo(value).endsWith(value.substring(rest));
        if (!value.startsWith("0001") && !value.startsWith("10000")) {
            long days = ChronoUnit.DAYS.between(
                    LocalDate.parse(value.substring(0, 10)), LocalDate.parse(masked.substring(0, 10)));
            assertThat(Math.abs(days)).isBetween(1L, 7L);
        }
    }

    @Test
    void aDayBeforeChristStaysBeforeOrCrossesRightly() {
        assertThat(masked(Mask.dateShift(3), "0044-03-15 BC", "date")).matches("0044-03-\\d\\d BC");
        assertThat(IntStream.range(1, 40)
                        .mapToObj(
                                i -> masked(Mask.dateShift(400), "0001-06-15 12:00:%02d BC".formatted(i), "timestamp")))
                .allSatisfy(masked -> assertThat(masked).matches("000[12]-\\d\\d-\\d\\d 12:00:\\d\\d( BC)?"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"infinity", "-infinity"})
    void whatIsNoDayInAColumnOfDaysStays(String value) {
        assertThat(masked(Mask.dateShift(7), value, "date")).isEqualTo(value);
        assertThat(masked(Mask.dateShift(7), value, "timestamp")).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024-02-30", "2024-13-01", "2023-02-29", "0000-00-00", "99999999999-01-01", "yesterday"})
    void aTextThatIsNoDayOfACalendarBecomesFiller(String value) {
        assertThat(masked(Mask.dateShift(7), value, "text"))
                .isNotEqualTo(value)
                .hasSizeLessThanOrEqualTo(value.length())
                .doesNotContainPattern("\\d");
        assertThat(masked(new TextMask.Alike(), value, "text")).isNotEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "19800229, true",
        "19810229, false",
        "15991231, false",
        "16000101, true",
        "21991231, true",
        "22000101, false",
        "1980022, false",
        "198002290, false",
        "'', false"
    })
    void aNumberOfEightDigitsWritesADayOfTheseCenturies(String number, boolean day) {
        assertThat(ValueMask.DateShift.day(number).isPresent()).isEqualTo(day);
    }

    @Test
    void aNumberThatWritesADayBecomesAnotherDayAndOthersOtherDigits() {
        String day = masked(Mask.dateShift(30), "19800229", "integer");
        assertThat(ValueMask.DateShift.day(day)).isPresent();
        assertThat(day).isNotEqualTo("19800229");
        assertThat(masked(Mask.dateShift(30), "1234567", "integer")).matches("[1-9]\\d{6}");
        assertThatThrownBy(() -> Mask.dateShift(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aUuidIsAValidOneAndTheSameAgain() {
        String masked = masked(new ValueMask.Uuid(), "0f8fad5b-d9cb-469f-a165-70867728950e", "uuid");

        assertThat(UUID.fromString(masked).version()).isEqualTo(4);
        assertThat(UUID.fromString(masked).variant()).isEqualTo(2);
        assertThat(masked(new ValueMask.Uuid(), "0f8fad5b-d9cb-469f-a165-70867728950e", "text"))
                .isEqualTo(masked);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "192.0.2.17 | inet | 10(\\.\\d{1,3}){3}",
                "192.0.2.17/24 | inet | 10(\\.\\d{1,3}){3}/24",
                "2001:db8::1 | inet | fd[0-9a-f]{2}(:[0-9a-f]{1,4}){7}",
                "192.0.2.0/24 | cidr | 10(\\.\\d{1,3}){2}\\.0/24",
                "192.0.2.17 | cidr | 10(\\.\\d{1,3}){3}",
                "0.0.0.0/0 | cidr | 0\\.0\\.0\\.0/0",
                "2001:db8::/32 | cidr | fd[0-9a-f]{2}:[0-9a-f]{1,4}(:0){6}/32",
                "192.0.2.17 | text | 10(\\.\\d{1,3}){3}"
            })
    void anAddressOfAComputerBecomesOneOfAPrivateNetwork(String value, String type, String form) {
        assertThat(masked(new ValueMask.Ip(), value, type))
                .matches(form)
                .isNotEqualTo(value.equals("0.0.0.0/0") ? "" : value);
    }

    @ParameterizedTest
    @CsvSource({
        "RANGE, text, ''",
        "RANGE, integer, ''",
        "RANGE, date, works on numbers only",
        "JITTER, jsonb, works on numbers only",
        "DIGITS, text, works on numbers only",
        "DIGITS, numeric, ''",
        "DATE_SHIFT, boolean, works on dates only",
        "DATE_SHIFT, integer, ''",
        "UUID, uuid, ''",
        "UUID, text, ''",
        "UUID, character varying(35), 'needs 36 characters, and the column has 35'",
        "UUID, integer, works on text only",
        "IP, inet, ''",
        "IP, character varying(15), 'needs 39 characters, and the column has 15'",
        "IP, date, works on text only"
    })
    void saysOnWhatItCannotWork(String mask, String type, String problem) {
        assertThat(mask(mask).problem(MaskTarget.of(type, Set.of())).orElse("")).isEqualTo(problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RANGE", "JITTER", "DATE_SHIFT", "IP"})
    void cannotKeepUniqueValuesDifferent(String mask) {
        for (Trait trait : List.of(Trait.UNIQUE, Trait.UNIQUE_WITH_OTHERS)) {
            assertThat(mask(mask).problem(new MaskTarget(Shape.INTEGER, 9, Set.of(trait))))
                    .contains("cannot keep values different, and the column is unique");
        }
    }

    private static Mask mask(String name) {
        return switch (name) {
            case "RANGE" -> Mask.range(1, 6);
            case "JITTER" -> new ValueMask.Jitter(10);
            case "DIGITS" -> Mask.digits();
            case "DATE_SHIFT" -> Mask.dateShift(7);
            case "UUID" -> new ValueMask.Uuid();
            default -> new ValueMask.Ip();
        };
    }

    private static String masked(Mask mask, String value, String type) {
        return Objects.requireNonNull(new ColumnMask(mask, MaskTarget.of(type, Set.of())).apply(value, KEY));
    }
}
