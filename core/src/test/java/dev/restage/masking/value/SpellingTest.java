package dev.restage.masking.value;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.masking.value.MaskTarget.Shape;
import dev.restage.masking.value.MaskTarget.Trait;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** One person in several spellings: applications compare addresses, logins and names without regard to case. */
class SpellingTest {

    private static final MaskKey KEY = MaskKey.of("k");
    private static final String SMALL = "ada.king@acme.test";
    private static final List<String> SPELLINGS =
            List.of("Ada.King@Acme.test", "ADA.KING@ACME.TEST", "ada.king@ACME.test");

    @Test
    void joinsAddressesThatDifferInCaseWithoutRegardToCase() {
        String small = masked(Mask.email("example.com"), SMALL, "text");

        assertThat(small).matches("user-[a-z2-7]{12}@example\\.com");
        assertThat(SPELLINGS)
                .allSatisfy(spelling -> assertThat(masked(Mask.email("example.com"), spelling, "text"))
                        .isEqualToIgnoringCase(small)
                        .isNotEqualTo(small)
                        .endsWith("@example.com"));
    }

    @Test
    void keepsSpellingsOfOneAddressApartInAColumnThatTellsThemApart() {
        MaskTarget unique = new MaskTarget(Shape.TEXT, 254, Set.of(Trait.UNIQUE));

        List<String> masked = Stream.concat(SPELLINGS.stream(), Stream.of(SMALL))
                .map(spelling -> String.valueOf(new ColumnMask(Mask.email("example.com"), unique).apply(spelling, KEY)))
                .toList();

        assertThat(masked).doesNotHaveDuplicates();
        assertThat(masked.stream().map(each -> each.toLowerCase(Locale.ROOT))).containsOnly(masked.get(3));
    }

    @Test
    void treatsASpellingAlikeWhereverItStands() {
        String one = masked(Mask.email("example.com"), "Ada.King@Acme.test", "character varying(254)");

        assertThat(masked(Mask.username("example.com"), "Ada.King@Acme.test", "text"))
                .isEqualTo(one);
        assertThat(masked(TextMask.Replace.contacts("example.com"), "to Ada.King@Acme.test.", "text"))
                .isEqualTo("to " + one + ".");
        assertThat(masked(Mask.email("example.com"), "{Ada.King@Acme.test,x@y.test}", "text[]"))
                .startsWith("{\"" + one + "\",");
        assertThat(masked(Mask.json("email"), "{\"email\": \"Ada.King@Acme.test\"}", "jsonb"))
                .isEqualTo("{\"email\": \"" + one + "\"}");
        assertThat(masked(Mask.email("example.com"), "Ada.King@Acme.test", "citext"))
                .isEqualTo(one.toLowerCase(Locale.ROOT));
    }

    @ParameterizedTest
    @CsvSource({"AdaKing, adaking", "ADA.KING@acme.test, ada.king@acme.test"})
    void joinsLoginNamesWithoutRegardToCase(String one, String other) {
        assertThat(masked(Mask.username("example.com"), one, "text"))
                .isEqualToIgnoringCase(masked(Mask.username("example.com"), other, "text"))
                .isNotEqualTo(masked(Mask.username("example.com"), other, "text"));
    }

    static Stream<Mask> names() {
        return Stream.of(Mask.firstName(), Mask.lastName(), Mask.fullName());
    }

    @ParameterizedTest
    @MethodSource("names")
    void givesANameOneMaskHoweverItIsSpelled(Mask mask) {
        assertThat(masked(mask, "ADA KING", "text"))
                .isEqualTo(masked(mask, "Ada King", "text"))
                .isEqualTo(masked(mask, "ada king", "text"));
    }

    @Test
    void keepsAddressesOfKeptDomainsAsTheyAreSpelled() {
        assertThat(masked(Mask.email("example.com", "acme.test"), "Ada.King@Acme.test", "text"))
                .isEqualTo("Ada.King@Acme.test");
    }

    private static String masked(Mask mask, String value, String type) {
        return String.valueOf(new ColumnMask(mask, MaskTarget.of(type, Set.of())).apply(value, KEY));
    }
}
