package dev.restage.provider.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The order of listings, and the ranges that are cut from it. */
class KeyOrderTest {

    private static final List<String> KEYS = List.of(
            "",
            "\0",
            "!",
            "/",
            "0",
            "A",
            "Z",
            "a",
            "a!",
            "a/",
            "a/b",
            "a0",
            "aa",
            "b",
            "\u007f",
            "\u0080",
            "\u00e4",
            "\u07ff",
            "\u0800",
            "\ud7ff",
            "\ue000",
            "\uffff",
            "\ud800\udc00",
            "\ud83d\ude00",
            "\udbff\udfff");

    private static Stream<Arguments> pairs() {
        return KEYS.stream().flatMap(left -> KEYS.stream().map(right -> Arguments.of(left, right)));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void isThatOfTheBytesOfUtf8(String left, String right) {
        int expected =
                Arrays.compareUnsigned(left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));

        assertThat(Integer.signum(KeyOrder.UTF_8.compare(left, right))).isEqualTo(Integer.signum(expected));
    }

    @Test
    void differsFromThatOfStringsBeyondTheBasicPlane() {
        assertThat("\ud83d\ude00").isLessThan("\uffff");
        assertThat(KeyOrder.UTF_8.compare("\ud83d\ude00", "\uffff")).isPositive();
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', '', a, true",
        "images/, '', '', images/a, true",
        "images/, '', '', images, false",
        "images/, '', '', images_old/a, false",
        "'', b, '', b, false",
        "'', b, '', b/c, true",
        "'', b, '', a/z, false",
        "'', '', b, b, false",
        "'', '', b, b/c, false",
        "'', '', b, a/z, true",
        "a, a/b, a/d, a/c, true",
        "a, a/b, a/d, a/d, false",
        "'', z, a, m, false"
    })
    void aRangeHoldsWhatLiesBetweenItsBoundsAndBeginsWithItsPrefix(
            String prefix, String after, String before, String key, boolean held) {
        assertThat(new KeyRange(prefix, after, before).contains(key)).isEqualTo(held);
    }

    @Test
    void aRangeEndsAtItsBoundAndNeverWithoutOne() {
        assertThat(new KeyRange("", "", "b").ends("b")).isTrue();
        assertThat(new KeyRange("", "", "b").ends("c")).isTrue();
        assertThat(new KeyRange("", "", "b").ends("a/z")).isFalse();
        assertThat(KeyRange.of("a/").ends("z")).isFalse();
        assertThat(KeyRange.ALL.contains("\udbff\udfff")).isTrue();
    }

    @Test
    void allKeysAreThoseGreaterThanNoKey() {
        assertThat(KeyRange.ALL.contains("")).as("no object has an empty key").isFalse();
    }
}
