package dev.restage.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.RestageException.Effect;
import dev.restage.provider.code.CommitId;
import dev.restage.provider.code.Rebuild;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.lib.PersonIdent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RehearsalTest {

    private static final Instant AT = Instant.parse("2026-11-30T12:00:00Z");

    private History history;
    private CommitId root;

    @BeforeEach
    void begin(@TempDir Path folder) throws IOException {
        history = new History(folder.resolve("r.git"));
        root = history.commit("main", List.of(), Map.of("a.txt", "a\n", "b.txt", "b\n"));
    }

    @AfterEach
    void end() {
        history.close();
    }

    @Test
    void withoutBranchesTheBaseIsTheResult() throws IOException {
        assertThat(rehearse(root, Map.of())).isEqualTo(root);
    }

    @Test
    void eachBranchBecomesAMergeThatSaysItsName() throws IOException {
        CommitId one = history.commit("one", List.of(root), Map.of("a.txt", "one\n"));
        CommitId two = history.commit("two", List.of(root), Map.of("b.txt", "two\n"));

        CommitId made = rehearse(root, ordered("one", one, "feature/two", two));

        assertThat(history.file(made, "a.txt")).isEqualTo("one\n");
        assertThat(history.file(made, "b.txt")).isEqualTo("two\n");
        assertThat(history.message(made)).isEqualTo("Merge branch 'feature/two' into staging\n");
        assertThat(history.parents(made)).hasSize(2).endsWith(two);
        assertThat(history.parents(history.parents(made).get(0))).containsExactly(root, one);
    }

    @Test
    void theSameRebuildGivesTheSameCommit() throws IOException {
        CommitId one = history.commit("one", List.of(root), Map.of("a.txt", "one\n"));

        assertThat(rehearse(root, Map.of("one", one))).isEqualTo(rehearse(root, Map.of("one", one)));
    }

    @Test
    void evenABranchThatCouldBeFastForwardedIsMerged() throws IOException {
        CommitId one = history.commit("one", List.of(root), Map.of("a.txt", "one\n"));

        assertThat(history.parents(rehearse(root, Map.of("one", one)))).containsExactly(root, one);
    }

    @Test
    void whatIsContainedAlreadyIsNotMergedAgain() throws IOException {
        CommitId one = history.commit("one", List.of(root), Map.of("a.txt", "one\n"));
        CommitId more = history.commit("more", List.of(one), Map.of("b.txt", "more\n"));

        CommitId made = rehearse(root, ordered("more", more, "one", one));

        assertThat(history.parents(made)).containsExactly(root, more);
        assertThat(rehearse(more, Map.of("one", one, "main", root))).isEqualTo(more);
    }

    @ParameterizedTest
    @CsvSource({"Ada <ada@acme.test>, Ada, ada@acme.test", "'  Ada King  <a@b>  ', Ada King, a@b", "<a@b>, '', a@b"})
    void theAuthorIsWhoTheRebuildNames(String author, String name, String mail) throws IOException {
        CommitId one = history.commit("one", List.of(root), Map.of("a.txt", "one\n"));

        PersonIdent made =
                history.read(rehearse(root, Map.of("one", one), author)).getAuthorIdent();

        assertThat(made.getName()).isEqualTo(name);
        assertThat(made.getEmailAddress()).isEqualTo(mail);
        assertThat(made.getWhenAsInstant()).isEqualTo(AT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Ada", "Ada <a@b", "Ada <a@b> more"})
    void refusesWhatNamesNobody(String author) {
        assertThatThrownBy(() -> rehearse(root, Map.of(), author))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not an author: \"%s\"; write Name <mail>", author);
    }

    @Test
    void aConflictWithTheBaseIsToBeResolvedInTheBranch() {
        CommitId feature = history.commit("feature", List.of(root), Map.of("a.txt", "feature\n"));
        CommitId main = history.commit("main", List.of(root), Map.of("a.txt", "main\n"));

        assertConflict(
                main,
                Map.of("feature", feature),
                "merging 'feature' (" + feature.value().substring(0, 10) + ") into 'staging' conflicts in a.txt; ",
                "merge the base (" + main.value().substring(0, 10) + ") into 'feature', resolve the conflict there");
    }

    @Test
    void aConflictWithABranchBeforeNamesThatBranch() {
        CommitId one = history.commit("one", List.of(root), Map.of("a.txt", "one\n"));
        CommitId apart = history.commit("apart", List.of(root), Map.of("b.txt", "apart\n"));
        CommitId two = history.commit("two", List.of(root), Map.of("a.txt", "two\n"));

        Map<String, CommitId> merges = ordered("one", one, "apart", apart);
        merges.put("two", two);

        assertConflict(root, merges, "merging 'two'", "conflicts in a.txt; it conflicts with 'one', merged before it");
    }

    @Test
    void ofManyFilesThatConflictTheFirstAreNamed() {
        Map<String, String> ours = new TreeMap<>();
        Map<String, String> theirs = new TreeMap<>();
        for (int i = 10; i < 22; i++) {
            ours.put("f" + i, "ours\n");
            theirs.put("f" + i, "theirs\n");
        }
        CommitId main = history.commit("main", List.of(root), ours);
        CommitId feature = history.commit("feature", List.of(root), theirs);

        assertConflict(main, Map.of("feature", feature), "conflicts in f10, f11,", "f19 and 2 more;");
    }

    @Test
    void aFileAndAFolderOfOneNameConflict() {
        CommitId folder = history.commit("folder", List.of(root), Map.of("c", "a file\n"));
        CommitId other = history.commit("other", List.of(root), Map.of("c/d.txt", "in a folder\n"));

        assertConflict(folder, Map.of("other", other), "merging 'other'", "conflicts in c");
    }

    @Test
    void historiesWithoutACommonBeginningAreMergedAsIfItWereEmpty() throws IOException {
        CommitId alone = history.commit("alone", List.of(), Map.of("z.txt", "z\n"));

        TreeMerge merge = TreeMerge.of(history.repository(), history.read(root), history.read(alone));

        assertThat(merge.isClean()).isTrue();
        assertThat(TreeMerge.of(history.repository(), history.read(alone), history.read(root))
                        .tree())
                .isEqualTo(merge.tree());
    }

    private void assertConflict(CommitId base, Map<String, CommitId> merges, String... words) {
        assertThatThrownBy(() -> rehearse(base, merges))
                .hasMessageContainingAll(words)
                .asInstanceOf(type(ProviderException.class))
                .returns(Kind.CONFLICT, ProviderException::kind)
                .returns(Effect.NONE, ProviderException::effect);
    }

    private static Map<String, CommitId> ordered(String first, CommitId one, String second, CommitId two) {
        Map<String, CommitId> merges = new LinkedHashMap<>();
        merges.put(first, one);
        merges.put(second, two);
        return merges;
    }

    private CommitId rehearse(CommitId base, Map<String, CommitId> merges) throws IOException {
        return rehearse(base, merges, "Restage <restage@acme.test>");
    }

    private CommitId rehearse(CommitId base, Map<String, CommitId> merges, String author) throws IOException {
        return new Rehearsal(history.repository(), history.walk(), "staging")
                .run(new Rebuild(base, merges, author, AT));
    }
}
