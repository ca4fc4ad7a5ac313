package dev.restage.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.media.MediaDifference.Part;
import dev.restage.provider.media.Filtered.Outcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterTallyTest {

    private final FilterTally tally = new FilterTally();

    @ParameterizedTest
    @CsvSource({"UNKNOWN, is odd", "CLEANED, holds a film", "CLEAN, holds a film"})
    void namesWhatNobodyHasLookedInto(Outcome outcome, String why) {
        tally.lies("a.txt", 9, outcome, why);

        assertThat(tally.report().uncleaned()).isEqualTo(Map.of("txt", new Part(1, 9, List.of("a.txt " + why))));
    }

    @ParameterizedTest
    @CsvSource({"CLEANED, ''", "CLEAN, ''", "REPLACED, is one that the rules replace", "UNCLEAN_REPLACED, is broken"})
    void andNothingElse(Outcome outcome, String why) {
        tally.lies("a.txt", 9, outcome, why);

        assertThat(tally.report().uncleaned()).isEmpty();
    }

    @Test
    void namesPlaceholdersOfWhatCannotBeCleaned() {
        tally.lies("a.txt", 9, Outcome.UNCLEAN_REPLACED, "is broken");
        tally.lies("b.txt", 9, Outcome.REPLACED, "is one that the rules replace");

        assertThat(tally.report().placeholders()).isEqualTo(new Part(1, 9, List.of("a.txt is broken")));
    }
}
