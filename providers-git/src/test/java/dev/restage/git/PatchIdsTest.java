package dev.restage.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.provider.code.CommitId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.revwalk.RevCommit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PatchIdsTest {

    private static final String LINES = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";

    private History history;
    private CommitId root;
    private CommitId change;

    @BeforeEach
    void begin(@TempDir Path folder) throws IOException {
        history = new History(folder.resolve("r.git"));
        root = history.commit("main", List.of(), Map.of("a.txt", LINES, "b.txt", LINES));
        change = history.commit("feature", List.of(root), Map.of("a.txt", LINES + "new\n"));
    }

    @AfterEach
    void end() {
        history.close();
    }

    @Test
    void oneChangeIsRecognisedUnderAnotherCommit() throws IOException {
        CommitId other = history.commit("main", List.of(root), Map.of("a.txt", LINES + "new\n"), "another title");

        assertThat(matches(other)).isTrue();
    }

    @Test
    void alsoWhereItsLinesHaveMovedDown() throws IOException {
        CommitId moved = history.commit("main", List.of(root), Map.of("a.txt", "0\n" + LINES));
        CommitId other = history.commit("main", List.of(moved), Map.of("a.txt", "0\n" + LINES + "new\n"));

        assertThat(matches(moved, other)).isTrue();
    }

    @Test
    void anotherChangeOfTheSameFileIsNot() throws IOException {
        assertThat(matches(history.commit("main", List.of(root), Map.of("a.txt", LINES + "newer\n"))))
                .isFalse();
    }

    @Test
    void theSameLinesInAnotherFileAreNot() throws IOException {
        assertThat(matches(history.commit("main", List.of(root), Map.of("b.txt", LINES + "new\n"))))
                .isFalse();
    }

    @Test
    void aCommitThatChangesMoreIsNot() throws IOException {
        assertThat(matches(history.commit("main", List.of(root), Map.of("a.txt", LINES + "new\n", "b.txt", "other\n"))))
                .isFalse();
    }

    @Test
    void amongNoCommitsIsNone() throws IOException {
        assertThat(matches()).isFalse();
    }

    private boolean matches(CommitId... candidates) throws IOException {
        RevCommit[] commits = new RevCommit[candidates.length];
        for (int i = 0; i < commits.length; i++) {
            commits[i] = history.read(candidates[i]);
        }
        return new PatchIds(history.repository(), history.walk())
                .anyMatches(List.of(commits), history.read(root), history.read(change));
    }
}
