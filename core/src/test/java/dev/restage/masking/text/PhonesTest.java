package dev.restage.masking.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhonesTest {

    @ParameterizedTest
    @CsvSource({
        "+442079460123, true",
        "+44 20 7946 0123, true",
        "(020) 7946-0123, true",
        "020 7946 0123, true",
        "02079460123, false",
        "20 7946 0123, false",
        "+44 20 7946, false",
        "+1234567890123456, false",
        "+999123456789012, false",
        "020 7946.0123, false",
        "01/02/2024 10, false",
        "0, false"
    })
    void looksLikeOneByItsPlusOrByItsZeroAndItsGroups(String text, boolean phone) {
        assertThat(Phones.looksLike(text, 0, text.length())).isEqualTo(phone);
    }

    @Test
    void groupsOfDigitsInAnIdOfSoftwareAreNone() {
        String id = "3f2504e0-0419-0411-0900-030582c33010";
        int from = id.indexOf("0419");

        assertThat(Phones.looksLike("see " + id, from + 4, from + 4 + "0419-0411-0900".length()))
                .isFalse();
        assertThat(Phones.looksLike("0419-0411-0900", 0, 14)).isTrue();
        assertThat(Phones.isUuid(id)).isTrue();
        assertThat(Phones.isUuid(id + " ")).isFalse();
        assertThat(Phones.isUuid(id.replace('3', 'g'))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"+44 20 7946 0123, 321064970", "0123, 3210", "none, ''"})
    void isKnownByItsLastDigitsFromBehind(String text, String telling) {
        assertThat(Phones.telling(text, 0, text.length())).isEqualTo(telling);
    }

    @ParameterizedTest
    @CsvSource({"+44 (0)20 7946 0123, 4402079460123", "0044 20, 4420", "000, ''", "+0, ''"})
    void hasDigitsWithoutZerosInFront(String text, String digits) {
        assertThat(Phones.digits(text, 0, text.length()).toString()).isEqualTo(digits);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "442079460123 | 442079460123 42079460123 2079460123",
                "4402079460123 | 4402079460123 402079460123 2079460123",
                "1234567 | 1234567",
                "123456 | ''"
            })
    void mayBeWrittenWithItsCountryOrWithout(String digits, String forms) {
        Set<String> found = new LinkedHashSet<>();

        Phones.forms(digits, 0, digits.length(), start -> found.add(digits.substring(start)));

        assertThat(String.join(" ", found)).isEqualTo(forms);
    }

    @ParameterizedTest
    @CsvSource({
        "1700000000, true",
        "1700000000000, true",
        "1700000000000000, true",
        "900000000, false",
        "2200000000, false",
        "447700900123, false",
        "99999999, false",
        "17000000000000000, false"
    })
    void aMomentIsNone(String digits, boolean moment) {
        assertThat(Phones.isMoment(digits, 0, digits.length())).isEqualTo(moment);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tel +442079460123.", "(+442079460123)", "x+442079460123x"})
    void isLookedAtWhereItStands(String text) {
        int from = text.indexOf('+');

        assertThat(Phones.looksLike(text, from, from + 13)).isTrue();
        assertThat(Phones.digits(text, from, from + 13).toString()).isEqualTo("442079460123");
    }
}
