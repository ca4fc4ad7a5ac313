package dev.restage.provider;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressFormTest {

    private static final AddressForm FORM =
            AddressForm.of("region", "prefix", "passwordVariable").with("names", "fail", "skip");

    @ParameterizedTest
    @CsvSource({
        "regoin, region",
        "prefx, prefix",
        "passwordVariabel, passwordVariable",
        "Region, region",
        "PASSWORDVARIABLE, passwordVariable",
        "password_variable, passwordVariable",
        "name, names"
    })
    void namesTheNearestOfAnUnknownParameter(String written, String meant) {
        refuses("x:a?" + written + "=b", "is called \"" + written + "\": did you mean \"" + meant + "\"?");
    }

    @Test
    void namesThoseThatThereAreIfNoneIsNear() {
        refuses("x:a?tls=yes", "is called \"tls\"; it takes names, passwordVariable, prefix, region");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x:a?tls=yes", "x:a?", "x:a?&"})
    void refusesAnyWhereTheSchemeTakesNone(String address) {
        assertThatThrownBy(() -> AddressForm.of().check(Address.of(address))).hasMessageContaining("it takes none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x:a?prefix=a&prefix=b", "x:a?prefix=a&region=b&prefix=a"})
    void refusesAParameterThatIsThereTwice(String address) {
        refuses(address, "\"prefix\" is there twice");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x: a",
                "x:a ",
                "x:a\n",
                "x:a\tb",
                "x:a\u200bb",
                "x:a\u00a0",
                "x:a\u202eb",
                "x:a ?prefix=b",
                "x:a? prefix=b",
                "x:a?prefix =b",
                "x:a?prefix= b",
                "x:a?prefix=b &region=c",
                "x:a?prefix=b\u3000"
            })
    void refusesWhatCannotBeSeen(String address) {
        refuses(address, "has a blank at an end of one of its parts, or a character that cannot be seen");
    }

    @Test
    void takesABlankWithinAName() {
        assertThatCode(() -> FORM.check(Address.of("x:/srv/my media?prefix=a b")))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x:a?passwordVariable=s3cret!", "x:a?passwordVariable=A-B", "x:a?passwordVariable=$A"})
    void refusesTheNameOfAVariableThatIsNone(String address) {
        refuses(address, "\"passwordVariable\" takes the name of a variable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x:a?prefix=", "x:a?prefix", "x:a?region=b&prefix="})
    void refusesAParameterWithoutAValue(String address) {
        refuses(address, "\"prefix\" has no value");
    }

    @ParameterizedTest
    @CsvSource({"FAIL, fail", "skpi, skip"})
    void refusesAValueThatAParameterDoesNotTake(String written, String meant) {
        refuses(
                "x:a?names=" + written,
                "\"names\" is fail or skip, and not \"" + written + "\": did you mean \"" + meant);
    }

    @Test
    void refusesAFragmentThatNobodyReads() {
        refuses("x:a#b?prefix=c", "leave \"#b?prefix=c\" out");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x:a", "x:a?prefix=b", "x:a?prefix=a=b&names=skip&region=c?d"})
    void takesWhatItKnows(String address) {
        assertThatCode(() -> FORM.check(Address.of(address))).doesNotThrowAnyException();
    }

    @Test
    void takesAFragmentWhereItMeansSomething() {
        assertThatCode(() -> FORM.withFragment("branch").check(Address.of("x:a?prefix=b#staging")))
                .doesNotThrowAnyException();
    }

    private static void refuses(String address, String why) {
        assertThatThrownBy(() -> FORM.check(Address.of(address)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }
}
