package dev.restage.provider.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Commits, and what is made of them. */
class CommitIdTest {

    private static final String ID = "be3f0d0b4c1a7a0b4e4a41d4a86a5b6a2bdb57f1";

    @Test
    void isShownInFullAndWrittenInTen() {
        assertThat(new CommitId(ID)).hasToString(ID).returns("be3f0d0b4c", CommitId::shortened);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "be3f0d0b4c",
                "BE3F0D0B4C1A7A0B4E4A41D4A86A5B6A2BDB57F1",
                "ge3f0d0b4c1a7a0b4e4a41d4a86a5b6a2bdb57f1",
                "be3f0d0b4c1a7a0b4e4a41d4a86a5b6a2bdb57f1 ",
                "be3f0d0b4c1a7a0b4e4a41d4a86a5b6a2bdb57f1\n",
                "be3f0d0b4c1a7a0b4e4a41d4a86a5b6a2bdb57f10",
                "main"
            })
    void refusesWhatIsNoFullId(String value) {
        assertThatThrownBy(() -> new CommitId(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not a full commit id: " + value);
    }

    @Test
    void isATextInJson() {
        JsonMapper json = JsonMapper.builder().build();

        assertThat(json.writeValueAsString(new CommitId(ID))).isEqualTo('"' + ID + '"');
        assertThat(json.readValue('"' + ID + '"', CommitId.class)).isEqualTo(new CommitId(ID));
    }

    @Test
    void aRebuildKeepsTheOrderOfItsMerges() {
        Map<String, CommitId> merges = new LinkedHashMap<>();
        for (String branch : List.of("z", "a", "m", "b", "y")) {
            merges.put(branch, new CommitId(ID));
        }
        Rebuild rebuild = new Rebuild(new CommitId(ID), merges, "Restage <restage@example.org>", Instant.EPOCH);

        merges.clear();

        assertThat(rebuild.merges().keySet()).containsExactly("z", "a", "m", "b", "y");
        assertThatThrownBy(() -> rebuild.merges().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void theChecksOfAStateStayAsTheyWere() {
        List<String> checks = new ArrayList<>(List.of("tests passed"));
        CiState state = new CiState(CiState.Verdict.PASSED, checks);

        checks.clear();

        assertThat(state.checks()).containsExactly("tests passed");
    }
}
