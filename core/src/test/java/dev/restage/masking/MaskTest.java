package dev.restage.masking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.masking.MaskTarget.Shape;
import dev.restage.masking.MaskTarget.Trait;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MaskTest {

    private static final MaskKey KEY = MaskKey.of("k");

    private static Stream<Mask> textMasks() {
        return Stream.of(
                new Mask.Email("example.com"),
                new Mask.Username(new Mask.Email("example.com")),
                new Mask.FirstName(),
                new Mask.LastName(),
                new Mask.FullName(),
                new Mask.Phone(),
                new Mask.Hash(),
                new Mask.Password(),
                new Mask.FreeText());
    }

    @ParameterizedTest
    @MethodSource("textMasks")
    void isTheSameUnderOneKeyAndAnotherUnderAnother(Mask mask) {
        String value = "Ada King ada@engine.example";
        MaskTarget target = new MaskTarget(Shape.TEXT, 200, Set.of(Trait.UNIQUE));

        String masked = mask.apply(value, target, KEY);

        assertThat(masked)
                .isEqualTo(mask.apply(value, target, MaskKey.of("k")))
                .isNotEqualTo(mask.apply(value, target, MaskKey.of("l")))
                .doesNotContain("Ada", "King", "engine");
    }

    @ParameterizedTest
    @MethodSource("textMasks")
    void staysUniqueWithinTheLengthOfTheColumn(Mask mask) {
        MaskTarget target = new MaskTarget(Shape.TEXT, 24, Set.of(Trait.UNIQUE));
        assertThat(mask.problem(target)).isEmpty();

        List<String> masked = IntStream.range(0, 20_000)
                .mapToObj(i -> "person" + i)
                .map(value -> mask.apply(value, target, KEY))
                .toList();

        assertThat(masked)
                .doesNotHaveDuplicates()
                .allSatisfy(value -> assertThat(value).hasSizeLessThanOrEqualTo(24));
    }

    @Test
    void keepsAddressesOfTheDomainsThatStayAndMasksEachOfAList() {
        Mask mask = new Mask.Email("example.com", List.of("staff.example"));

        String masked = mask.apply("Me@Staff.Example, you@there.example", MaskTarget.TEXT, KEY);

        assertThat(masked)
                .startsWith("Me@Staff.Example, user-")
                .endsWith("@example.com")
                .doesNotContain("there");
    }

    @Test
    void givesALoginNameThatIsAnAddressTheMaskedAddress() {
        Mask.Email email = new Mask.Email("example.com");

        assertThat(new Mask.Username(email).apply("a@b.example", MaskTarget.TEXT, KEY))
                .isEqualTo(email.apply("a@b.example", MaskTarget.TEXT, KEY));
    }

    @Test
    void makesAFullNameOfTheMaskedFirstAndLastNames() {
        assertThat(new Mask.FullName().apply("Ada King", MaskTarget.TEXT, KEY))
                .isEqualTo(new Mask.FirstName().apply("Ada", MaskTarget.TEXT, KEY) + " "
                        + new Mask.LastName().apply("King", MaskTarget.TEXT, KEY));
    }

    @Test
    void masksStringsOfJsonAtAnyDepthAndKeepsTheRest() {
        String json =
                "{\"name\":\"Ada King\",\"age\":36.50,\"ok\":true,\"list\":[\"x y z\",null],\"in\":\"[{\\\"m\\\": \\\"Ada\\\"}]\"}";

        String masked =
                new Mask.Json(Set.of()).apply(json, new MaskTarget(Shape.JSON, Integer.MAX_VALUE, Set.of()), KEY);

        assertThat(masked)
                .contains("\"age\":36.50,\"ok\":true,\"list\":[", ",null],\"in\":\"[{\\\"m\\\":")
                .doesNotContain("Ada", "King", "x y z");
    }

    @Test
    void masksOnlyTheNamedMembersOfJsonWithAllBelowThem() {
        String json = "{\"type\":\"page\",\"comments\":[{\"text\":\"secret\",\"n\":[\"hidden\"]}],\"last\":\"open\"}";

        assertThat(new Mask.Json(Set.of("comments")).apply(json, MaskTarget.TEXT, KEY))
                .startsWith("{\"type\":\"page\",")
                .endsWith("\"last\":\"open\"}")
                .doesNotContain("secret", "hidden");
    }

    @Test
    void masksAWholeValueThatIsNoJson() {
        assertThat(new Mask.Json(Set.of("x")).apply("{'Ada': 1}", MaskTarget.TEXT, KEY))
                .doesNotContain("Ada");
    }

    @Test
    void saysWhyItCannotWork() {
        MaskTarget unique = new MaskTarget(Shape.TEXT, 5, Set.of(Trait.UNIQUE, Trait.NOT_NULL));
        MaskTarget number = new MaskTarget(Shape.OTHER, Integer.MAX_VALUE, Set.of());

        assertThat(new Mask.Null().problem(unique)).hasValue("leaves nothing, and the column is NOT NULL");
        assertThat(new Mask.Constant("x").problem(unique)).hasValue("makes all values equal, and the column is unique");
        assertThat(new Mask.Constant("longer").problem(new MaskTarget(Shape.TEXT, 5, Set.of())))
                .hasValue("is 6 characters long, and the column takes 5");
        assertThat(new Mask.Email("example.com").problem(unique)).hasValue("needs 24 characters, and the column has 5");
        assertThat(new Mask.Phone().problem(number)).hasValue("works on text only");
    }
}
