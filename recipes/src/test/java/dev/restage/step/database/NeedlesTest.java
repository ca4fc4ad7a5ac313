package dev.restage.step.database;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NeedlesTest {

    private final Needles needles = new Needles();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "447700900123",
                "+44 7700 900123",
                "07700 900123",
                "00447700900123",
                "(07700) 900-123",
                "{\"tel\": 7700900123}",
                "call 07700-900123 at night"
            })
    void aTelephoneNumberIsFoundHoweverItIsWritten(String value) {
        needles.add("+44 (7700) 900123");

        assertThat(needles.in(value)).isTrue();
        assertThat(needles.size()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"447700900124", "900123", "1234567447700900123", "7700.900123e5", "44 7700"})
    void otherNumbersAreNot(String value) {
        needles.add("+44 7700 900123");

        assertThat(needles.in(value)).isFalse();
    }

    @Test
    void numbersThatAreTooShortToTellAnybodyAreNotSearchedFor() {
        needles.add("555-1234");

        assertThat(needles.size()).isZero();
        assertThat(needles.in("5551234")).isFalse();
    }

    @Test
    void namesAndAddressesAreFoundInAnyCaseAndWrapping() {
        needles.add("Zoë Quickthorn");
        needles.add("zoe@quickthorn.test");
        needles.add("zoe@quickthorn.test");

        assertThat(needles.size()).isEqualTo(2);
        assertThat(needles.in("{\"by\": \"ZO\\u00cb QUICKTHORN\"}")).isTrue();
        assertThat(needles.in("mailto:Zoe@Quickthorn.test?subject=x")).isTrue();
        assertThat(needles.in("Zoe and Quickthorn")).isFalse();
    }
}
