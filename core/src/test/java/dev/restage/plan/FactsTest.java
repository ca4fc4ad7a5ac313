package dev.restage.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What messages are made of: they state what was recorded, and nothing else. */
class FactsTest {

    private static final Facts FACTS = new Facts(Map.of(
            "copy",
            Map.of("rows", "34000", "rows.after", "34001", "odd", "$1 \\ {{copy.rows}}", "empty", ""),
            "merge branches",
            Map.of("merged", "a, b")));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nothing to fill | nothing to fill",
                "{{copy.rows}} rows | 34000 rows",
                "{{copy.rows}} and {{copy.rows.after}} | 34000 and 34001",
                "{{merge branches.merged}} | a, b",
                "<{{copy.empty}}> | <>",
                "{{copy.rows}}{{copy.rows}} | 3400034000",
                "{copy.rows} {{copy}} {{.rows}} {{copy.}} {{}} | {copy.rows} {{copy}} {{.rows}} {{copy.}} {{}}"
            })
    void fillsPlacesWithFacts(String template, String text) {
        assertThat(FACTS.fill(template)).isEqualTo(text);
    }

    @Test
    void leavesALineOutThatAsksForWhatWasNotRecorded() {
        assertThat(FACTS.fill("""
                        Staging was reset
                        - {{copy.rows}} rows
                        - {{copy.bytes}} bytes
                        - {{sync.objects}} of {{copy.rows}} objects
                        - branches {{merge branches.merged}}""")).isEqualTo("Staging was reset\n- 34000 rows\n- branches a, b");
        assertThat(FACTS.fill("{{sync.objects}}")).isEmpty();
    }

    @Test
    void aLineMayRestOnAFactThatItDoesNotQuote() {
        assertThat(FACTS.fill("all was copied{{?copy.rows}}")).isEqualTo("all was copied");
        assertThat(FACTS.fill("all was copied{{?copy.bytes}}\nand {{copy.rows}} counted{{?merge branches.merged}}"))
                .isEqualTo("and 34000 counted");
        assertThat(FACTS.fill("what {{?}} {{?copy}} {{copy.?}}")).isEmpty();
    }

    @Test
    void aPlaceIsNamedWhereItsFactIsNotKnownYet() {
        assertThat(Facts.named("{{copy.rows}} rows, {{map-sites.hosts}}"))
                .isEqualTo("what copy finds as rows rows, what map-sites finds as hosts");
        assertThat(Facts.named("www.acme.example")).isEqualTo("www.acme.example");
    }

    @Test
    void whatAFactHoldsIsNotFilledAgain() {
        assertThat(FACTS.fill("{{copy.odd}}")).isEqualTo("$1 \\ {{copy.rows}}");
    }

    @Test
    void keepsEmptyLinesWithinAMessage() {
        assertThat(FACTS.fill("one\n\ntwo")).isEqualTo("one\n\ntwo");
    }

    @Test
    void findsAFactOfAStepAndOfNoOther() {
        assertThat(FACTS.find("copy", "rows")).contains("34000");
        assertThat(FACTS.find("copy", "merged")).isEmpty();
        assertThat(FACTS.find("none", "rows")).isEmpty();
    }

    @Test
    void areThoseOfTheMomentTheyWereGiven() {
        Map<String, String> copy = new HashMap<>(Map.of("rows", "1"));
        Map<String, Map<String, String>> all = new HashMap<>(Map.of("copy", copy));
        Facts facts = new Facts(all);

        copy.put("rows", "2");
        all.clear();

        assertThat(facts.find("copy", "rows")).contains("1");
        assertThatThrownBy(() -> facts.byStep().clear()).isInstanceOf(UnsupportedOperationException.class);
    }
}
