package dev.restage.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ghp_abcDEF123456",
                "gho_abcDEF123456",
                "ghs_abc.DEF-123_456",
                "github_pat_11ABC_def",
                "HRKU-01234567-89ab-cdef",
                "Bearer abcdef.ghijkl",
                "basic YWRhOnMzY3JldA=="
            })
    void tokensOfKnownFormsAreHiddenWhoeverTheyBelongTo(String token) {
        assertThat(text("the token " + token + " is wrong"))
                .doesNotContain(token)
                .startsWith("the token ***")
                .endsWith("is wrong");
    }

    @ParameterizedTest
    @CsvSource({
        "https://ada:s3cret@db.test/x is down, https://***@db.test/x is down",
        "postgres://u:p@host/db, postgres://***@host/db",
        "see https://store.test/b001?Signature=abc&Expires=1 for it, see https://store.test/b001?*** for it",
        "https://docs.test/rate-limits#x, https://docs.test/rate-limits#x"
    })
    void partsOfUrlsThatCanBeSecretAreHidden(String raw, String shown) {
        assertThat(text(raw)).isEqualTo(shown);
    }

    @Test
    void givenSecretsAreHiddenInEachPlace() {
        assertThat(Redaction.text("pa55 or pa55word?", List.of("pa55word", "pa55")))
                .isEqualTo("*** or ***?");
    }

    @Test
    void ofAPageTheWordsAreLeft() {
        assertThat(text("""
                        <!DOCTYPE html><!-- a > b --><html><style>h1 { color: red }</style>
                        <script>alert("x")</script><h1>Bad   gateway</h1>
                        try <b>later</b></html>""")).isEqualTo("Bad gateway try later");
    }

    @Test
    void whatLooksLikeNoTagStays() {
        assertThat(text("1 < 2 and 3 > 2")).isEqualTo("1 < 2 and 3 > 2");
    }

    @Test
    void aLongTextIsCut() {
        assertThat(text("x".repeat(400))).hasSize(400).doesNotContain(".");
        assertThat(text("x".repeat(401))).hasSize(403).endsWith("...");
    }

    @ParameterizedTest
    @CsvSource({
        "zones/z1, zones/z1",
        "zones/z1?token=abc, zones/z1",
        "'', its address",
        "?a=b, its address",
        "https://hooks.test/T1/s3cret, https://hooks.test/...",
        "https://hooks.test?x=s3cret, https://hooks.test"
    })
    void aPathIsShownAndOfAForeignUrlOnlyTheHost(String path, String shown) {
        assertThat(Redaction.path(path)).isEqualTo(shown);
    }

    private static String text(String raw) {
        return Redaction.text(raw, List.of());
    }
}
