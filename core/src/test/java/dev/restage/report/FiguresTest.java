package dev.restage.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "7, 7",
        "2026, 2026",
        "9999, 9999",
        "10000, 10 000",
        "1284310, 1 284 310",
        "9223372036854775807, 9 223 372 036 854 775 807"
    })
    void groupsDigitsFromFiveOn(long number, String expected) {
        assertThat(Figures.count(number)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "999, 999 B",
        "1000, 1.0 kB",
        "1550, 1.6 kB",
        "99949, 99.9 kB",
        "100000, 100 kB",
        "1000000, 1.0 MB",
        "2415919104, 2.4 GB",
        "731906048, 732 MB",
        "5000000000000, 5.0 TB",
        "9223372036854775807, 9223 PB"
    })
    void writesSizesInUnitsOfAThousand(long bytes, String expected) {
        assertThat(Figures.bytes(bytes)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "-5, 0 ms, 0:00",
        "0, 0 ms, 0:00",
        "999, 999 ms, 0:00",
        "1000, 1 s, 0:01",
        "59999, 59 s, 0:59",
        "60000, 1 min 00 s, 1:00",
        "65000, 1 min 05 s, 1:05",
        "3599000, 59 min 59 s, 59:59",
        "3600000, 1 h 00 min, 1:00:00",
        "7265000, 2 h 01 min, 2:01:05",
        "90000000, 25 h 00 min, 25:00:00"
    })
    void writesTimesAsPeopleDo(long millis, String duration, String clock) {
        assertThat(Figures.duration(Duration.ofMillis(millis))).isEqualTo(duration);
        assertThat(Figures.clock(Duration.ofMillis(millis))).isEqualTo(clock);
    }

    @ParameterizedTest
    @CsvSource({
        "rows, 1284310, 1 284 310",
        "rows.after, 34000, 34 000",
        "bytes, 731906048, 732 MB",
        "media.bytes, 1000, 1.0 kB",
        "bytes.before, 5000, 5.0 kB",
        "bytes-after, 5000, 5.0 kB",
        "kilobytes, 50000, 50 000",
        "snapshot.id, 1234567, 1234567",
        "server-port, 54321, 54321",
        "run, 2026112403, 2026112403",
        "snapshot, b142, b142",
        "rows, 007, 007",
        "rows, -50000, -50000",
        "rows, 12345678901234567890, 12345678901234567890",
        "rows, 1e9, 1e9"
    })
    void writesAFactByWhatItsNameSays(String name, String value, String expected) {
        assertThat(Figures.fact(name, value)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "rows.before, rows",
        "rows-after, rows",
        "before, ''",
        "rows.beforehand, rows.beforehand",
        "head.before.after, head.before",
        "rows, rows"
    })
    void aStemHasNoBeforeOrAfter(String name, String stem) {
        assertThat(Figures.stem(name)).isEqualTo(stem);
    }

    @Test
    void aNumberHasNoSignNoZeroInFrontAndFitsALong() {
        assertThat(Figures.isNumber("0")).isTrue();
        assertThat(Figures.isNumber("999999999999999999")).isTrue();
        assertThat(Figures.isNumber("1000000000000000000")).isFalse();
        assertThat(Figures.isNumber("00")).isFalse();
        assertThat(Figures.isNumber("")).isFalse();
        assertThat(Figures.isNumber("\u0663")).isFalse();
    }
}
