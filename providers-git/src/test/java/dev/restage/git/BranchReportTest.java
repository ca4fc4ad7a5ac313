package dev.restage.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.provider.code.BranchStatus;
import dev.restage.provider.code.BranchStatus.State;
import dev.restage.provider.code.CommitId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BranchReportTest {

    private static final String LINES = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";

    private History history;
    private CommitId root;

    @BeforeEach
    void begin(@TempDir Path folder) throws IOException {
        history = new History(folder.resolve("r.git"));
        root = history.commit("main", List.of(), Map.of("a.txt", LINES));
    }

    @AfterEach
    void end() {
        history.close();
    }

    @Test
    void aBranchWithoutCommitsOfItsOwnIsInTheBase() throws IOException {
        CommitId main = history.commit("main", List.of(root), Map.of("b.txt", "b\n"));

        assertThat(report("feature", root, main, main))
                .returns(State.IN_BASE, BranchStatus::state)
                .returns(0, BranchStatus::ahead)
                .returns("feature", BranchStatus::name)
                .returns(root, BranchStatus::head);
        assertThat(report("feature", main, main, main).state()).isEqualTo(State.IN_BASE);
    }

    @Test
    void aMergedBranchIsInTheBase() throws IOException {
        CommitId feature = history.commit("feature", List.of(root), Map.of("f.txt", "f\n"));
        CommitId main = history.commit("main", List.of(root, feature), Map.of("f.txt", "f\n"));

        assertThat(report("feature", feature, main, main).state()).isEqualTo(State.IN_BASE);
    }

    @Test
    void aBranchThatIsNowhereIsOpenAndCountsItsCommits() throws IOException {
        CommitId one = history.commit("feature", List.of(root), Map.of("f.txt", "1\n"));
        CommitId two = history.commit("feature", List.of(one), Map.of("f.txt", "2\n"));

        assertThat(report("feature", two, root, root))
                .returns(State.OPEN, BranchStatus::state)
                .returns(2, BranchStatus::ahead);
        assertThat(report("feature", two, root, null).state()).isEqualTo(State.OPEN);
    }

    @Test
    void aBranchThatWasSquashedIsInTheBaseOtherwise() throws IOException {
        CommitId one = history.commit("feature", List.of(root), Map.of("f.txt", "1\n"));
        CommitId two = history.commit("feature", List.of(one), Map.of("f.txt", "1\n2\n", "g.txt", "g\n"));
        CommitId main = history.commit("main", List.of(root), Map.of("f.txt", "1\n2\n", "g.txt", "g\n"));

        assertThat(report("feature", two, main, main).state()).isEqualTo(State.SQUASHED_INTO_BASE);
    }

    @Test
    void aSquashedBranchIsFoundAlsoAfterItsLinesMovedAndChanged() throws IOException {
        CommitId feature = history.commit("feature", List.of(root), Map.of("a.txt", LINES + "feature\n"));
        CommitId moved = history.commit("main", List.of(root), Map.of("a.txt", "0\n" + LINES));
        CommitId squashed = history.commit("main", List.of(moved), Map.of("a.txt", "0\n" + LINES + "feature\n"));
        CommitId later = history.commit("main", List.of(squashed), Map.of("a.txt", "0\n" + LINES + "later\n"));

        assertThat(report("feature", feature, later, later).state()).isEqualTo(State.SQUASHED_INTO_BASE);
    }

    @Test
    void aBranchWhoseCommitsWerePickedOneByOneIsInTheBaseOtherwise() throws IOException {
        CommitId one = history.commit("feature", List.of(root), Map.of("f.txt", "1\n"));
        CommitId two = history.commit("feature", List.of(one), Map.of("g.txt", "2\n"));
        CommitId pickedTwo = history.commit("main", List.of(root), Map.of("g.txt", "2\n"));
        CommitId pickedOne = history.commit("main", List.of(pickedTwo), Map.of("f.txt", "1\n"));
        CommitId later = history.commit("main", List.of(pickedOne), Map.of("f.txt", "3\n", "g.txt", "4\n"));

        assertThat(report("feature", two, later, later).state()).isEqualTo(State.SQUASHED_INTO_BASE);
    }

    @Test
    void aBranchOfWhichOnlyAPartWasPickedIsOpen() throws IOException {
        CommitId one = history.commit("feature", List.of(root), Map.of("f.txt", "1\n"));
        CommitId two = history.commit("feature", List.of(one), Map.of("g.txt", "2\n"));
        CommitId main = history.commit("main", List.of(root), Map.of("f.txt", "1\n"));

        assertThat(report("feature", two, main, main).state()).isEqualTo(State.OPEN);
    }

    @Test
    void unrelatedBranchesAreOpen() throws IOException {
        CommitId alone = history.commit("alone", List.of(), Map.of("z.txt", "z\n"));

        assertThat(report("alone", alone, root, root).state()).isEqualTo(State.OPEN);
    }

    @Test
    void aBranchThatStagingHasIsMergedAndOneWithNewerCommitsPartly() throws IOException {
        CommitId one = history.commit("feature", List.of(root), Map.of("f.txt", "1\n"));
        CommitId staging = history.commit(
                "staging", List.of(root, one), Map.of("f.txt", "1\n"), "Merge branch 'feature' into staging");
        CommitId two = history.commit("feature", List.of(one), Map.of("f.txt", "2\n"));

        assertThat(report("feature", one, root, staging).state()).isEqualTo(State.MERGED);
        assertThat(report("feature", two, root, staging).state()).isEqualTo(State.PARTLY_MERGED);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Merge branch 'below' into staging                              | OPEN
            Merge remote-tracking branch 'origin/below' into staging       | OPEN
            Merge pull request #7 from acme/below                          | OPEN
            Merge branch 'stacked' into staging                            | PARTLY_MERGED
            Merge remote-tracking branch 'origin/stacked'                  | PARTLY_MERGED
            Merge pull request #7 from acme/stacked                        | PARTLY_MERGED
            Bring the newest to staging                                    | PARTLY_MERGED
            """)
    void aBranchOnTopOfAMergedOneIsNotMergedItself(String title, State state) throws IOException {
        CommitId below = history.commit("below", List.of(root), Map.of("b.txt", "1\n"));
        CommitId stacked = history.commit("stacked", List.of(below), Map.of("s.txt", "1\n"));
        CommitId staging = history.commit("staging", List.of(root, below), Map.of("b.txt", "1\n"), title);

        assertThat(report("stacked", stacked, root, staging).state()).isEqualTo(state);
    }

    @Test
    void oneReportTellsManyBranchesOneAfterTheOther() throws IOException {
        CommitId feature = history.commit("feature", List.of(root), Map.of("f.txt", "1\n"));
        CommitId other = history.commit("other", List.of(root), Map.of("o.txt", "1\n"));
        CommitId main = history.commit("main", List.of(root), Map.of("f.txt", "1\n"));
        BranchReport report =
                new BranchReport(history.repository(), history.walk(), History.id(main), History.id(main));

        assertThat(report.of("feature", History.id(feature)).state()).isEqualTo(State.SQUASHED_INTO_BASE);
        assertThat(report.of("other", History.id(other)).state()).isEqualTo(State.OPEN);
        assertThat(report.of("feature", History.id(feature)).state()).isEqualTo(State.SQUASHED_INTO_BASE);
        assertThat(report.of("main", History.id(main)).state()).isEqualTo(State.IN_BASE);
    }

    private BranchStatus report(String name, CommitId head, CommitId base, @Nullable CommitId bound)
            throws IOException {
        return new BranchReport(
                        history.repository(),
                        history.walk(),
                        History.id(base),
                        bound == null ? null : History.id(bound))
                .of(name, History.id(head));
    }
}
